import assert from "node:assert/strict";
import { judgeCertificate } from "../../../provider/checks/certificate";
import type { CertificateUse } from "../../../provider/checks/certificateUse";
import type { Judgement } from "../../../provider/checks/severity";
import { AwsCallError } from "../../../provider/model/errors";
import type { Lookup, ObservedCertificate } from "../../../provider/model/observations";
import { ARN, goodCertificate, inDays, NOW, newUse } from "../../support/certificates";

const PROPERTY = "customDomainConfig.certificateArn";
const NAME = ".../11111111-2222-3333-4444-555555555555";

const judged = (certificate: Partial<ObservedCertificate>, use: Partial<CertificateUse> = {}): Judgement[] =>
    judgeCertificate({ found: goodCertificate(certificate) }, newUse(use), NOW);

const lookedAt = (look: Lookup<ObservedCertificate>, use: Partial<CertificateUse> = {}): Judgement[] =>
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
            ...lookedAt({ failed: new AwsCallError("denied", { code: "AccessDenied" }) }),
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
                message: `the certificate ${NAME} is in account 123456789012, the domain in account 210987654321`,
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
        const failed = new AwsCallError("no permission", { code: "AccessDeniedException" });

        it("is unseen where it is new", () => {
            assert.deepEqual(lookedAt({ failed }), [
                {
                    code: "certificate-unseen",
                    ground: "unseen",
                    property: PROPERTY,
                    message: `the certificate ${NAME} could not be checked: no permission`,
                    remedy: "Mend that first: no certificate is put on a domain unchecked",
                },
            ]);
        });

        it("is only said where it is attached", () => {
            const [finding] = lookedAt({ failed }, { introduced: false });
            assert.equal(finding?.ground, "advisory");
            assert.equal(finding?.remedy, "Check it yourself: this update leaves it as it is");
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
            const remedy = (validationMethod: "EMAIL" | "HTTP") =>
                judged({ status: "PENDING_VALIDATION", validationMethod })[0]?.remedy ?? "";
            assert.match(remedy("EMAIL"), /in the mail/);
            assert.match(remedy("HTTP"), /over HTTP/);
            assert.match(judged({ status: "EXPIRED" })[0]?.remedy ?? "", /^Request or import a new one in us-east-1/);
            assert.match(judged({ status: "REVOKED" })[0]?.remedy ?? "", /^Request or import a new one in us-east-1/);
        });
    });

    it("says everything that is wrong at once", () => {
        const codes = judged({ status: "REVOKED", names: ["x.org"], keyAlgorithm: "EC-secp521r1", type: "PRIVATE" });
        assert.deepEqual(
            codes.map(({ code }) => code),
            ["certificate-name-mismatch", "certificate-not-issued", "certificate-key-unusable", "certificate-private"],
        );
    });
});
