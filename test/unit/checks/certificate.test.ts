import assert from "node:assert/strict";
import { covers } from "../../../provider/checks/certificateNames";
import { formatFinding } from "../../../provider/model/findings";
import { ARN, goodCertificate, inDays, NOW } from "../../support/certificates";
import { certificateFindings, gist } from "../../support/plans";

const NAME = ".../11111111-2222-3333-4444-555555555555";

describe("a certificate", () => {
    const cases: [title: string, certificate: object, findings: string[], served?: string[]][] = [
        ["that nothing is wrong with", {}, []],
        ["that expires now", { notAfter: NOW }, ["certificate-expired:error"], ["certificate-expired:warning"]],
        ["that is valid from now on", { notBefore: NOW }, []],
        ["with exactly the minimum of days", { notAfter: inDays(14) }, []],
        [
            "with a millisecond less",
            { notAfter: new Date(inDays(14).getTime() - 1) },
            ["certificate-expires-soon:error"],
            ["certificate-expires-soon:warning"],
        ],
        ["of 30 days with a third of them left", { notBefore: inDays(-20), notAfter: inDays(10) }, []],
        [
            "of 30 days with less than a third left",
            { notBefore: inDays(-20.1), notAfter: inDays(9.9) },
            ["certificate-expires-soon:error"],
        ],
        ["of 198 days with 14 left", { notBefore: inDays(-184), notAfter: inDays(14) }, []],
        ["imported, of 90 days with 60 left", { type: "IMPORTED", notBefore: inDays(-30), notAfter: inDays(60) }, []],
        [
            "imported, of 90 days with 29 left",
            { type: "IMPORTED", notBefore: inDays(-60.5), notAfter: inDays(29.5) },
            ["certificate-imported-expiring:warning"],
        ],
        ["imported, with too few days", { type: "IMPORTED", notAfter: inDays(13) }, ["certificate-expires-soon:error"]],
        ["without dates", { notBefore: undefined, notAfter: undefined }, []],
        ["whose key was imported", { keyPairOrigin: "CUSTOMER_PROVIDED" }, []],
        ["of 6 days, fresh", { notBefore: NOW, notAfter: inDays(6) }, []],
        ["RSA-4096", { keyAlgorithm: "RSA-4096" }, []],
        ["RSA_1024", { keyAlgorithm: "RSA_1024" }, []],
        ["EC-prime256v1", { keyAlgorithm: "EC-prime256v1" }, []],
        ["EC_secp521r1", { keyAlgorithm: "EC_secp521r1" }, ["certificate-key-unusable:error"]],
        ["without a key algorithm", { keyAlgorithm: undefined }, []],
        ["imported, with 46 days", { type: "IMPORTED", notAfter: inDays(46) }, []],
        [
            "imported, with 44 days",
            { type: "IMPORTED", notAfter: inDays(44) },
            ["certificate-imported-expiring:warning"],
        ],
        [
            "with everything wrong",
            { names: ["example.org"], status: "REVOKED", keyAlgorithm: "EC_secp384r1", type: "PRIVATE" },
            [
                "certificate-name-mismatch:error",
                "certificate-not-issued:error",
                "certificate-key-unusable:error",
                "certificate-private:warning",
            ],
        ],
    ];
    for (const [title, certificate, findings, served] of cases) {
        it(title, () => {
            assert.deepEqual(gist(certificateFindings(certificate)), findings);
            if (served) {
                assert.deepEqual(gist(certificateFindings(certificate, { introduced: false })), served);
            }
        });
    }

    it("is to be valid for as long as the program asks", () => {
        const soon = { notAfter: inDays(3) };
        assert.deepEqual(certificateFindings(soon, { minimumCertificateValidityDays: 3 }), []);
        const [finding] = certificateFindings(soon, { minimumCertificateValidityDays: 4 });
        assert.equal(
            finding?.message,
            `the certificate ${NAME} expires on 2026-06-18, in 3 days; minimumCertificateValidityDays is 4`,
        );
        const short = { notBefore: inDays(-1), notAfter: inDays(5) };
        const [outOfReach] = certificateFindings(short, { minimumCertificateValidityDays: 30 });
        assert.match(outOfReach?.remedy ?? "", /^Lower minimumCertificateValidityDays/);
    });

    it("of another account is refused before anything else is said about it", () => {
        const arn = ARN.replace("123456789012", "210987654321");
        const found = certificateFindings({ arn, answer: { absent: true } });
        assert.deepEqual(gist(found), ["certificate-other-account:error"]);
    });

    describe("imported by this program", () => {
        const fixable = new Set(["certificate"] as const);
        const found = (certificate: object, phase: "preview" | "update", rest = {}) =>
            certificateFindings(certificate, rest, { phase, fixable });
        const expired = { type: "IMPORTED", status: "EXPIRED" };

        it("may be imported anew: a warning in the preview, an error in the update", () => {
            const [finding, ...more] = found(expired, "preview");
            assert.deepEqual(more, []);
            assert.deepEqual([finding?.kind, finding?.severity], ["fixable", "warning"]);
            assert.match(finding?.remedy ?? "", /give its ARN, unless this program imports it anew$/);
            assert.deepEqual(gist(found(expired, "update")), ["certificate-expired:error"]);
        });

        it("is not if ACM issued it, if it is the one that the domain has, or for what an import does not fix", () => {
            assert.deepEqual(gist(found({ ...expired, type: "AMAZON_ISSUED" }, "preview")), [
                "certificate-expired:error",
            ]);
            assert.doesNotMatch(found(expired, "preview", { introduced: false })[0]?.remedy ?? "", /anew/);
            const [unknownKey] = found({ type: "IMPORTED", keyAlgorithm: "ML-DSA-44" }, "preview");
            assert.deepEqual([unknownKey?.kind, unknownKey?.severity], ["advisory", "warning"]);
            const arn = ARN.replace("123456789012", "210987654321");
            const other = { arn, answer: { found: goodCertificate({ type: "IMPORTED" }) } };
            assert.deepEqual(gist(found(other, "preview")), ["certificate-other-account:error"]);
        });
    });

    describe("by its text", () => {
        const texts: [title: string, certificate: object, rest: object, text: RegExp][] = [
            [
                "EXPIRED with a date",
                { status: "EXPIRED", notAfter: inDays(-1) },
                {},
                /has status EXPIRED since 2026-06-14\. /,
            ],
            [
                "EXPIRED without one",
                { status: "EXPIRED", notAfter: undefined },
                {},
                /has status EXPIRED\. Request or import/,
            ],
            ["ISSUED, and expired", { notAfter: inDays(-1) }, {}, / expired on 2026-06-14\. Request or import/],
            [
                "FAILED",
                { status: "FAILED", failureReason: "CAA_ERROR" },
                {},
                /status FAILED \(CAA_ERROR\), not ISSUED\. /,
            ],
            ["not valid yet", { notBefore: inDays(1) }, {}, /not valid before 2026-06-16T12:00:00\.000Z\. .* clock/],
            ["pending in DNS", { status: "PENDING_VALIDATION" }, {}, /validation records in DNS/],
            [
                "pending by email",
                { status: "PENDING_VALIDATION", validationMethod: "EMAIL" },
                {},
                /email that ACM sent/,
            ],
            ["pending over HTTP", { status: "PENDING_VALIDATION", validationMethod: "HTTP" }, {}, /over HTTP/],
            [
                "renewal in DNS",
                { renewalStatus: "FAILED", renewalReason: "CAA_ERROR" },
                {},
                /: FAILED \(CAA_ERROR\)\. .*in DNS/,
            ],
            [
                "renewal by email",
                { renewalStatus: "PENDING_VALIDATION", validationMethod: "EMAIL" },
                {},
                /email that ACM/,
            ],
            ["renewal over HTTP", { renewalStatus: "FAILED", validationMethod: "HTTP" }, {}, /pki-validation/],
            ["one day left", { notAfter: inDays(1) }, {}, /, in 1 day; .* Use one that is valid for longer/],
            ["no day left", { notAfter: inDays(0.5) }, {}, /, in 0 days;/],
            [
                "served, soon to expire",
                { notAfter: inDays(3) },
                { introduced: false },
                /\. Have it renewed, or use another/,
            ],
            ["short lived", { notBefore: inDays(-25), notAfter: inDays(5) }, {}, /is 10 \(a third of its lifetime\)/],
            [
                "out of reach",
                { notBefore: NOW, notAfter: inDays(45) },
                { minimumCertificateValidityDays: 60 },
                /is 60, which is more than its whole lifetime of 45 days\. Lower/,
            ],
            [
                "no name",
                { names: [] },
                {},
                /it covers no name at all\. Use one for auth\.example\.com or \*\.example\.com/,
            ],
            ["a top-level domain", { names: [] }, { domain: "example.com" }, /Use one for example\.com\. \[/],
            [
                "a wildcard that is one label off",
                { names: ["*.EXAMPLE.com"] },
                { domain: "a.b.example.com" },
                /\(\*\.EXAMPLE\.com covers exactly one label\)/,
            ],
            ["an unrelated wildcard", { names: ["*.example.org"] }, {}, /it covers \*\.example\.org\. /],
            [
                "seven names",
                { names: [..."abcdefg"].map((it) => `${it}.org`) },
                {},
                /covers a\.org, .*, e\.org and 2 more\. /,
            ],
            [
                "punycode",
                { names: ["xn--bcher-kva.example"] },
                {},
                /it covers xn--bcher-kva\.example \(bücher\.example\)/,
            ],
        ];
        for (const [title, certificate, rest, text] of texts) {
            it(`${title}: ${text.source}`, () => {
                const [finding, ...more] = certificateFindings(certificate, rest);
                assert.deepEqual(more, []);
                assert.match(finding ? formatFinding(finding) : "", text);
            });
        }
    });

    it("that was issued by Amazon and will not be renewed is reported once it is served: a new one never is eligible", () => {
        const ineligible = { renewalEligibility: "INELIGIBLE" };
        const served = { introduced: false };
        assert.deepEqual(gist(certificateFindings(ineligible, served)), ["certificate-renewal-ineligible:warning"]);
        assert.deepEqual(certificateFindings(ineligible), []);
        assert.deepEqual(certificateFindings({ ...ineligible, type: "IMPORTED" }, served), []);
        assert.deepEqual(certificateFindings({ renewalEligibility: "ELIGIBLE", renewalStatus: "SUCCESS" }, served), []);
    });

    it("covers a name, or a wildcard's exactly one label, whatever the case", () => {
        const cases: [string, string, boolean][] = [
            ["auth.example.com", "auth.example.com", true],
            ["AUTH.Example.com", "auth.example.com", true],
            ["*.example.com", "auth.example.com", true],
            ["*.example.com", "a.b.example.com", false],
            ["*.example.com", "example.com", false],
            ["*.auth.example.com", "auth.example.com", false],
            ["example.com", "auth.example.com", false],
        ];
        for (const [name, host, isCovered] of cases) {
            assert.equal(covers(name, host), isCovered, `${name} for ${host}`);
        }
    });
});
