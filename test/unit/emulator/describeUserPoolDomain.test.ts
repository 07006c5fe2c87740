import assert from "node:assert/strict";
import {
    aws,
    custom,
    customScene,
    describeDomain,
    FAILOVER,
    inEmulator,
    prefix,
    prefixScene,
    REGION,
    refused,
} from "../../support/emulatorClients";

describe("the emulated AWS: DescribeUserPoolDomain", () => {
    inEmulator();

    it("answers a missing domain with an empty description, or an exception", async () => {
        assert.deepEqual(await describeDomain("nobody"), {});
        aws.behaviour.missingDomain = "notFound";
        await refused(describeDomain("nobody"), "ResourceNotFoundException");
    });

    it("describes a custom domain", async () => {
        const { pool, certificate } = customScene();
        const { CloudFrontDistribution, ...rest } = await describeDomain(custom);
        assert.match(CloudFrontDistribution ?? "", /^d[0-9a-z]{13}\.cloudfront\.net$/);
        assert.deepEqual(rest, {
            UserPoolId: pool,
            AWSAccountId: "123456789012",
            Domain: custom,
            S3Bucket: "aws-cognito-prod-us-west-2-assets",
            Version: "20240101000000",
            Status: "ACTIVE",
            ManagedLoginVersion: 1,
            CustomDomainConfig: { CertificateArn: certificate, SecurityPolicy: "TLS_V1_3_2025" },
            Routing: {
                Failover: {
                    SecondaryRegion: FAILOVER.secondaryRegion,
                    PrimaryRoute53HealthCheckId: FAILOVER.primaryRoute53HealthCheckId,
                },
            },
        });
    });

    it("describes a prefix domain with the Region's distribution and no version", async () => {
        const pool = prefixScene();
        aws.domain({ userPoolId: aws.userPool({ region: REGION }), domain: "other-prefix" });
        const mine = await describeDomain(prefix);
        assert.equal(mine.UserPoolId, pool);
        assert.equal(mine.CloudFrontDistribution, (await describeDomain("other-prefix")).CloudFrontDistribution);
        assert.equal("ManagedLoginVersion" in mine, false);
        assert.deepEqual(mine.CustomDomainConfig, {});
        Object.assign(aws.behaviour, { prefixCustomDomainConfig: "absent", unsetVersion: "one" });
        const again = await describeDomain(prefix);
        assert.equal("CustomDomainConfig" in again, false);
        assert.equal(again.ManagedLoginVersion, 1);
    });
});
