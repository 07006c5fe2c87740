import assert from "node:assert/strict";
import { reconcile } from "../../../provider/reconcile/reconcile";
import { contextWith, operationFor } from "../../support/operation";
import { DOMAIN, reconcileScene } from "../../support/reconcileScene";

describe("an update without an answer", () => {
    const scene = reconcileScene();

    describe("where no answer comes back", () => {
        const pauses = { firstPauseSeconds: 0.01, longestPauseSeconds: 0.02 };
        const runQuickly = (rest: Parameters<typeof operationFor>[2] = {}) =>
            reconcile(operationFor(scene.address(), { managedLoginVersion: 2 }, rest), {
                ...contextWith(scene.emulator, scene.engine),
                pauses,
            });
        beforeEach(() => scene.custom({ managedLoginVersion: 1 }));

        it("knows its own change, and what was in force before it", async () => {
            scene.emulator.behaviour.settleAfterDescribes = 1;
            scene.fault({ when: "after", times: 1, action: "reset" });
            const { original, observed, problem } = await runQuickly();
            assert.deepEqual([original.managedLoginVersion, observed.managedLoginVersion, problem], [1, 2, undefined]);
            assert.equal(scene.updates.length, 1);
        });

        it("goes on waiting for its own change, and says no more than it knows when the time is over", async () => {
            scene.emulator.behaviour.settleAfterDescribes = 1_000_000;
            scene.fault({ when: "after", times: 1, action: "reset" });
            const { problem, status, original } = await runQuickly({ timeoutSeconds: 1 });
            assert.match(
                problem?.message ?? "",
                /no answer to the update came back .* but after 1 s .* status UPDATING/,
            );
            assert.deepEqual([status, original.managedLoginVersion], ["UPDATING", 1]);
        });

        it("sends again what has not arrived", async () => {
            scene.fault({ times: 2, action: "reset" });
            const { original, observed, problem } = await runQuickly();
            assert.deepEqual([original.managedLoginVersion, observed.managedLoginVersion, problem], [1, 2, undefined]);
            assert.equal(scene.updates.length, 3);
        });

        it("says what AWS answered to a later request for it", async () => {
            const update = "UpdateUserPoolDomain";
            scene.emulator.behaviour.faults = [
                { operation: update, times: 1, action: "reset" },
                { operation: update, action: { exception: "InvalidParameterException", message: "not like this" } },
            ];
            const { problem } = await runQuickly();
            assert.match(problem?.message ?? "", /no answer to the update came back \(.*; then: [^;]*not like this/);
        });

        it('is no success with wait "none" where what is on its way is somebody else\'s update', async () => {
            scene.emulator.behaviour.faults = [
                {
                    operation: "UpdateUserPoolDomain",
                    action: { run: (aws) => aws.patchDomain(DOMAIN, { status: "UPDATING" }) },
                },
                { operation: "UpdateUserPoolDomain", action: "reset" },
                {
                    operation: "DescribeUserPoolDomain",
                    skip: 3,
                    action: { run: (aws) => aws.patchDomain(DOMAIN, { status: "ACTIVE" }) },
                },
            ];
            const { problem } = await runQuickly({ wait: "none" });
            assert.match(problem?.message ?? "", /no answer to the update came back .*nothing of it is to be seen/);
        });

        for (const wait of ["active", "none"] as const) {
            it(`is no success with wait "${wait}" while nothing of the update is to be seen`, async () => {
                scene.fault({ action: { status: 500 } });
                const { problem, observed } = await runQuickly({ wait });
                assert.match(problem?.message ?? "", /no answer to the update came back .*nothing of it is to be seen/);
                assert.equal(observed.managedLoginVersion, 1);
                assert.equal(scene.updates.length, 5);
            });
        }
    });
});
