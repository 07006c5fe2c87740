import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/awsCalls";
import type { DomainAddress } from "../../../provider/model/address";
import { AwsCallError } from "../../../provider/model/errors";
import { reconcile } from "../../../provider/reconcile/reconcile";
import { updateFor } from "../../support/operation";
import { DOMAIN, FAILOVER, reconcileScene } from "../../support/reconcileScene";

const shorts = (arn: string | undefined) => `.../${arn?.slice(arn.lastIndexOf("/") + 1)}`;

describe("reconcile", () => {
    const scene = reconcileScene();
    beforeEach(() => scene.custom());

    describe("once AWS has accepted", () => {
        for (const whileUpdating of ["old", "new"] as const) {
            it(`waits for ACTIVE with the values sent, if AWS shows the ${whileUpdating} ones meanwhile`, async () => {
                Object.assign(scene.emulator.behaviour, { whileUpdating, settleAfterDescribes: 2 });
                const { problem, settings, status } = await scene.run({ managedLoginVersion: 2 });
                assert.deepEqual([problem, settings.managedLoginVersion, status], [undefined, 2, "ACTIVE"]);
            });
        }

        it("logs one line with what changed", async () => {
            const { certificateArn: old } = scene.settings();
            const certificateArn = scene.certificate();
            await scene.run({ managedLoginVersion: 2, certificateArn });
            assert.deepEqual(
                scene.engine.infos.map((text) => text.replace(/\d s$/, "N s")),
                [
                    `auth.example.com: managed login 1 -> 2; certificate ${shorts(old)} -> ${shorts(certificateArn)}; active after N s`,
                ],
            );
        });

        it("logs a raised TLS policy too", async () => {
            scene.emulator.patchDomain(DOMAIN, { securityPolicy: "TLS_V1" });
            await scene.run({ managedLoginVersion: 2 });
            assert.match(
                scene.engine.infos.join(),
                /: managed login 1 -> 2; TLS policy TLS_V1 -> TLS_V1_2_2021; active/,
            );
        });

        for (const [what, record, onDrift, reason] of [
            ["the last update did not complete", { open: true }, "warn", "(the last update did not complete)"],
            ["drift is corrected", {}, "correct", '(onDrift: "correct")'],
        ] as const) {
            it(`logs why it sends what the program did not change: ${what}`, async () => {
                const desired = { managedLoginVersion: 2 };
                const input = updateFor(scene.address(), desired, {
                    record: { before: {}, desired, ...record },
                    onDrift,
                });
                await reconcile({ ...input, changed: {} }, scene.context());
                assert.ok(scene.engine.infos.join().includes(`managed login 1 -> 2 ${reason}; active after`));
            });
        }

        it("leaves drift, and warns", async () => {
            const desired = { managedLoginVersion: 2, securityPolicy: "TLS_V1_3_2025" };
            const input = updateFor(scene.address(), desired, { record: { before: {}, desired } });
            const { plan } = await reconcile({ ...input, changed: { securityPolicy: {} } }, scene.context());
            assert.deepEqual([plan.drift, plan.changes], [["managedLoginVersion"], ["securityPolicy"]]);
            assert.equal(scene.settings().managedLoginVersion, 1);
            assert.match(scene.engine.warnings.join(), /^auth\.example\.com: .*\[setting-drifted\]$/);
        });

        it("with wait none, does not read again", async () => {
            scene.emulator.behaviour.settleAfterDescribes = 5;
            const { problem, status, settings } = await scene.run({ managedLoginVersion: 2 }, { wait: "none" });
            assert.deepEqual([problem, status, settings.managedLoginVersion], [undefined, "UPDATING", 2]);
            assert.equal(scene.operations.at(-1), "UpdateUserPoolDomain");
            assert.match(scene.engine.infos.join(), /managed login 1 -> 2; accepted after/);
        });

        it("believes the update if AWS does not report a value, and warns", async () => {
            scene.emulator.behaviour.silentSettings = ["securityPolicy", "routing"];
            const { problem, settings } = await scene.run({ securityPolicy: "TLS_V1_3_2025", failover: FAILOVER });
            assert.deepEqual(
                [problem, settings.securityPolicy, settings.failover],
                [undefined, "TLS_V1_3_2025", FAILOVER],
            );
            assert.match(
                scene.engine.warnings.join("\n"),
                /^auth\.example\.com: AWS accepted TLS policy TLS_V1_3_2025, failover to us-east-2 by health check health-1, but DescribeUserPoolDomain does not return it; assuming it took effect$/m,
            );
        });
    });

    describe("if it goes wrong afterwards", () => {
        it("reports FAILED with what is served, what has not arrived, and what to do", async () => {
            scene.emulator.behaviour.outcome = "failed";
            const { certificateArn: old } = scene.settings();
            const certificateArn = scene.certificate();
            const { problem, status, settings } = await scene.run({ certificateArn });
            assert.equal(problem?.kind, "failed");
            assert.equal(
                problem?.message,
                `auth.example.com: AWS gave up (FAILED, no reason given). Still served: certificate ${shorts(old)}. Not arrived: certificate ${shorts(certificateArn)}. Check the certificate, the user pool's feature plan and the quota of CloudFront distributions, then run \`pulumi up\`.`,
            );
            assert.deepEqual([status, settings.certificateArn], ["FAILED", old]);
            assert.deepEqual(scene.engine.infos, []);
        });

        it("does not count a value as arrived that a failed update sent and AWS does not report", async () => {
            Object.assign(scene.emulator.behaviour, { outcome: "failed", silentSettings: ["securityPolicy"] });
            const record = { before: {}, desired: { securityPolicy: "TLS_V1_2_2021" } };
            const { settings, problem } = await scene.run({ securityPolicy: "TLS_V1_3_2025" }, { record });
            assert.deepEqual([problem?.kind, settings.securityPolicy], ["failed", "TLS_V1_2_2021"]);
        });

        it("gives up after the timeout", async () => {
            scene.emulator.behaviour.outcome = "never";
            const problem = await scene.problem({ managedLoginVersion: 2 }, { waitTimeoutSeconds: 1 });
            assert.equal(problem.kind, "timeout");
            assert.equal(
                problem.message,
                "auth.example.com: AWS accepted the update; after 1 s (waitTimeoutSeconds is 1) the domain has status UPDATING. Still served: managed login 1. Not arrived: managed login 2. To complete it, run `pulumi up` again.",
            );
        });

        it("reads once more before it gives up: what arrived while the machine slept counts", async () => {
            let nowMs = 0;
            scene.emulator.behaviour.settleAfterDescribes = 1;
            scene.fault({
                operation: "DescribeUserPoolDomain",
                skip: 2,
                times: 1,
                action: {
                    run: () => {
                        nowMs += 2 * 3600 * 1000;
                    },
                },
            });
            const { problem } = await scene.run({ managedLoginVersion: 2 }, {}, { clockMs: () => nowMs });
            assert.equal(problem, undefined);
        });

        it("stops at a value that someone else set", async () => {
            const [ours, theirs] = [scene.certificate(), scene.certificate()];
            const run = () => scene.emulator.patchDomain(DOMAIN, { certificateArn: theirs, status: "ACTIVE" });
            scene.fault({ when: "after", action: { run } });
            const problem = await scene.problem({ certificateArn: ours }, { onFailure: "rollback" });
            assert.equal(problem.kind, "superseded");
            assert.match(
                problem.message,
                /AWS accepted the update, then someone else changed the domain meanwhile: it has/,
            );
            assert.equal(scene.settings().certificateArn, theirs);
        });

        it("does not mind what someone else set of the rest", async () => {
            scene.emulator.behaviour.settleAfterDescribes = 1;
            scene.atRead(4, (aws) =>
                aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025", managedLoginVersion: 2, status: "ACTIVE" }),
            );
            const { problem, settings } = await scene.run({ managedLoginVersion: 2 });
            assert.deepEqual([problem, settings.securityPolicy], [undefined, "TLS_V1_3_2025"]);
        });

        it("notices a domain that was deleted, or moved to another pool", async () => {
            const gone = [
                () => scene.emulator.removeDomain(DOMAIN),
                () => {
                    const userPoolId = scene.emulator.userPool({ region: "us-west-2" });
                    scene.emulator.patchDomain(DOMAIN, { userPoolId });
                },
            ];
            for (const run of gone) {
                scene.emulator.behaviour.faults = [];
                scene.fault({ when: "after", action: { run } });
                const problem = await scene.problem({ managedLoginVersion: 2 });
                assert.equal(problem.kind, "gone");
                assert.match(problem.message, /the user pool no longer has the domain/);
                if (!scene.emulator.domainOf(DOMAIN)) {
                    scene.custom();
                }
            }
        });

        it("says that it could not see the end, and rolls nothing back", async () => {
            scene.fault({
                when: "after",
                action: {
                    run: (aws) => {
                        aws.behaviour.accessDenied = ["cognito-idp:DescribeUserPoolDomain"];
                    },
                },
            });
            const problem = await scene.problem({ managedLoginVersion: 2 }, { onFailure: "rollback" });
            assert.equal(problem.kind, "unseen");
            assert.match(problem.message, /its end could not be seen: no permission to call cognito-idp:Describe/);
            assert.equal(scene.updates.length, 1);
        });

        it("rolls nothing back if the last read had no answer", async () => {
            let nowMs = 0;
            class Busy extends Aws {
                override async describeDomain(of: DomainAddress) {
                    if (scene.updates.length === 0) {
                        return super.describeDomain(of);
                    }
                    nowMs += 3600 * 1000;
                    throw new AwsCallError("busy", { code: "TooManyRequestsException", transient: true });
                }
            }
            const context = { clockMs: () => nowMs, aws: new Busy() };
            const problem = await scene.problem({ managedLoginVersion: 2 }, { onFailure: "rollback" }, context);
            assert.equal(problem.kind, "unseen");
            assert.equal(scene.updates.length, 1);
        });

        it("ends when the engine has exited", async () => {
            scene.emulator.behaviour.outcome = "never";
            const run = () => {
                scene.engine.isAlive = false;
            };
            scene.fault({ when: "after", action: { run } });
            const problem = await scene.problem({ managedLoginVersion: 2 }, { onFailure: "rollback" });
            assert.equal(problem.kind, "engineGone");
            assert.equal(scene.updates.length, 1);
        });
    });

    describe("without an answer to the request", () => {
        for (const wait of ["active", "none"] as const) {
            it(`waits for it as if it had been accepted, with wait "${wait}"`, async () => {
                scene.emulator.behaviour.settleAfterDescribes = 1;
                scene.fault({ when: "after", action: "reset" });
                const { settings, problem, plan } = await scene.run({ managedLoginVersion: 2 }, { wait });
                assert.deepEqual(
                    [plan.before.managedLoginVersion, settings.managedLoginVersion, problem],
                    [1, 2, undefined],
                );
                assert.equal(scene.updates.length, 1);
            });
        }

        it("is not sent again within one `up`: the next one completes it", async () => {
            scene.fault({ action: "reset" });
            const options = { waitTimeoutSeconds: 1, onFailure: "rollback" } as const;
            const problem = await scene.problem({ managedLoginVersion: 2 }, options);
            assert.equal(problem.kind, "unanswered");
            assert.match(
                problem.message,
                /^auth\.example\.com: no answer to the update came back \(.*\); after 1 s \(waitTimeoutSeconds is 1\) the domain has status ACTIVE\. Still served: managed login 1\. Not arrived: managed login 2\. To complete it, run `pulumi up` again\.$/,
            );
            assert.equal(scene.updates.length, 1);
        });

        it("is a timeout once the domain was seen UPDATING", async () => {
            scene.emulator.behaviour.outcome = "never";
            scene.fault({ when: "after", action: "reset" });
            const problem = await scene.problem({ managedLoginVersion: 2 }, { waitTimeoutSeconds: 1 });
            assert.equal(problem.kind, "timeout");
        });
    });
});
