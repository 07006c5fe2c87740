import assert from "node:assert/strict";
import type { Fault } from "../../emulator";
import { UNREADABLE_ANSWERS } from "../../emulator/unreadable";
import { aws, cognito, describeDomain, inEmulator, prefix, prefixScene, refused } from "../../support/emulatorClients";

describe("the emulated AWS: faults", () => {
    inEmulator();

    const fail = (...faults: Fault[]) => {
        aws.behaviour.faults = faults;
    };

    it("throw what they are told, where and as often as they are told", async () => {
        fail({
            operation: /^Describe/,
            skip: 1,
            times: 2,
            action: { exception: "TooManyRequestsException", message: "Rate exceeded" },
        });
        await describeDomain(prefix);
        await cognito.createUserPool({ PoolName: "x" });
        await refused(describeDomain(prefix), "TooManyRequestsException", /^Rate exceeded$/);
        await refused(describeDomain(prefix), "TooManyRequestsException");
        await describeDomain(prefix);
    });

    it("reset the connection and cut the body", async () => {
        fail({ action: "reset", times: 1 });
        await assert.rejects(describeDomain(prefix), { code: "ECONNRESET" });
        prefixScene();
        fail({ action: "cutBody", when: "after", times: 1 });
        await assert.rejects(describeDomain(prefix));
        assert.equal((await describeDomain(prefix)).Domain, prefix);
    });

    it("hang until the client gives up", async () => {
        fail({ action: "hang" });
        const controller = new AbortController();
        fail({ action: { run: () => controller.abort() } }, { action: "hang" });
        await refused(
            cognito.describeUserPool({ UserPoolId: "us-west-2_x" }, { abortSignal: controller.signal }),
            "AbortError",
        );
        assert.equal(aws.calls.length, 1);
        assert.equal(aws.calls[0]?.output ?? aws.calls[0]?.error, undefined);
    });

    it("can strike when the state has changed already", async () => {
        const UserPoolId = prefixScene();
        const call = () => cognito.updateUserPoolDomain({ UserPoolId, Domain: prefix, ManagedLoginVersion: 2 });
        fail({ operation: "UpdateUserPoolDomain", action: "reset" });
        await assert.rejects(call());
        assert.equal(aws.domainOf(prefix)?.status, "ACTIVE");
        fail({ operation: "UpdateUserPoolDomain", when: "after", action: "reset" });
        await assert.rejects(call());
        assert.equal(aws.domainOf(prefix)?.status, "UPDATING");
        assert.equal(aws.domainOf(prefix)?.pending?.next?.managedLoginVersion, 2);
    });

    it("run hooks before the operation, which may change the scene", async () => {
        prefixScene();
        const order: string[] = [];
        fail(
            { action: { delayMs: 1 } },
            {
                action: {
                    run: (it, call) => {
                        order.push(call.operation);
                        it.removeDomain(prefix);
                    },
                },
            },
            {
                when: "after",
                action: {
                    run: () => {
                        order.push("after");
                    },
                },
            },
        );
        assert.deepEqual(await describeDomain(prefix), {});
        assert.deepEqual(order, ["DescribeUserPoolDomain", "after"]);
    });

    it("never pass off the emulator's own mistakes as AWS's", async () => {
        fail({
            action: {
                run: () => {
                    throw new TypeError("mine");
                },
            },
        });
        await refused(describeDomain(prefix), "EmulatorFailure", /TypeError: mine/);
    });

    for (const fault of UNREADABLE_ANSWERS) {
        it(`can be an answer that cannot be read, once the request has been carried out: ${fault}`, async () => {
            prefixScene();
            fail({ when: "after", action: fault });
            const answer = await describeDomain(prefix).catch(() => ({}) as { Domain?: string });
            assert.equal(answer.Domain, undefined);
            assert.deepEqual([aws.calls[0]?.output, aws.calls[0]?.error], [undefined, undefined]);
        });
    }

    it("tell an observer of every request, which carries the operation out", async () => {
        prefixScene();
        const seen: string[] = [];
        aws.observer = {
            arrived: ({ operation }) => {
                seen.push(`${operation} arrived`);
            },
            performs: ({ operation }, run) => {
                seen.push(`${operation} performed`);
                return run();
            },
        };
        try {
            assert.equal((await describeDomain(prefix)).Domain, prefix);
            assert.deepEqual(seen, ["DescribeUserPoolDomain arrived", "DescribeUserPoolDomain performed"]);
        } finally {
            aws.observer = undefined;
        }
    });
});

describe("the emulated AWS: faults at random", () => {
    inEmulator();

    /** What became of some calls, one after another. */
    async function outcomes(seed: number, rate = 0.5): Promise<string[]> {
        aws.reset();
        prefixScene();
        aws.behaviour.chaos = { seed, rate, kinds: ["exception", "status500", "reset", "cutBody", "staleRead"] };
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

    it("is the same for the same seed, and another for another", async () => {
        const first = await outcomes(1);
        assert.deepEqual(await outcomes(1), first);
        assert.notDeepEqual(await outcomes(2), first);
        assert.ok(new Set(first).size > 2, String(first));
    });

    it("answers a stale read as the same question was answered before", async () => {
        prefixScene();
        await describeDomain(prefix);
        aws.behaviour.chaos = { seed: 1, rate: 1, kinds: ["staleRead"] };
        await describeDomain(prefix);
        aws.patchDomain(prefix, { managedLoginVersion: 2 });
        assert.equal((await describeDomain(prefix)).ManagedLoginVersion, undefined);
        assert.equal((await describeDomain(prefix)).ManagedLoginVersion, 2);
    });
});
