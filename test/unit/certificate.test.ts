import assert from "node:assert/strict";
import { type CertificateUse, covers, day, judgeCertificate } from "../../provider/certificate";
import { AwsCallError } from "../../provider/errors";
import type { Judgement } from "../../provider/findings";
import type { Look, ObservedCertificate } from "../../provider/observation";
import { ARN, goodCertificate, inDays, NOW, newUse } from "../support/certificates";

const PROPERTY = "customDomainConfig.certificateArn";
const NAME = ".../11111111-2222-3333-4444-555555555555";

const judged = (certificate: Partial<ObservedCertificate>, use: Partial<CertificateUse> = {}): Judgement[] =>
    judgeCertificate({ found: goodCertificate(certificate) }, newUse(use), NOW);

const lookedAt = (look: Look<ObservedCertificate>, use: Partial<CertificateUse> = {}): Judgement[] =>
    judgeCertificate(look, newUse(use), NOW);

/** `code:ground`, in order. */
const gist = (judgements: Judgement[]) => judgements.map(({ code, ground }) => `${code}:${ground}`);

describe("judgeCertificate", () => {
    it("finds nothing wrong with a good certificate, new or attached", () => {
        assert.deepEqual(judged({}), []);
        assert.deepEqual(judged({}, { introduced: false }), []);
    });

    it("says about every judgement which argument it is about", () => {
        const everything = [
            ...judged({}, { accountId: "210987654321" }),
            ...lookedAt({ absent: true }),
            ...lookedAt({ failed: new AwsCallError("denied", "AccessDenied", false, {}) }),
            ...["PENDING_VALIDATION", "EXPIRED", "REVOKED"].flatMap((status) => judged({ status })),
            ...judged({ notBefore: inDays(1) }),
            ...judged({ notAfter: inDays(1), type: "PRIVATE", renewalStatus: "FAILED" }),
            ...judged({ names: [], keyAlgorithm: "EC-secp384r1" }),
            ...judged({ type: "IMPORTED", notAfter: inDays(20) }),
            ...judged({ renewalEligibility: "INELIGIBLE" }, { introduced: false }),
        ];
        assert.equal(everything.length, 14);
        for (const { property, remedy, message } of everything) {
            assert.equal(property, PROPERTY);
            assert.match(remedy, /^[A-Z].*[^.]$/);
            assert.match(message, /[^.]$/);
        }
    });

    describe("of another account", () => {
        it("refuses a new one before asking what it is", () => {
            const [finding, ...rest] = lookedAt({ absent: true }, { accountId: "210987654321" });
            assert.deepEqual(rest, []);
            assert.deepEqual(finding, {
                code: "certificate-other-account",
                ground: "introduced",
                property: PROPERTY,
                message: `the certificate ${NAME} is of account 123456789012, the domain of account 210987654321`,
                remedy: "Request or import it in account 210987654321, in us-east-1",
            });
        });

        it("says nothing about the attached one", () => {
            assert.deepEqual(judged({}, { accountId: "210987654321", introduced: false }), []);
        });

        it("says nothing where the domain's account is not known, or the ARN is none", () => {
            assert.deepEqual(judged({}, { accountId: undefined }), []);
            assert.deepEqual(judged({}, { arn: "no arn" }), []);
        });
    });

    describe("that could not be seen", () => {
        const failed = new AwsCallError("no permission", "AccessDeniedException", false, {});

        it("is unseen where it is new", () => {
            assert.deepEqual(lookedAt({ failed }), [
                {
                    code: "certificate-unseen",
                    ground: "unseen",
                    property: PROPERTY,
                    message: `the certificate ${NAME} could not be checked: no permission`,
                    remedy: "No certificate is put on a domain unchecked: make the check possible",
                },
            ]);
        });

        it("is only said where it is attached", () => {
            const [finding] = lookedAt({ failed }, { introduced: false });
            assert.equal(finding?.ground, "advisory");
            assert.equal(finding?.remedy, "It stays as it is");
        });
    });

    it("names the whole ARN of one that does not exist", () => {
        const [finding, ...rest] = lookedAt({ absent: true });
        assert.deepEqual(rest, []);
        assert.deepEqual([finding?.code, finding?.ground], ["certificate-not-found", "introduced"]);
        assert.equal(finding?.message, `there is no certificate ${ARN}`);
        assert.deepEqual(gist(lookedAt({ absent: true }, { introduced: false })), ["certificate-not-found:advisory"]);
    });

    describe("by its status", () => {
        const none = { notBefore: undefined, notAfter: undefined };
        const table: [status: string, ground: string, certificate: Partial<ObservedCertificate>, message: RegExp][] = [
            ["PENDING_VALIDATION", "certificate-pending-validation:mendable", none, /has status PENDING_VALIDATION$/],
            ["EXPIRED", "certificate-expired:introduced", none, /has status EXPIRED$/],
            ["EXPIRED", "certificate-expired:introduced", { notAfter: inDays(-1) }, /EXPIRED since 2026-06-14$/],
            ["ISSUED", "certificate-expired:introduced", { notAfter: inDays(-1) }, / ended on 2026-06-14$/],
            ["REVOKED", "certificate-not-issued:introduced", none, /has status REVOKED, not ISSUED$/],
            ["INACTIVE", "certificate-not-issued:introduced", none, /has status INACTIVE, not ISSUED$/],
            ["VALIDATION_TIMED_OUT", "certificate-not-issued:introduced", none, /VALIDATION_TIMED_OUT, not ISSUED$/],
            [
                "FAILED",
                "certificate-not-issued:introduced",
                { ...none, failureReason: "CAA_ERROR" },
                /has status FAILED \(CAA_ERROR\), not ISSUED$/,
            ],
            ["unknown", "certificate-not-issued:introduced", none, /has status unknown, not ISSUED$/],
        ];
        for (const [status, expected, certificate, message] of table) {
            it(`${status} of a new one is ${expected}, of the attached one advisory: ${message.source}`, () => {
                const findings = judged({ status, ...certificate });
                assert.deepEqual(gist(findings), [expected]);
                assert.match(findings[0]?.message ?? "", message);
                const attached = judged({ status, ...certificate }, { introduced: false });
                assert.deepEqual(gist(attached), [expected.replace(/:.*/, ":advisory")]);
            });
        }

        it("PENDING_VALIDATION tells to create the records, the others to replace it", () => {
            assert.match(judged({ status: "PENDING_VALIDATION" })[0]?.remedy ?? "", /validation records in DNS/);
            assert.match(judged({ status: "EXPIRED" })[0]?.remedy ?? "", /^Request or import a new one in us-east-1/);
            assert.match(judged({ status: "REVOKED" })[0]?.remedy ?? "", /^Request or import a new one in us-east-1/);
        });
    });

    describe("by its dates", () => {
        it("an ISSUED one whose end has come counts as expired, to the millisecond", () => {
            assert.deepEqual(gist(judged({ notAfter: NOW })), ["certificate-expired:introduced"]);
            const justNotYet = new Date(NOW.getTime() + 1);
            assert.deepEqual(gist(judged({ notAfter: justNotYet })), ["certificate-expires-soon:introduced"]);
            assert.deepEqual(gist(judged({ notAfter: NOW }, { introduced: false })), ["certificate-expired:advisory"]);
        });

        it("one that begins now is valid, one that begins a millisecond later is not", () => {
            assert.deepEqual(judged({ notBefore: NOW }), []);
            const notBefore = new Date(NOW.getTime() + 1);
            const [finding] = judged({ notBefore });
            assert.equal(finding?.code, "certificate-not-yet-valid");
            assert.equal(finding?.ground, "introduced");
            assert.match(finding?.message ?? "", /is not valid before 2026-06-15T12:00:00\.001Z$/);
            assert.match(finding?.remedy ?? "", /clock/);
            assert.deepEqual(gist(judged({ notBefore }, { introduced: false })), [
                "certificate-not-yet-valid:advisory",
            ]);
        });

        it("exactly the minimum of days is enough, a millisecond less is not", () => {
            assert.deepEqual(judged({ notAfter: inDays(14) }), []);
            const [finding] = judged({ notAfter: new Date(inDays(14).getTime() - 1) });
            assert.equal(finding?.code, "certificate-expires-soon");
            assert.equal(finding?.ground, "introduced");
            assert.equal(
                finding?.message,
                `the certificate ${NAME} ends on 2026-06-29, in 13 days; minimumCertificateValidityDays is 14`,
            );
            assert.match(finding?.remedy ?? "", /^Give one that is valid for longer, or lower minimum/);
        });

        it("says 1 day, and 0 days", () => {
            assert.match(judged({ notAfter: inDays(1) })[0]?.message ?? "", /, in 1 day;/);
            assert.match(judged({ notAfter: inDays(0.5) })[0]?.message ?? "", /, in 0 days;/);
        });

        it("a minimum of 0 takes anything that has not ended", () => {
            assert.deepEqual(judged({ notAfter: inDays(0.1) }, { minimumValidityDays: 0 }), []);
        });

        it("of the attached one, few days are only said", () => {
            const [finding] = judged({ notAfter: inDays(3) }, { introduced: false });
            assert.equal(finding?.ground, "advisory");
            assert.equal(finding?.remedy, "See that it is renewed, or give another one");
        });

        it("says nothing where no dates are reported", () => {
            assert.deepEqual(judged({ notBefore: undefined, notAfter: undefined }), []);
            assert.deepEqual(judged({ notAfter: undefined, type: "IMPORTED" }), []);
        });
    });

    describe("by its names", () => {
        it("asks for no wildcard of a whole top-level domain", () => {
            const remedy = (domain: string) => judged({ names: ["other.test"] }, { domain })[0]?.remedy;
            assert.equal(remedy("example.com"), "Give one with the name example.com");
            assert.equal(remedy("a.example.com"), "Give one with the name a.example.com or *.example.com");
        });

        it("says which names it has, and what it would need", () => {
            const [finding] = judged({ names: ["www.example.com", "example.com"] });
            assert.deepEqual([finding?.code, finding?.ground], ["certificate-name-mismatch", "introduced"]);
            assert.equal(
                finding?.message,
                `the certificate ${NAME} does not cover auth.example.com; it is for www.example.com, example.com`,
            );
            assert.equal(finding?.remedy, "Give one with the name auth.example.com or *.example.com");
            assert.deepEqual(gist(judged({ names: ["x.org"] }, { introduced: false })), [
                "certificate-name-mismatch:advisory",
            ]);
        });

        it("takes any of its names", () => {
            assert.deepEqual(judged({ names: ["other.org", "auth.example.com"] }), []);
            assert.deepEqual(judged({ names: ["other.org", "*.example.com"] }), []);
        });

        it("explains a wildcard that is one label off, above or below", () => {
            const note = /it is for \*\.example\.com \(\*\.example\.com stands for exactly one label\)$/;
            assert.match(judged({ names: ["*.example.com"] }, { domain: "a.b.example.com" })[0]?.message ?? "", note);
            assert.match(judged({ names: ["*.example.com"] }, { domain: "example.com" })[0]?.message ?? "", note);
            const upper = judged({ names: ["*.EXAMPLE.com"] }, { domain: "example.com" })[0]?.message ?? "";
            assert.match(upper, /stands for exactly one label/);
            const alien = judged({ names: ["*.example.org"] })[0]?.message ?? "";
            assert.doesNotMatch(alien, /label/);
            const exact = judged({ names: ["example.com"] })[0]?.message ?? "";
            assert.doesNotMatch(exact, /label/);
        });

        it("lists five names and counts the rest", () => {
            const names = ["a", "b", "c", "d", "e"].map((it) => `${it}.org`);
            assert.match(judged({ names })[0]?.message ?? "", /for a\.org, b\.org, c\.org, d\.org, e\.org$/);
            const six = judged({ names: [...names, "f.org", "g.org"] })[0]?.message ?? "";
            assert.match(six, /d\.org, e\.org and 2 more$/);
        });

        it("says so where there is no name at all", () => {
            assert.match(judged({ names: [] })[0]?.message ?? "", /it is for no name at all$/);
        });

        it("reads punycode out", () => {
            const message = judged({ names: ["xn--bcher-kva.example"] }, { domain: "auth.xn--mnchen-3ya.de" })[0]
                ?.message;
            assert.match(message ?? "", /does not cover auth\.xn--mnchen-3ya\.de \(auth\.münchen\.de\)/);
            assert.match(message ?? "", /it is for xn--bcher-kva\.example \(bücher\.example\)$/);
        });
    });

    describe("by its key", () => {
        for (const name of ["RSA-1024", "RSA-2048", "RSA-3072", "RSA-4096", "EC-prime256v1"]) {
            it(`${name} is usable, with hyphens and with underscores`, () => {
                assert.deepEqual(judged({ keyAlgorithm: name }), []);
                assert.deepEqual(judged({ keyAlgorithm: name.replaceAll("-", "_") }), []);
            });
        }

        for (const keyAlgorithm of ["EC-secp384r1", "EC_secp384r1", "EC-secp521r1", "EC_secp521r1"]) {
            it(`${keyAlgorithm} is not`, () => {
                const [finding] = judged({ keyAlgorithm });
                assert.deepEqual([finding?.code, finding?.ground], ["certificate-key-unusable", "introduced"]);
                assert.equal(
                    finding?.message,
                    `CloudFront cannot use the key of the certificate ${NAME}: ${keyAlgorithm}`,
                );
                assert.match(finding?.remedy ?? "", /RSA 2048 or ECDSA P-256/);
                assert.deepEqual(gist(judged({ keyAlgorithm }, { introduced: false })), [
                    "certificate-key-unusable:advisory",
                ]);
            });
        }

        it("one that nobody has heard of is only said, even of a new certificate", () => {
            const [finding] = judged({ keyAlgorithm: "ML-DSA-65" });
            assert.deepEqual([finding?.code, finding?.ground], ["certificate-key-unknown", "advisory"]);
            assert.match(finding?.message ?? "", /^it is not known whether .*: ML-DSA-65$/);
        });

        it("says nothing where ACM says nothing", () => {
            assert.deepEqual(judged({ keyAlgorithm: undefined }), []);
        });
    });

    describe("by what becomes of it", () => {
        it("warns of a private CA", () => {
            assert.deepEqual(gist(judged({ type: "PRIVATE" })), ["certificate-private:advisory"]);
            assert.match(judged({ type: "PRIVATE" })[0]?.message ?? "", /is of a private CA/);
        });

        it("warns of an imported one in the 45 days before its end, but not where it is refused anyway", () => {
            const imported = (days: number) => gist(judged({ type: "IMPORTED", notAfter: inDays(days) }));
            assert.deepEqual(imported(45), []);
            assert.deepEqual(imported(44.9), ["certificate-imported-expiring:advisory"]);
            assert.deepEqual(imported(14), ["certificate-imported-expiring:advisory"]);
            assert.deepEqual(imported(13.9), ["certificate-expires-soon:introduced"]);
            assert.deepEqual(gist(judged({ type: "AMAZON_ISSUED", notAfter: inDays(20) })), []);
            assert.match(
                judged({ type: "IMPORTED", notAfter: inDays(20) })[0]?.message ?? "",
                /was imported and ends on 2026-07-05, in 20 days; ACM does not renew it$/,
            );
        });

        it("warns of a renewal that fails, with ACM's reason", () => {
            for (const renewalStatus of ["FAILED", "PENDING_VALIDATION"]) {
                const [finding] = judged({ renewalStatus, renewalReason: "CAA_ERROR" });
                assert.deepEqual([finding?.code, finding?.ground], ["certificate-renewal-failing", "advisory"]);
                assert.match(finding?.message ?? "", new RegExp(`: ${renewalStatus} \\(CAA_ERROR\\)$`));
                assert.match(judged({ renewalStatus })[0]?.message ?? "", new RegExp(`: ${renewalStatus}$`));
            }
            for (const renewalStatus of ["SUCCESS", "PENDING_AUTO_RENEWAL"]) {
                assert.deepEqual(judged({ renewalStatus }), []);
            }
        });

        it("warns of an attached Amazon certificate that will not be renewed, not of a new one: that is always so", () => {
            const renewalEligibility = "INELIGIBLE";
            assert.deepEqual(gist(judged({ renewalEligibility }, { introduced: false })), [
                "certificate-renewal-ineligible:advisory",
            ]);
            assert.deepEqual(judged({ renewalEligibility }), []);
            assert.deepEqual(judged({ renewalEligibility, type: "IMPORTED" }, { introduced: false }), []);
            assert.deepEqual(judged({ renewalEligibility: "ELIGIBLE" }, { introduced: false }), []);
        });
    });

    it("says everything that is wrong at once", () => {
        const codes = judged({ status: "REVOKED", names: ["x.org"], keyAlgorithm: "EC-secp521r1", type: "PRIVATE" });
        assert.deepEqual(
            codes.map(({ code }) => code),
            ["certificate-not-issued", "certificate-name-mismatch", "certificate-key-unusable", "certificate-private"],
        );
    });
});

