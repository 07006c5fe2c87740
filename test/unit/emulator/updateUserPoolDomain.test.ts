import assert from "node:assert/strict";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import type { Emulator } from "../../emulator";
import {
    aws,
    BAD_CERTIFICATE,
    cognito,
    custom,
    customScene,
    describeDomain,
    FAILOVER,
    inEmulator,
    prefix,
    prefixScene,
    REGION,
    refused,
    update,
} from "../../support/emulatorClients";

describe("the emulated AWS: UpdateUserPoolDomain", () => {
    inEmulator();

    it("resets omitted settings, or keeps them", async () => {
        for (const omittedSettings of ["keep", "reset"] as const) {
            aws.reset();
            Object.assign(aws.behaviour, { omittedSettings, settleAfterDescribes: 0 });
            const { pool, certificate } = customScene();
            await update(pool, certificate);
            const { managedLoginVersion, securityPolicy, routing } = aws.domainOf(custom) ?? {};
            assert.deepEqual(
                [managedLoginVersion, securityPolicy, routing],
                omittedSettings === "keep"
                    ? [1, "TLS_V1_3_2025", { failover: FAILOVER }]
                    : [undefined, "TLS_V1_2_2021", undefined],
            );
        }
    });

    it("refuses a second update while the first is under way", async () => {
        const { pool, certificate } = customScene();
        await update(pool, certificate);
        await refused(update(pool, certificate), "ConcurrentModificationException");
    });

    it("refuses to make a custom domain a prefix domain, and the other way round", async () => {
        const { pool, certificate } = customScene();
        await refused(
            cognito.updateUserPoolDomain({ UserPoolId: pool, Domain: custom, ManagedLoginVersion: 2 }),
            "InvalidParameterException",
            /^Cannot convert custom domain to prefix domain\.$/,
        );
        await refused(
            cognito.updateUserPoolDomain({
                UserPoolId: prefixScene(),
                Domain: prefix,
                CustomDomainConfig: { CertificateArn: certificate },
            }),
            "InvalidParameterException",
            /^Cannot convert prefix domain to custom domain\.$/,
        );
    });

    const unfit: [string, Parameters<Emulator["certificate"]>[0]][] = [
        ["in another Region", { domainName: custom, region: REGION }],
        ["in another account", { domainName: custom, account: "210987654321" }],
        ["not issued", { domainName: custom, status: "PENDING_VALIDATION" }],
        ["expired", { domainName: custom, notAfter: new Date(Date.now() - 1000) }],
        ["not valid yet", { domainName: custom, notBefore: new Date(Date.now() + 60_000) }],
        ["for another name", { domainName: "www.example.com" }],
        ["for a wildcard two labels up", { domainName: "*.com" }],
        ["with a key that CloudFront does not take", { domainName: custom, keyAlgorithm: "EC-secp384r1" }],
        ["whose key an ACME client has", { domainName: custom, keyPairOrigin: "ACME" }],
        ["whose common name alone fits", { domainName: custom, subjectAlternativeNames: ["www.example.com"] }],
    ];
    for (const [how, certificate] of unfit) {
        it(`refuses a certificate ${how}`, async () => {
            const { pool } = customScene();
            await refused(update(pool, aws.certificate(certificate)), "InvalidParameterException", BAD_CERTIFICATE);
        });
    }

    it("refuses a certificate that is gone, and takes wildcards and further names", async () => {
        const { pool } = customScene();
        const gone = aws.certificate({ domainName: custom });
        aws.removeCertificate(gone);
        await refused(update(pool, gone), "InvalidParameterException", BAD_CERTIFICATE);
        aws.behaviour.settleAfterDescribes = 0;
        await update(pool, aws.certificate({ domainName: "*.example.com" }));
        await update(
            pool,
            aws.certificate({ domainName: "x.org", subjectAlternativeNames: ["x.org", "AUTH.example.com"] }),
        );
    });

    it("judges the certificate in force again, or trusts it", async () => {
        const { pool, certificate } = customScene();
        aws.patchCertificate(certificate, { notAfter: "2001-01-01T00:00:00Z" });
        await refused(update(pool, certificate), "InvalidParameterException", BAD_CERTIFICATE);
        aws.behaviour.certificateInForce = "trusted";
        await update(pool, certificate);
    });

    it("refuses managed login on the plan LITE and over TLS_V1", async () => {
        const lite = customScene("LITE");
        await refused(
            update(lite.pool, lite.certificate, { ManagedLoginVersion: 2 }),
            "FeatureUnavailableInTierException",
        );
        aws.patchUserPool(lite.pool, { tier: undefined });
        await refused(
            update(lite.pool, lite.certificate, {
                ManagedLoginVersion: 2,
                CustomDomainConfig: { CertificateArn: lite.certificate, SecurityPolicy: "TLS_V1" },
            }),
            "InvalidInputException",
        );
        await update(lite.pool, lite.certificate, { ManagedLoginVersion: 2 });
    });

    it("refuses failover to where the pool has no replica", async () => {
        const { pool, certificate } = customScene();
        const to = (SecondaryRegion: string) => ({
            Routing: { Failover: { SecondaryRegion, PrimaryRoute53HealthCheckId: "check" } },
        });
        await refused(
            update(pool, certificate, to("eu-west-1")),
            "InvalidParameterException",
            /no replica in eu-west-1/,
        );
        await refused(update(pool, certificate, to(REGION)), "InvalidParameterException");
        await update(pool, certificate, to("us-east-2"));
    });

    it("of a replica is of the custom domain that it shares with the primary, and fails over to the replica too", async () => {
        const { pool, certificate } = customScene();
        aws.domain({ userPoolId: pool, domain: prefix });
        const replica = new CognitoIdentityProvider({ ...aws.clientConfig("us-east-2"), maxAttempts: 1 });
        try {
            const { DomainDescription } = await replica.describeUserPoolDomain({ Domain: custom });
            assert.deepEqual(DomainDescription, await describeDomain(custom));
            assert.deepEqual((await replica.describeUserPoolDomain({ Domain: prefix })).DomainDescription, {});
            assert.equal((await replica.describeUserPool({ UserPoolId: pool })).UserPool?.CustomDomain, custom);
            aws.behaviour.settleAfterDescribes = 0;
            await replica.updateUserPoolDomain({
                UserPoolId: pool,
                Domain: custom,
                CustomDomainConfig: { CertificateArn: certificate },
                Routing: { Failover: { SecondaryRegion: "us-east-2", PrimaryRoute53HealthCheckId: "another" } },
            });
            const { Routing } = await describeDomain(custom);
            assert.equal(Routing?.Failover?.PrimaryRoute53HealthCheckId, "another");
            await refused(
                replica.createUserPoolDomain({
                    UserPoolId: pool,
                    Domain: "login.example.com",
                    CustomDomainConfig: { CertificateArn: aws.certificate({ domainName: "login.example.com" }) },
                }),
                "InvalidParameterException",
                /another custom domain/,
            );
        } finally {
            replica.destroy();
        }
    });
});
