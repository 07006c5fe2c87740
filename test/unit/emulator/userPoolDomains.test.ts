import assert from "node:assert/strict";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import type { Behaviour, Emulator } from "../../emulator";
import { FAILOVER } from "../../support/domains";
import {
    aws,
    custom,
    customScene,
    describeDomain,
    inEmulator,
    prefix,
    REGION,
    update,
} from "../../support/emulatorClients";

// What the acceptance run asks of AWS is tested in test/unit/acceptance: what AWS refuses, and what Describe answers by default.

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

    const unfit: [string, Parameters<Emulator["certificate"]>[0]][] = [
        ["in another Region", { domainName: custom, region: REGION }],
        ["in another account", { domainName: custom, account: "210987654321" }],
        ["not issued", { domainName: custom, status: "PENDING_VALIDATION" }],
        ["expired", { domainName: custom, notAfter: new Date(Date.now() - 1000) }],
        ["not valid yet", { domainName: custom, notBefore: new Date(Date.now() + 60_000) }],
        ["for a wildcard two labels up", { domainName: "*.com" }],
        ["with a key that CloudFront does not take", { domainName: custom, keyAlgorithm: "EC-secp384r1" }],
        ["whose key an ACME client has", { domainName: custom, keyPairOrigin: "ACME" }],
        ["whose common name alone fits", { domainName: custom, subjectAlternativeNames: ["www.example.com"] }],
    ];
    for (const [how, certificate] of unfit) {
        it(`refuses a certificate ${how}`, async () => {
            await assert.rejects(update(customScene().pool, aws.certificate(certificate)), /SSL certificate doesn't/);
        });
    }

    it("takes wildcards and further names", async () => {
        const { pool } = customScene();
        aws.behaviour.settleAfterDescribes = 0;
        await update(pool, aws.certificate({ domainName: "*.example.com" }));
        const subjectAlternativeNames = ["x.org", "AUTH.example.com"];
        await update(pool, aws.certificate({ domainName: "x.org", subjectAlternativeNames }));
    });

    it("judges the certificate in force again, or trusts it", async () => {
        const { pool, certificate } = customScene();
        aws.patchCertificate(certificate, { notAfter: new Date("2001-01-01") });
        await assert.rejects(update(pool, certificate), /SSL certificate doesn't/);
        aws.behaviour.certificateInForce = "trusted";
        await update(pool, certificate);
    });

    it("in a replica's Region changes the custom domain that it shares with the primary", async () => {
        const { pool, certificate } = customScene();
        aws.domain({ userPoolId: pool, domain: prefix });
        const replica = new CognitoIdentityProvider({ ...aws.clientConfig("us-east-2"), maxAttempts: 1 });
        try {
            const { DomainDescription } = await replica.describeUserPoolDomain({ Domain: custom });
            assert.deepEqual(DomainDescription, await describeDomain(custom));
            assert.deepEqual((await replica.describeUserPoolDomain({ Domain: prefix })).DomainDescription, {});
            aws.behaviour.settleAfterDescribes = 0;
            const CustomDomainConfig = { CertificateArn: certificate };
            await replica.updateUserPoolDomain({ UserPoolId: pool, Domain: custom, CustomDomainConfig });
            assert.equal((await describeDomain(custom)).Routing, undefined);
        } finally {
            replica.destroy();
        }
    });

    const ends: [Partial<Behaviour>, ...seen: string[]][] = [
        [{ outcome: "active" }, "UPDATING 1", "UPDATING 1", "ACTIVE 2"],
        [{ outcome: "active", whileUpdating: "new" }, "UPDATING 2", "UPDATING 2", "ACTIVE 2"],
        [{ outcome: "active", settleMs: 3_600_000 }, "UPDATING 1", "UPDATING 1", "UPDATING 1"],
        [{ outcome: "active", settleMs: 0 }, "ACTIVE 2"],
        [{ outcome: "failed" }, "UPDATING 1", "UPDATING 1", "FAILED 1"],
    ];
    for (const [behaviour, ...expected] of ends) {
        it(`ends as ${JSON.stringify(behaviour)} says`, async () => {
            Object.assign(aws.behaviour, behaviour);
            const { pool, certificate } = customScene();
            await update(pool, certificate, { ManagedLoginVersion: 2 });
            const seen: string[] = [];
            for (const _ of expected) {
                const { Status, ManagedLoginVersion } = await describeDomain(custom);
                seen.push(`${Status} ${ManagedLoginVersion}`);
            }
            assert.deepEqual(seen, expected);
        });
    }
});
