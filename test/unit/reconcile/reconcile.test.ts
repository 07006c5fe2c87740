import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/awsCalls";
import { AwsCallError } from "../../../provider/model/errors";
import { reconcile } from "../../../provider/reconcile/reconcile";
import { contextWith, operationFor } from "../../support/operation";
import { DOMAIN, reconcileScene } from "../../support/reconcileScene";

describe("reconcile", () => {
    const scene = reconcileScene();

    describe("where there is nothing to do", () => {
        it("writes nothing, and asks once", async () => {
            scene.custom({ managedLoginVersion: 2 });
            const outcome = await scene.run({ managedLoginVersion: 2 });
            assert.deepEqual(scene.updates, []);
            assert.equal(scene.emulator.calls.length, 1);
            assert.equal(outcome.problem, undefined);
            assert.equal(outcome.status, "ACTIVE");
            assert.deepEqual(outcome.observed, outcome.original);
            assert.equal(outcome.observed.managedLoginVersion, 2);
        });

        it("writes nothing for nothing desired, of a FAILED domain too", async () => {
            scene.custom();
            scene.emulator.patchDomain(DOMAIN, { status: "FAILED" });
            const { status } = await scene.run({});
            assert.deepEqual([status, scene.updates.length], ["FAILED", 0]);
        });

        it("sends a FAILED domain its settings again", async () => {
            scene.custom({ managedLoginVersion: 2 });
            scene.emulator.patchDomain(DOMAIN, { status: "FAILED" });
            const { status } = await scene.run({ managedLoginVersion: 2 });
            assert.deepEqual([status, scene.updates.length], ["ACTIVE", 1]);
            assert.match(
                scene.engine.warnings.join(),
                /has status FAILED\. Nothing to do: the update sends the settings again/,
            );
        });
    });

    describe("once AWS has accepted", () => {
        it("reports FAILED, with what is in force and what was desired", async () => {
            scene.emulator.behaviour.outcome = "failed";
            scene.custom({ managedLoginVersion: 1 });
            const { problem, status, observed, original } = await scene.run({ managedLoginVersion: 2 });
            assert.equal(problem?.name, "NotConvergedError");
            assert.match(
                problem?.message ?? "",
                /^auth\.example\.com: AWS accepted the update, then it failed: the domain has status FAILED, with managed login 1, .*\. Desired: managed login 2, /,
            );
            assert.equal(problem?.kind, "failed");
            assert.deepEqual([status, observed], ["FAILED", original]);
        });

        it("does not keep as in force what a failed update wanted, where AWS does not report it", async () => {
            scene.emulator.behaviour.outcome = "failed";
            scene.emulator.behaviour.silentSettings = ["securityPolicy"];
            scene.custom({ managedLoginVersion: 1 });
            const lastApplied = { securityPolicy: "TLS_V1_2_2021" };
            const { observed, problem } = await scene.run({ securityPolicy: "TLS_V1_3_2025" }, { lastApplied });
            assert.deepEqual([problem?.kind, observed.securityPolicy], ["failed", "TLS_V1_2_2021"]);
        });

        it("says what it undoes of somebody else's, also of what came only while it was at it", async () => {
            scene.custom({ managedLoginVersion: 1, securityPolicy: "TLS_V1_2_2021" });
            scene.emulator.behaviour.faults = [
                {
                    operation: "UpdateUserPoolDomain",
                    times: 1,
                    action: { run: (aws) => aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1" }) },
                },
                {
                    operation: "UpdateUserPoolDomain",
                    times: 1,
                    action: { exception: "ConcurrentModificationException", message: "Another update." },
                },
            ];
            const desired = { securityPolicy: "TLS_V1_3_2025" };
            await scene.run(desired, { lastApplied: { managedLoginVersion: 1, securityPolicy: "TLS_V1_2_2021" } });
            assert.deepEqual(scene.engine.infos, [
                "auth.example.com was changed outside of Pulumi: TLS policy TLS_V1, where Pulumi had set TLS_V1_2_2021. This update undoes it.",
            ]);
        });

        it("does not say that it undoes what it has not: AWS has refused it", async () => {
            scene.custom({ managedLoginVersion: 1, securityPolicy: "TLS_V1" });
            scene.emulator.behaviour.faults = [
                {
                    operation: "UpdateUserPoolDomain",
                    action: { exception: "InvalidParameterException", message: "No." },
                },
            ];
            const lastApplied = { securityPolicy: "TLS_V1_2_2021" };
            await assert.rejects(scene.run({ securityPolicy: "TLS_V1_3_2025" }, { lastApplied }), AwsCallError);
            assert.deepEqual(scene.engine.infos, []);
        });

        it("reports what is still not in force when the time is over", async () => {
            scene.emulator.behaviour.outcome = "ignored";
            scene.custom({ managedLoginVersion: 1 });
            const { problem, status } = await scene.run({ managedLoginVersion: 2 }, { timeoutSeconds: 1 });
            assert.match(
                problem?.message ?? "",
                /AWS accepted the update, but after 1 s \(waitTimeoutSeconds\) the domain has status ACTIVE with managed login 1, .*\. Desired: managed login 2, .* Run `pulumi up` again/,
            );
            assert.deepEqual([status, problem?.kind], ["ACTIVE", "timeout"]);
        });

        it("fails at once where somebody else has put another value there", async () => {
            scene.fault({
                when: "after",
                action: { run: (aws) => aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1" }) },
            });
            scene.custom();
            const desired = { managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" };
            const { problem, observed } = await scene.run(desired);
            assert.match(
                problem?.message ?? "",
                /somebody else changed the domain meanwhile: it has TLS policy TLS_V1\./,
            );
            assert.equal(problem?.kind, "superseded");
            assert.equal(observed.securityPolicy, "TLS_V1");
        });

        it("takes another pool's domain of the same name for none", async () => {
            scene.custom();
            const other = scene.emulator.userPool({ region: "us-west-2" });
            scene.fault({
                when: "after",
                action: {
                    run: () => scene.emulator.patchDomain(DOMAIN, { userPoolId: other, managedLoginVersion: 2 }),
                },
            });
            const { problem } = await scene.run({ managedLoginVersion: 2 });
            assert.match(problem?.message ?? "", /the user pool no longer has the domain/);
        });

        it("reports a domain that is gone", async () => {
            scene.fault({ when: "after", action: { run: (aws) => aws.removeDomain(DOMAIN) } });
            scene.custom({ managedLoginVersion: 1 });
            const { problem, status, observed } = await scene.run({ managedLoginVersion: 2 });
            assert.match(
                problem?.message ?? "",
                /AWS accepted the update, but the user pool no longer has the domain: somebody deleted or moved it/,
            );
            assert.deepEqual([status, observed.managedLoginVersion], ["UNKNOWN", 1]);
        });

        it("reports credentials that expire meanwhile as accepted, not confirmed", async () => {
            scene.fault({
                when: "after",
                action: {
                    run: (aws) => {
                        aws.behaviour.expiredCredentials = true;
                    },
                },
            });
            scene.custom();
            const { problem, status } = await scene.run({ managedLoginVersion: 2 });
            assert.match(
                problem?.message ?? "",
                /AWS accepted the update, but its end could not be seen: the AWS credentials have expired .* Run `pulumi up` again/,
            );
            assert.equal(problem?.kind, "unseen");
            assert.ok(problem?.cause instanceof AwsCallError);
            assert.equal(status, "UNKNOWN");
            assert.equal(scene.emulator.domainOf(DOMAIN)?.managedLoginVersion, 2);
        });

        it("stops looking when the engine is gone", async () => {
            scene.fault({
                when: "after",
                action: {
                    run: () => {
                        scene.engine.isAlive = false;
                    },
                },
            });
            scene.custom();
            const { problem } = await scene.run({ managedLoginVersion: 2 });
            assert.match(problem?.message ?? "", /its end could not be seen: the Pulumi engine is gone/);
        });

        it("finds out by itself whether an update without an answer has arrived", async () => {
            scene.custom();
            scene.fault({ when: "after", action: { status: 500 } });
            const operation = operationFor(scene.address(), { managedLoginVersion: 2 });
            const impatient = { ...contextWith(scene.emulator, scene.engine), aws: new Aws({ maxAttempts: 1 }) };
            const { problem, observed } = await reconcile(operation, impatient);
            assert.deepEqual([problem, observed.managedLoginVersion], [undefined, 2]);
            scene.emulator.behaviour.outcome = "never";
            const { problem: unknown } = await reconcile(
                { ...operation, desired: { managedLoginVersion: 1 }, timeoutSeconds: 1 },
                impatient,
            );
            assert.match(unknown?.message ?? "", /no answer to the update came back \(.*\), but after 1 s/);
        });

        it("looks again where a look fails for a moment", async () => {
            scene.emulator.behaviour.faults = [
                { operation: "DescribeUserPoolDomain", skip: 1, times: 1, action: { status: 500 } },
            ];
            scene.custom();
            const impatient = { ...contextWith(scene.emulator, scene.engine), aws: new Aws({ maxAttempts: 1 }) };
            const { problem, observed } = await reconcile(
                operationFor(scene.address(), { managedLoginVersion: 2 }),
                impatient,
            );
            assert.deepEqual([problem, observed.managedLoginVersion], [undefined, 2]);
        });
    });
});
