import assert from "node:assert/strict";
import { judgeCertificate } from "../../../provider/checks/certificate";
import type { CertificateUse } from "../../../provider/checks/certificateUse";
import type { Judgement } from "../../../provider/checks/severity";
import type { ObservedCertificate } from "../../../provider/model/observations";
import { goodCertificate, inDays, NOW, newUse } from "../../support/certificates";

const NAME = ".../11111111-2222-3333-4444-555555555555";

const judged = (certificate: Partial<ObservedCertificate>, use: Partial<CertificateUse> = {}): Judgement[] =>
    judgeCertificate({ found: goodCertificate(certificate) }, newUse(use), NOW);

/** `code:ground`, in order. */
const gist = (judgements: Judgement[]) => judgements.map(({ code, ground }) => `${code}:${ground}`);

describe("judgeCertificate", () => {
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
                `the certificate ${NAME} ends on 2026-06-29, in 13 days; minimumCertificateValidityDays asks for 14`,
            );
            assert.match(finding?.remedy ?? "", /^Give one that is valid for longer$/);
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

    describe("by its share of the lifetime", () => {
        const HOUR = 1 / 24;
        const table: [what: string, lived: number, left: number, codes: string[]][] = [
            ["six days (Let's Encrypt, short-lived)", 0, 6.66, []],
            ["six days, with two whole ones left", 4.6, 2.06, []],
            ["six days, with less than two left", 4.7, 1.96, ["certificate-expires-soon"]],
            ["45 days (Let's Encrypt)", HOUR, 45 - HOUR, []],
            ["45 days, with a third left", 30, 15, []],
            ["47 days (CA/B from 2029)", 0, 47, []],
            ["64 days", 0, 64, []],
            ["30 days, with ten left", 20, 10, []],
            ["30 days, with less than ten left", 20.1, 9.9, ["certificate-expires-soon"]],
            ["198 days (ACM), with 5 left", 193, 5, ["certificate-expires-soon"]],
            ["198 days, with 14 left", 184, 14, []],
            ["198 days, with less than 14 left", 184.1, 13.9, ["certificate-expires-soon"]],
        ];
        for (const [what, lived, left, codes] of table) {
            it(`a certificate of ${what}: ${codes.join() || "in order"}`, () => {
                const found = judged({ notBefore: inDays(-lived), notAfter: inDays(left) });
                assert.deepEqual(
                    found.map(({ code }) => code),
                    codes,
                );
            });
        }

        it("says what the third is", () => {
            const [finding] = judged({ notBefore: inDays(-25), notAfter: inDays(5) });
            assert.match(
                finding?.message ?? "",
                /in 5 days; minimumCertificateValidityDays asks for 10 \(a third of its lifetime\)$/,
            );
        });

        it("a given minimum that the whole lifetime cannot reach says so", () => {
            const certificate = { notBefore: NOW, notAfter: inDays(45) };
            const [finding] = judged(certificate, { minimumValidityDays: 60 });
            assert.match(
                finding?.message ?? "",
                /minimumCertificateValidityDays asks for 60, which is more than its whole lifetime of 45 days$/,
            );
            assert.match(finding?.remedy ?? "", /^Lower minimumCertificateValidityDays, or leave it out/);
            assert.deepEqual(judged(certificate, { minimumValidityDays: 45 }), []);
            const lower = judged({ notBefore: inDays(-25), notAfter: inDays(5) }, { minimumValidityDays: 9 });
            assert.match(lower[0]?.message ?? "", /in 5 days; minimumCertificateValidityDays asks for 9$/);
            const oneDayOld = { notBefore: inDays(-1), notAfter: inDays(44) };
            const reachable = judged(oneDayOld, { minimumValidityDays: 45 })[0]?.message ?? "";
            assert.match(reachable, /in 44 days; minimumCertificateValidityDays asks for 45$/);
        });

        it("an imported one is warned of in the last third of a short lifetime", () => {
            const imported = (lived: number, left: number) =>
                gist(judged({ type: "IMPORTED", notBefore: inDays(-lived), notAfter: inDays(left) }));
            assert.deepEqual(imported(0, 6), []);
            assert.deepEqual(imported(0, 45), []);
            assert.deepEqual(imported(30, 60), []);
            assert.deepEqual(imported(60.5, 29.5), ["certificate-imported-expiring:advisory"]);
        });
    });

    it("the remedy of a failing renewal follows the way of validation", () => {
        const remedy = (validationMethod?: "DNS" | "EMAIL" | "HTTP") =>
            judged({ renewalStatus: "FAILED", validationMethod })[0]?.remedy ?? "";
        assert.match(remedy("DNS"), /validation records back in DNS/);
        assert.match(remedy(undefined), /validation records back in DNS/);
        assert.match(remedy("EMAIL"), /mail that ACM sends/);
        assert.match(remedy("HTTP"), /pki-validation/);
    });

    describe("by what becomes of it", () => {
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
});
