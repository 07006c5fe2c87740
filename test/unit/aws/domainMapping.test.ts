import assert from "node:assert/strict";
import { observedSettings, updateRequest } from "../../../provider/aws/mapping";
import { ARN } from "../../support/certificates";
import { CUSTOM, PREFIX } from "../../support/domains";

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
    it("never has a CustomDomainConfig without a certificate, nor members that are undefined", () => {
        const request = updateRequest(PREFIX, { managedLoginVersion: 2, securityPolicy: "TLS_V1" });
        assert.deepEqual(Object.keys(request), ["Domain", "UserPoolId", "ManagedLoginVersion"]);
        const bare = updateRequest(CUSTOM, { certificateArn: ARN });
        assert.deepEqual(Object.keys(bare.CustomDomainConfig ?? {}), ["CertificateArn"]);
        assert.deepEqual(Object.keys(bare), ["Domain", "UserPoolId", "CustomDomainConfig"]);
    });
});
