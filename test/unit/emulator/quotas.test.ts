import assert from "node:assert/strict";
import { DescribeCertificateCommand } from "@aws-sdk/client-acm";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import {
    acm,
    aws,
    cognito,
    custom,
    describeDomain,
    inEmulator,
    prefix,
    prefixScene,
    REGION,
} from "../../support/emulatorClients";

describe("the emulated AWS: quotas", () => {
    inEmulator();

    const RATE = /^Rate exceeded$/;

    /** How many of so many calls at once were throttled. */
    async function throttledOf(count: number, call: () => Promise<unknown>, name = "TooManyRequestsException") {
        const outcomes = await Promise.allSettled(Array.from({ length: count }, call));
        return outcomes.filter((outcome) => {
            if (outcome.status === "fulfilled") {
                return false;
            }
            assert.equal(outcome.reason.name, name);
            assert.match(outcome.reason.message, RATE);
            return true;
        }).length;
    }

    it("are off unless they are switched on", async () => {
        assert.equal(await throttledOf(40, () => describeDomain(prefix)), 0);
    });

    it("let one second's worth through at once, by category, account and Region", async () => {
        aws.behaviour.quotas = true;
        // A second of tests takes up to 100 ms to send.
        const readsAtOnce = await throttledOf(40, () => describeDomain("nobody"));
        assert.ok(readsAtOnce >= 15 && readsAtOnce <= 20, String(readsAtOnce));
        const pool = aws.userPool({ region: REGION });
        assert.equal(await throttledOf(10, () => cognito.describeUserPool({ UserPoolId: pool })), 0);
        const elsewhere = new CognitoIdentityProvider({ ...aws.clientConfig("eu-west-1"), maxAttempts: 1 });
        await elsewhere.describeUserPoolDomain({ Domain: prefix });
        const somebodyElse = new CognitoIdentityProvider({
            ...aws.clientConfig(REGION, "210987654321"),
            maxAttempts: 1,
        });
        await somebodyElse.describeUserPoolDomain({ Domain: prefix });
        elsewhere.destroy();
        somebodyElse.destroy();
    });

    it("throttle ACM in ACM's words", async () => {
        aws.behaviour.quotas = true;
        const CertificateArn = aws.certificate({ domainName: custom });
        const count = await throttledOf(
            20,
            () => acm.send(new DescribeCertificateCommand({ CertificateArn })),
            "ThrottlingException",
        );
        assert.ok(count >= 7 && count <= 10, String(count));
    });

    it("count each operation on a user pool, also through its domain; but not DescribeUserPool", async () => {
        aws.behaviour.quotas = true;
        const UserPoolId = prefixScene();
        const domainReads = await throttledOf(10, () => describeDomain(prefix));
        assert.ok(domainReads >= 4 && domainReads <= 5, String(domainReads));
        await cognito.getUserPoolMfaConfig({ UserPoolId });
        assert.equal(await throttledOf(10, () => cognito.describeUserPool({ UserPoolId })), 0);
    });

    it("fill up again with the time, and are a share or other rates where told", async () => {
        aws.behaviour.quotas = 0.5;
        const half = await throttledOf(20, () => describeDomain("nobody"));
        assert.ok(half >= 8 && half <= 10, String(half));
        aws.reset();
        aws.behaviour.quotas = { UserPoolResourceRead: 2 };
        const two = await throttledOf(4, () => describeDomain("nobody"));
        assert.equal(two, 2);
        await new Promise((resolve) => setTimeout(resolve, 520));
        await describeDomain("nobody");
    });
});
