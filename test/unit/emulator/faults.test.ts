import assert from "node:assert/strict";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { aws, cognito, describeDomain, inEmulator, prefix, prefixScene, REGION } from "../../support/emulatorClients";

// That they strike before or after the operation, and how often, shows in the tests of updates: test/unit/reconcile.
describe("the emulated AWS: faults", () => {
    inEmulator();

    it("leave a request that hangs without an answer until the client gives up", async () => {
        const controller = new AbortController();
        aws.behaviour.faults = [{ action: { run: () => controller.abort() } }, { action: "hang" }];
        const { signal: abortSignal } = controller;
        await assert.rejects(cognito.describeUserPoolDomain({ Domain: prefix }, { abortSignal }), {
            name: "AbortError",
        });
        assert.deepEqual([aws.calls.length, aws.calls[0]?.output ?? aws.calls[0]?.error], [1, undefined]);
    });

    it("never pass off the emulator's own mistakes as AWS's", async () => {
        const run = () => {
            throw new TypeError("mine");
        };
        aws.behaviour.faults = [{ action: { run } }];
        await assert.rejects(describeDomain(prefix), { name: "EmulatorFailure", message: /TypeError: mine/ });
    });

    /** What became of some calls, one after another. */
    async function outcomes(seed: number): Promise<string[]> {
        aws.reset();
        prefixScene();
        aws.behaviour.chaos = { seed, rate: 0.5, kinds: ["exception", "status500", "reset", "cutBody", "staleRead"] };
        const seen: string[] = [];
        for (let call = 0; call < 20; call++) {
            seen.push(
                await describeDomain(prefix).then(
                    () => "fine",
                    ({ name, code }: { name: string; code?: string }) => code ?? name,
                ),
            );
        }
        return seen;
    }

    it("at random are the same for the same seed, and others for another", async () => {
        const first = await outcomes(1);
        assert.deepEqual(await outcomes(1), first);
        assert.notDeepEqual(await outcomes(2), first);
        assert.ok(new Set(first).size > 2, String(first));
    });

    it("answer a stale read as the same question was answered before", async () => {
        prefixScene();
        aws.behaviour.chaos = { seed: 1, rate: 1, kinds: ["staleRead"] };
        await describeDomain(prefix);
        aws.patchDomain(prefix, { managedLoginVersion: 2 });
        assert.equal((await describeDomain(prefix)).ManagedLoginVersion, undefined);
        assert.equal((await describeDomain(prefix)).ManagedLoginVersion, 2);
    });
});

describe("the emulated AWS: quotas", () => {
    inEmulator();

    /** A busy machine sends a second's worth of requests in more than a second: so the time stands still. */
    let nowMs = 0;

    beforeEach(() => {
        Object.assign(aws.behaviour, { quotas: true, quotaClockMs: () => nowMs });
    });

    /** How many of so many calls at once were throttled. */
    async function throttledOf(count: number, call: () => Promise<unknown>): Promise<number> {
        const outcomes = await Promise.allSettled(Array.from({ length: count }, call));
        const failures = outcomes.filter((outcome) => outcome.status === "rejected");
        assert.ok(failures.every(({ reason }) => reason.name === "TooManyRequestsException"));
        return failures.length;
    }

    it("let one second's worth through at once, by account and Region, and more with the time", async () => {
        assert.equal(await throttledOf(40, () => describeDomain("nobody")), 20);
        for (const [region, account] of [["eu-west-1"], [REGION, "210987654321"]] as const) {
            const elsewhere = new CognitoIdentityProvider({ ...aws.clientConfig(region, account), maxAttempts: 1 });
            await elsewhere.describeUserPoolDomain({ Domain: prefix });
            elsewhere.destroy();
        }
        nowMs += 500;
        assert.equal(await throttledOf(20, () => describeDomain("nobody")), 10);
        aws.behaviour.quotas = 0.5;
        nowMs += 1000;
        assert.equal(await throttledOf(20, () => describeDomain("nobody")), 10);
    });

    it("count each operation on a user pool, also through its domain; but not DescribeUserPool", async () => {
        const UserPoolId = prefixScene();
        assert.equal(await throttledOf(10, () => describeDomain(prefix)), 5);
        await cognito.getUserPoolMfaConfig({ UserPoolId });
        assert.equal(await throttledOf(10, () => cognito.describeUserPool({ UserPoolId })), 0);
    });
});
