import assert from "node:assert/strict";
import type { Observations } from "../../../provider/model/observations";
import { ARN, goodCertificate, inDays, OTHER_ARN } from "../../support/certificates";
import { FAILOVER, PREFIX, seen, WHOLE } from "../../support/domains";
import { FAILED, gist, judged } from "../../support/judged";

describe("judge", () => {
    it("finds nothing where nothing was asked", () => {
        assert.deepEqual(judged({}), []);
    });

    it("TLS_V1 is held against the version in force, where it was seen and the engine will act", () => {
        const codes = (domain: object, rest: object = {}) =>
            judged({ domain } as never, { settings: { securityPolicy: "TLS_V1" }, ...rest }, "preview").map(
                ({ code }) => code,
            );
        const found = { found: seen({ settings: { managedLoginVersion: 2 } }) };
        assert.deepEqual(codes(found), ["tls-policy-too-low"]);
        assert.deepEqual(codes(found, { engineWillAct: true }), ["tls-policy-too-low"]);
        assert.deepEqual(codes(found, { engineWillAct: false }), []);
        assert.deepEqual(codes({ absent: true }), ["domain-not-found"]);
    });

    describe("the certificate", () => {
        const expired = { found: goodCertificate({ status: "EXPIRED" }) };
        const certificate = { arn: ARN, look: expired };
        const desired = { certificateArn: ARN };

        it("that is new stops the update", () => {
            const domain = { found: seen({ settings: { ...WHOLE, certificateArn: OTHER_ARN } }) };
            assert.deepEqual(gist(judged({ domain, certificate }, { settings: desired })), [
                "certificate-expired:error",
            ]);
        });

        it("that is new is only said where the engine will not act, so that an unchanged resource blocks no other", () => {
            const domain = { found: seen({ settings: { ...WHOLE, certificateArn: OTHER_ARN } }) };
            const unchanged = { settings: desired, engineWillAct: false };
            assert.deepEqual(gist(judged({ domain, certificate }, unchanged, "preview")), [
                "certificate-expired:warning",
            ]);
            const notAllowed = { allowedAccountIds: ["111111111111"], engineWillAct: false };
            assert.deepEqual(gist(judged({ domain }, notAllowed, "preview")), ["account-not-allowed:warning"]);
            assert.deepEqual(gist(judged({ domain, certificate }, { settings: desired, engineWillAct: true })), [
                "certificate-expired:error",
            ]);
        });

        it("that is new, imported and made by the program may be imported anew by the time of the update", () => {
            const domain = { found: seen({ settings: { ...WHOLE, certificateArn: OTHER_ARN } }) };
            const ofProgram = { settings: desired, isCertificateOfProgram: true };
            const look = (type: "IMPORTED" | "AMAZON_ISSUED") => ({
                arn: ARN,
                look: { found: goodCertificate({ status: "EXPIRED", type }) },
            });
            const imported = { domain, certificate: look("IMPORTED") };
            const [finding] = judged(imported, ofProgram, "preview");
            assert.deepEqual([finding?.severity, finding?.ground], ["warning", "mendable"]);
            assert.match(finding?.remedy ?? "", /give its ARN, unless this program imports it anew$/);
            assert.deepEqual(gist(judged(imported, ofProgram, "update")), ["certificate-expired:error"]);
            assert.deepEqual(gist(judged(imported, { settings: desired }, "preview")), ["certificate-expired:error"]);
            const requested = { domain, certificate: look("AMAZON_ISSUED") };
            assert.deepEqual(gist(judged(requested, ofProgram, "preview")), ["certificate-expired:error"]);
            const attached = judged({ domain: { found: seen() }, certificate: look("IMPORTED") }, ofProgram, "preview");
            assert.deepEqual([attached[0]?.ground, attached[0]?.remedy.includes("anew")], ["advisory", false]);
        });

        it("that is new is one of a domain that is not there yet", () => {
            const domain = { absent: true } as const;
            assert.deepEqual(gist(judged({ domain, certificate }, { settings: desired }, "preview")), [
                "domain-not-found:warning",
                "certificate-expired:error",
            ]);
        });

        it("that the domain has already never does, desired or not", () => {
            const domain = { found: seen() };
            assert.deepEqual(gist(judged({ domain, certificate }, { settings: desired })), [
                "certificate-expired:warning",
            ]);
            assert.deepEqual(gist(judged({ domain, certificate })), ["certificate-expired:warning"]);
        });

        it("is taken for attached where the domain was not or could not be seen", () => {
            assert.deepEqual(gist(judged({ certificate }, { settings: desired })), ["certificate-expired:warning"]);
            const observed = { domain: { failed: FAILED }, certificate };
            assert.deepEqual(gist(judged(observed, { settings: desired })), [
                "domain-unseen:error",
                "certificate-expired:warning",
            ]);
        });

        it("is held against the domain's account", () => {
            const domain = { found: seen({ accountId: "210987654321", settings: {} }) };
            assert.deepEqual(gist(judged({ domain, certificate }, { settings: desired })), [
                "certificate-other-account:error",
            ]);
        });

        it("is held against the minimum of days", () => {
            const look = { found: goodCertificate({ notAfter: inDays(20) }) };
            const domain = { found: seen({ settings: {} }) };
            const observed = { domain, certificate: { arn: ARN, look } };
            assert.deepEqual(judged(observed, { settings: desired, minimumCertificateValidityDays: 20 }), []);
            assert.deepEqual(gist(judged(observed, { settings: desired, minimumCertificateValidityDays: 21 })), [
                "certificate-expires-soon:error",
            ]);
        });

        it("is judged by the domain's name alone while the pool is not known", () => {
            const look = { found: goodCertificate({ names: ["other.org"] }) };
            const question = { settings: desired, address: undefined };
            assert.deepEqual(gist(judged({ certificate: { arn: ARN, look } }, question)), [
                "certificate-name-mismatch:warning",
            ]);
            assert.deepEqual(judged({ certificate: { arn: ARN, look } }, { ...question, domain: undefined }), []);
        });

        it("is no matter of a prefix domain", () => {
            assert.deepEqual(judged({ certificate }, { settings: desired, domain: "my-prefix", address: PREFIX }), []);
        });
    });

    describe("managed login and failover", () => {
        const managedLogin = { userPool: { found: { tier: "LITE", passkeys: false } } };
        const replicas = { absent: true } as const;

        it("are judged where they were looked at and are desired", () => {
            const desired = { managedLoginVersion: 2, failover: FAILOVER };
            assert.deepEqual(gist(judged({ managedLogin, replicas }, { settings: desired }, "preview")), [
                "feature-plan-lite:warning",
                "replica-not-found:warning",
            ]);
        });

        it("are not judged where they are not desired, or the address is not known", () => {
            assert.deepEqual(judged({ managedLogin, replicas }), []);
            const desired = { managedLoginVersion: 2, failover: FAILOVER };
            assert.deepEqual(judged({ managedLogin, replicas }, { settings: desired, address: undefined }), []);
        });
    });

    describe("failover of a domain with the classic hosted UI", () => {
        const replicas = { found: [{ region: FAILOVER.secondaryRegion, status: "ACTIVE" }] };
        const classic = { found: seen({ settings: { managedLoginVersion: 1 } }) };
        const codes = (domain: Observations["domain"], managedLoginVersion?: number) =>
            judged({ domain, replicas }, { settings: { failover: FAILOVER, managedLoginVersion } }).map(
                ({ code }) => code,
            );

        it("is warned of where the program says that version, or leaves the one that the domain has", () => {
            assert.deepEqual(codes({ found: seen() }, 1), ["failover-classic-ui"]);
            assert.deepEqual(codes(classic), ["failover-classic-ui"]);
        });

        it("is not warned of where the program moves to managed login, or the domain's version is not known", () => {
            assert.deepEqual(codes(classic, 2), []);
            assert.deepEqual(codes(undefined), []);
            assert.deepEqual(codes({ absent: true }), ["domain-not-found"]);
        });
    });

    describe("the app client of verify", () => {
        const verifyClient = { absent: true } as const;

        it("is judged where it was looked at", () => {
            assert.deepEqual(gist(judged({ verifyClient }, { clientId: "web" })), ["verify-client-not-found:error"]);
        });

        it("is not judged where it was not looked at, or the program names none, or the address is not known", () => {
            assert.deepEqual(judged({}, { clientId: "web" }), []);
            assert.deepEqual(judged({ verifyClient }), []);
            assert.deepEqual(judged({ verifyClient }, { clientId: "web", address: undefined }), []);
        });
    });
});
