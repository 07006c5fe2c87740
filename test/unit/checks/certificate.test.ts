import assert from "node:assert/strict";
import { AwsCallError } from "../../../provider/model/errors";
import { type FindingCode, formatFinding } from "../../../provider/model/findings";
import { ARN, goodCertificate, inDays, NOW } from "../../support/certificates";
import { certificateFindings, gist } from "../../support/plans";

const OTHER_ACCOUNT = ARN.replace("123456789012", "210987654321");

/** The severity of each finding: findings.test.ts. */
describe("the findings about a certificate", () => {
    const cases: [title: string, certificate: object, ...codes: FindingCode[]][] = [
        ["that nothing is wrong with", {}],
        ["without dates", { notBefore: undefined, notAfter: undefined }],
        ["that is valid from now on", { notBefore: NOW }],
        ["with exactly the minimum of days", { notAfter: inDays(14) }],
        ["with a millisecond less", { notAfter: new Date(inDays(14).getTime() - 1) }, "certificate-expires-soon"],
        ["of 30 days with a third of them left", { notBefore: inDays(-20), notAfter: inDays(10) }],
        ["of 30 days with less", { notBefore: inDays(-20.1), notAfter: inDays(9.9) }, "certificate-expires-soon"],
        ["imported, with 46 days", { type: "IMPORTED", notAfter: inDays(46) }],
        ["imported, with 44 days", { type: "IMPORTED", notAfter: inDays(44) }, "certificate-imported-expiring"],
        ["imported, with 13 days", { type: "IMPORTED", notAfter: inDays(13) }, "certificate-expires-soon"],
        [
            "imported, 29 of 90 days left",
            { type: "IMPORTED", notBefore: inDays(-60.5), notAfter: inDays(29.5) },
            "certificate-imported-expiring",
        ],
        ["with the name in capitals", { names: ["AUTH.example.com"] }],
        ["with a wildcard in capitals", { names: ["a.org", "*.EXAMPLE.com"] }],
        ["for a parent", { names: ["example.com", "h.example.com", "*.com"] }, "certificate-name-mismatch"],
        ["with EC-prime256v1", { keyAlgorithm: "EC-prime256v1" }],
        ["with EC_secp521r1", { keyAlgorithm: "EC_secp521r1" }, "certificate-key-unusable"],
        ["without a key algorithm", { keyAlgorithm: undefined }],
        // A new one never is eligible.
        ["that is new and will not be renewed", { renewalEligibility: "INELIGIBLE" }],
        [
            "with everything wrong",
            { names: ["example.org"], status: "REVOKED", keyAlgorithm: "EC_secp384r1", type: "PRIVATE" },
            "certificate-name-mismatch",
            "certificate-not-issued",
            "certificate-key-unusable",
            "certificate-private",
        ],
    ];
    for (const [title, certificate, ...codes] of cases) {
        it(`${title}: ${codes.join(", ") || "none"}`, () => {
            const found = certificateFindings(certificate).map(({ code }) => code);
            assert.deepEqual(found, codes);
        });
    }

    it("show nothing of a secret one, nor of one that someone else has attached in its place", () => {
        const secret = { introduced: false, secret: ["certificateArn" as const] };
        for (const answer of [{ absent: true as const }, { failed: new AwsCallError(`no ${ARN}`, { code: "x" }) }]) {
            const [{ message = "" } = {}] = certificateFindings({ arn: ARN, answer }, secret);
            assert.match(message, /\[secret\]/);
            assert.ok(!message.includes(ARN.split("/")[1] ?? ""), message);
        }
    });

    it("of another account say nothing else about it", () => {
        const found = certificateFindings({ arn: OTHER_ACCOUNT, answer: { absent: true } });
        assert.deepEqual(gist(found), ["certificate-other-account:error"]);
    });

    it("that the domain has are warnings; they tell if Amazon will not renew it", () => {
        const served = (certificate: object) => gist(certificateFindings(certificate, { introduced: false }));
        assert.deepEqual(served({ notAfter: NOW }), ["certificate-expired:warning"]);
        const ineligible = { renewalEligibility: "INELIGIBLE" };
        assert.deepEqual(served(ineligible), ["certificate-renewal-ineligible:warning"]);
        assert.deepEqual(served({ ...ineligible, type: "IMPORTED" }), []);
    });

    it("that the program imports itself are warnings in the preview, since it may be imported anew", () => {
        const fixable = new Set(["certificate"] as const);
        const found = (certificate: object, phase: "preview" | "update" = "preview", rest = {}) =>
            certificateFindings(certificate, rest, { phase, fixable });
        const expired = { type: "IMPORTED", status: "EXPIRED" };
        const [finding] = found(expired);
        assert.deepEqual([finding?.kind, finding?.severity], ["fixable", "warning"]);
        assert.match(finding?.remedy ?? "", /give its ARN$/);
        assert.deepEqual(gist(found(expired, "update")), ["certificate-expired:error"]);
        assert.deepEqual(gist(found({ ...expired, type: "AMAZON_ISSUED" })), ["certificate-expired:error"]);
        assert.deepEqual(gist(certificateFindings(expired, {}, { phase: "preview" })), ["certificate-expired:error"]);
        assert.equal(found(expired, "preview", { introduced: false })[0]?.kind, "advisory");
        assert.equal(found({ type: "IMPORTED", keyAlgorithm: "ML-DSA-44" })[0]?.kind, "advisory");
        const other = { arn: OTHER_ACCOUNT, answer: { found: goodCertificate({ type: "IMPORTED" }) } };
        assert.deepEqual(gist(found(other)), ["certificate-other-account:error"]);
    });

    const soon = { notAfter: inDays(3) };
    const texts: [says: string, certificate: object, request?: object][] = [
        [" expired on 2026-06-14. ", { status: "EXPIRED", notAfter: inDays(-1) }],
        [" expired. Request or import", { status: "EXPIRED", notAfter: undefined }],
        [" expired on 2026-06-14. Request or import", { notAfter: inDays(-1) }],
        ["has status FAILED (CAA_ERROR), not ISSUED. ", { status: "FAILED", failureReason: "CAA_ERROR" }],
        ["is not valid before 2026-06-16T12:00:00.000Z. Wait until then", { notBefore: inDays(1) }],
        ["its validation records in DNS", { status: "PENDING_VALIDATION" }],
        ["Approve it in the email that ACM sent", { status: "PENDING_VALIDATION", validationMethod: "EMAIL" }],
        ["Serve the validation file that ACM names over", { status: "PENDING_VALIDATION", validationMethod: "HTTP" }],
        [": FAILED (CAA_ERROR). Put its validation", { renewalStatus: "FAILED", renewalReason: "CAA_ERROR" }],
        ["Approve the renewal in the email", { renewalStatus: "PENDING_VALIDATION", validationMethod: "EMAIL" }],
        ["at /.well-known/pki-validation/", { renewalStatus: "FAILED", validationMethod: "HTTP" }],
        ["-555555555555 expires on 2026-06-18, in 3 days; minimumCertificateValidityDays is 14. Use one", soon],
        ["in 3 days; minimumCertificateValidityDays is 4. Use one", soon, { minimumCertificateValidityDays: 4 }],
        [", in 1 day; ", { notAfter: inDays(1) }],
        [", in 0 days; ", { notAfter: inDays(0.5) }],
        [". Have it renewed, or use another one. ", soon, { introduced: false }],
        ["is 10 (a third of its lifetime). ", { notBefore: inDays(-25), notAfter: inDays(5) }],
        [
            "is 60. Lower minimumCertificateValidityDays, or leave it out: the certificate's whole lifetime is 45 days",
            { notBefore: NOW, notAfter: inDays(45) },
            { minimumCertificateValidityDays: 60 },
        ],
        ["covers no name at all. Use one for auth.example.com or *.example.com. ", { names: [] }],
        ["Use one for example.com. ", { names: [] }, { domain: "example.com" }],
        ["a.b.example.com or *.b.example.com. ", { names: ["*.EXAMPLE.com"] }, { domain: "a.b.example.com" }],
        ["it covers *.example.org. ", { names: ["*.example.org"] }],
        ["it covers a.org, b.org, c.org, d.org, e.org and 1 more. ", { names: [..."abcdef"].map((it) => `${it}.org`) }],
    ];
    for (const [says, certificate, request] of texts) {
        it(`say "${says}"`, () => {
            const [finding, ...more] = certificateFindings(certificate, request);
            assert.deepEqual(more, []);
            const text = finding ? formatFinding(finding) : "nothing";
            assert.ok(text.includes(says), text);
        });
    }
});