describe("covers", () => {
    const table: [name: string, host: string, covered: boolean][] = [
        ["auth.example.com", "auth.example.com", true],
        ["AUTH.Example.com", "auth.example.com", true],
        ["auth.example.com", "AUTH.example.COM", true],
        ["auth.example.com", "xauth.example.com", false],
        ["example.com", "auth.example.com", false],
        ["*.example.com", "auth.example.com", true],
        ["*.EXAMPLE.com", "auth.example.com", true],
        ["*.example.com", "example.com", false],
        ["*.example.com", "a.b.example.com", false],
        ["*.b.example.com", "a.b.example.com", true],
        ["*.example.com", "authexample.com", false],
        ["*.com", "example.com", true],
        ["*", "auth.example.com", false],
        ["a*.example.com", "auth.example.com", false],
        ["*.xn--mnchen-3ya.de", "auth.xn--mnchen-3ya.de", true],
        ["", "auth.example.com", false],
    ];
    for (const [name, host, covered] of table) {
        it(`${JSON.stringify(name)} ${covered ? "covers" : "does not cover"} ${host}`, () => {
            assert.equal(covers(name, host), covered);
        });
    }
});

describe("day", () => {
    it("is the date alone, in UTC", () => {
        assert.equal(day(new Date("2026-11-01T23:59:59.999Z")), "2026-11-01");
    });
});
