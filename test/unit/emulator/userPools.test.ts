import assert from "node:assert/strict";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { aws, cognito, custom, customScene, inEmulator, REGION, refused } from "../../support/emulatorClients";

describe("the emulated AWS: user pools", () => {
    inEmulator();

    it("keeps the passkey settings", async () => {
        const UserPoolId = aws.userPool({ region: REGION, webAuthnRelyingPartyId: "login.example.com" });
        const id = async () =>
            (await cognito.getUserPoolMfaConfig({ UserPoolId })).WebAuthnConfiguration?.RelyingPartyId;
        assert.equal(await id(), "login.example.com");
        await cognito.setUserPoolMfaConfig({ UserPoolId, WebAuthnConfiguration: { RelyingPartyId: custom } });
        assert.equal(await id(), custom);
    });

    it("shows a pool in its replicas' Regions, for what is enabled there", async () => {
        const { pool: UserPoolId, certificate } = customScene();
        aws.domain({ userPoolId: UserPoolId, domain: custom, region: "us-east-2", certificateArn: certificate });
        const replica = new CognitoIdentityProvider(aws.clientConfig("us-east-2"));
        const list = await replica.listUserPoolReplicas({ UserPoolId });
        assert.deepEqual(
            list.UserPoolReplicas?.map(({ RegionName, Status, Role }) => `${RegionName} ${Status} ${Role}`),
            ["us-west-2 ACTIVE PRIMARY", "us-east-2 INACTIVE SECONDARY"],
        );
        const CustomDomainConfig = { CertificateArn: certificate };
        await replica.updateUserPoolDomain({ UserPoolId, Domain: custom, CustomDomainConfig });
        assert.equal(aws.domainOf(custom, { region: "us-east-2" })?.status, "UPDATING");
        assert.equal(aws.domainOf(custom, { region: REGION })?.status, "ACTIVE");
        await refused(replica.createUserPoolClient({ UserPoolId, ClientName: "x" }), "OperationNotEnabledException");
        aws.patchUserPool(UserPoolId, { replicas: [{ region: "us-east-2", status: "CREATING" }] });
        await refused(
            replica.updateUserPoolDomain({ UserPoolId, Domain: custom, CustomDomainConfig }),
            "OperationNotEnabledException",
        );
        replica.destroy();
        const elsewhere = new CognitoIdentityProvider(aws.clientConfig("eu-west-1"));
        await refused(elsewhere.describeUserPool({ UserPoolId }), "ResourceNotFoundException");
        elsewhere.destroy();
    });
});
