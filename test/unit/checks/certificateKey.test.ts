import assert from "node:assert/strict";
import { judgeCertificate } from "../../../provider/checks/certificate";
import type { CertificateUse } from "../../../provider/checks/certificateUse";
import type { Judgement } from "../../../provider/checks/severity";
import type { ObservedCertificate } from "../../../provider/model/observations";
import { goodCertificate, NOW, newUse } from "../../support/certificates";

const NAME = ".../11111111-2222-3333-4444-555555555555";

const judged = (certificate: Partial<ObservedCertificate>, use: Partial<CertificateUse> = {}): Judgement[] =>
    judgeCertificate({ found: goodCertificate(certificate) }, newUse(use), NOW);

/** `code:ground`, in order. */
const gist = (judgements: Judgement[]) => judgements.map(({ code, ground }) => `${code}:${ground}`);

describe("judgeCertificate", () => {
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
            assert.match(finding?.remedy ?? "", /^To be safe, give a certificate with/);
        });

        it("says nothing where ACM says nothing", () => {
            assert.deepEqual(judged({ keyAlgorithm: undefined }), []);
        });
    });

    describe("by where its key is", () => {
        it("one that was issued through ACME is refused: ACM has no key of it", () => {
            const [finding, ...rest] = judged({ keyPairOrigin: "ACME" });
            assert.deepEqual(rest, []);
            assert.deepEqual([finding?.code, finding?.ground], ["certificate-key-not-in-acm", "introduced"]);
            assert.match(finding?.message ?? "", /ACM does not have its private key/);
            assert.match(finding?.remedy ?? "", /^Request one in ACM itself, or import one with its private key/);
            assert.deepEqual(gist(judged({ keyPairOrigin: "ACME" }, { introduced: false })), [
                "certificate-key-not-in-acm:advisory",
            ]);
        });

        it("one whose key AWS has or was given is in order", () => {
            assert.deepEqual(judged({ keyPairOrigin: "AWS_MANAGED" }), []);
            assert.deepEqual(judged({ keyPairOrigin: "CUSTOMER_PROVIDED" }), []);
        });

        it("one that CloudFront manages for itself is only warned of", () => {
            const [finding, ...rest] = judged({ managedBy: "CLOUDFRONT" });
            assert.deepEqual(rest, []);
            assert.deepEqual([finding?.code, finding?.ground], ["certificate-managed-by-cloudfront", "advisory"]);
            assert.match(
                finding?.message ?? "",
                /is managed by CloudFront for another distribution, and goes away with it$/,
            );
            assert.match(finding?.remedy ?? "", /^Request a certificate of your own/);
        });
    });

    describe("by its CA", () => {
        it("warns of a private CA", () => {
            assert.deepEqual(gist(judged({ type: "PRIVATE" })), ["certificate-private:advisory"]);
            assert.match(judged({ type: "PRIVATE" })[0]?.message ?? "", /is of a private CA/);
        });
    });
});
