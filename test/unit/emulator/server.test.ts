import assert from "node:assert/strict";
import type { DomainDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import {
    aws,
    cognito,
    describeDomain,
    inEmulator,
    prefix,
    prefixScene,
    REGION,
    refused,
} from "../../support/emulatorClients";

describe("the emulated AWS: requests", () => {
    inEmulator();

    it("refuses operations that it does not know, and bodies that are no JSON", async () => {
        await refused(cognito.listIdentityProviders({ UserPoolId: "us-west-2_x" }), "UnknownOperationException");
        const response = await fetch(aws.endpoint, {
            method: "POST",
            headers: { "x-amz-target": "CertificateManager.ListCertificates" },
            body: "{",
        });
        assert.match(await response.text(), /"__type":"SerializationException"/);
    });

    it("records every call with its answer", async () => {
        const UserPoolId = prefixScene();
        await describeDomain(prefix);
        await refused(cognito.describeUserPool({ UserPoolId: `${UserPoolId}x` }), "ResourceNotFoundException");
        assert.deepEqual(
            aws.calls.map((call) => call.operation),
            ["DescribeUserPoolDomain", "DescribeUserPool"],
        );
        const [described] = aws.callsTo("DescribeUserPoolDomain");
        assert.deepEqual(
            [described?.service, described?.region, described?.account, described?.input],
            ["cognito-idp", REGION, "123456789012", { Domain: prefix }],
        );
        const { DomainDescription } = (described?.output ?? {}) as { DomainDescription?: DomainDescriptionType };
        assert.equal(DomainDescription?.Domain, prefix);
        assert.equal(aws.calls[1]?.error?.name, "ResourceNotFoundException");
    });
});
