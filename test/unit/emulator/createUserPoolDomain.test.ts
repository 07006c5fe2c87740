import assert from "node:assert/strict";
import {
    aws,
    cognito,
    custom,
    describeDomain,
    inEmulator,
    prefix,
    prefixScene,
    REGION,
    refused,
} from "../../support/emulatorClients";

describe("the emulated AWS: CreateUserPoolDomain", () => {
    inEmulator();

    it("creates, describes and deletes", async () => {
        const created = await cognito.createUserPool({
            PoolName: "people",
            Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
        });
        const UserPoolId = created.UserPool?.Id ?? "";
        assert.match(UserPoolId, /^us-west-2_[0-9A-Za-z]{9}$/);
        const CertificateArn = aws.certificate({ domainName: custom });
        const both = await cognito.createUserPoolDomain({
            UserPoolId,
            Domain: custom,
            CustomDomainConfig: { CertificateArn },
        });
        assert.match(both.CloudFrontDomain ?? "", /cloudfront\.net$/);
        assert.equal((await describeDomain(custom)).Status, "CREATING");
        await cognito.createUserPoolDomain({ UserPoolId, Domain: prefix, ManagedLoginVersion: 2 });
        assert.equal((await describeDomain(prefix)).Status, "ACTIVE");
        const { UserPool } = await cognito.describeUserPool({ UserPoolId });
        assert.deepEqual(
            [UserPool?.UserPoolTier, UserPool?.Domain, UserPool?.CustomDomain],
            ["ESSENTIALS", prefix, custom],
        );
        assert.deepEqual(UserPool?.Policies?.SignInPolicy?.AllowedFirstAuthFactors, ["PASSWORD", "WEB_AUTHN"]);
        assert.ok(UserPool?.CreationDate instanceof Date);
        await refused(cognito.deleteUserPool({ UserPoolId }), "InvalidParameterException", /has a domain configured/);
        for (const Domain of [custom, prefix]) {
            await cognito.deleteUserPoolDomain({ UserPoolId, Domain });
        }
        await cognito.deleteUserPool({ UserPoolId });
        await refused(cognito.describeUserPool({ UserPoolId }), "ResourceNotFoundException");
    });

    it("refuses bad, reserved and taken domain names and a second domain of a kind", async () => {
        const UserPoolId = aws.userPool({ region: REGION });
        const create = (Domain: string) => cognito.createUserPoolDomain({ UserPoolId, Domain });
        await refused(create("Capital"), "InvalidParameterException", /'Capital' is not allowed for 'Domain'/);
        await refused(create(custom), "InvalidParameterException", /^The domain name contains an invalid character/);
        await refused(create("my-cognito"), "InvalidParameterException", /reserved word: cognito/);
        prefixScene();
        await refused(create(prefix), "InvalidParameterException", /already associated with another user pool/);
        await create("free");
        await refused(create("second"), "InvalidParameterException", /already has a domain configured/);
    });
});
