import assert from "node:assert/strict";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import type { Quotas } from "../../emulator/quotas";
import { aws, cognito, describeDomain, inEmulator, prefix, prefixScene, REGION } from "../../support/emulatorClients";

describe("the emulated AWS: quotas", () => {
    inEmulator();

    /** A busy machine sends a second's worth of requests in more than a second: so the time stands still. */
    let nowMs = 0;

    function limit(quotas: Quotas) {
        Object.assign(aws.behaviour, { quotas, quotaClockMs: () => nowMs });
    }

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

    it("let one second's worth through at once, by category, account and Region", async () => {
        limit(true);
        assert.equal(await throttledOf(40, () => describeDomain("nobody")), 20);
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

    it("count each operation on a user pool, also through its domain; but not DescribeUserPool", async () => {
        limit(true);
        const UserPoolId = prefixScene();
        assert.equal(await throttledOf(10, () => describeDomain(prefix)), 5);
        await cognito.getUserPoolMfaConfig({ UserPoolId });
        assert.equal(await throttledOf(10, () => cognito.describeUserPool({ UserPoolId })), 0);
    });

    it("fill up again with the time, and are a share or other rates where told", async () => {
        limit(0.5);
        assert.equal(await throttledOf(20, () => describeDomain("nobody")), 10);
        aws.reset();
        limit({ UserPoolResourceRead: 2 });
        assert.equal(await throttledOf(4, () => describeDomain("nobody")), 2);
        nowMs += 500;
        assert.equal(await throttledOf(2, () => describeDomain("nobody")), 1);
    });
});
