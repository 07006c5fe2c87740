import assert from "node:assert/strict";
import { observedSettings, updateRequest } from "../../../provider/aws/mapping";
import { PREFIX } from "../../support/domains";

describe("observedSettings", () => {
    it("takes an absent version for 1", () => {
        assert.deepEqual(observedSettings({}), { managedLoginVersion: 1 });
    });

    it("sees no certificate in the empty, blank or missing configuration of a prefix domain", () => {
        const one = { managedLoginVersion: 1 };
        assert.deepEqual(observedSettings({ CustomDomainConfig: {} as { CertificateArn: string } }), one);
        assert.deepEqual(observedSettings({ CustomDomainConfig: { CertificateArn: "" } }), one);
        const blank = { CertificateArn: "", SecurityPolicy: "" } as unknown as { CertificateArn: string };
        assert.deepEqual(observedSettings({ CustomDomainConfig: blank }), one);
    });

    it("sees no failover in a routing without one, and blanks in a half one", () => {
        assert.deepEqual(observedSettings({ Routing: {} }), { managedLoginVersion: 1 });
        assert.deepEqual(observedSettings({ Routing: { Failover: {} as never } }), {
            managedLoginVersion: 1,
            failover: { secondaryRegion: "", primaryRoute53HealthCheckId: "" },
        });
    });
});

describe("updateRequest", () => {
    it("has no CustomDomainConfig without a certificate, even with a policy: AWS refuses an empty one", () => {
        const { CustomDomainConfig } = updateRequest(PREFIX, { managedLoginVersion: 2, securityPolicy: "TLS_V1" });
        assert.equal(CustomDomainConfig, undefined);
    });
});
