import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/awsCalls";
import type { DomainAddress } from "../../../provider/model/address";
import { AwsCallError } from "../../../provider/model/errors";
import { namesIn, pick } from "../../../provider/model/settings";
import type { Emulator } from "../../emulator";
import { DOMAIN, FAILOVER, reconcileScene } from "../../support/reconcileScene";

const HOUR_MS = 3600 * 1000;
const shorts = (arn: string | undefined) => `.../${arn?.slice(arn.lastIndexOf("/") + 1)}`;

describe("reconcile", () => {
    const scene = reconcileScene();
    beforeEach(() => scene.custom());

    describe("once AWS has accepted", () => {
        it("logs one line with what changed, a raised TLS policy too", async () => {
            const { certificateArn: old } = scene.settings();
            const certificateArn = scene.certificate();
            scene.emulator.patchDomain(DOMAIN, { securityPolicy: "TLS_V1" });
            await scene.run({ managedLoginVersion: 2, certificateArn });
            assert.deepEqual(
                scene.engine.infos.map((text) => text.replace(/\d s$/, "N s")),
                [
                    `auth.example.com: managed login 1 -> 2; certificate ${shorts(old)} -> ${shorts(certificateArn)}; TLS policy TLS_V1 -> TLS_V1_2_2021; active after N s`,
                ],
            );
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
            const desired = { securityPolicy: "TLS_V1_3_2025", failover: FAILOVER };
            const { problem, settings } = await scene.run(desired);
            assert.deepEqual([problem, pick(settings, namesIn(desired))], [undefined, desired]);
            assert.match(
                scene.engine.warnings.join("\n"),
                /^auth\.example\.com: AWS accepted TLS policy TLS_V1_3_2025, failover us-east-2 \(health check health-1\), but DescribeUserPoolDomain does not return it; assuming it took effect$/m,
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
            const text = `auth.example.com: AWS gave up (FAILED, no reason given). Still served: certificate ${shorts(old)}. Requested: certificate ${shorts(certificateArn)}. Check the certificate, the user pool's feature plan and the quota of CloudFront distributions, then run \`pulumi up\`.`;
            assert.equal(problem?.message, text);
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
            const text =
                "auth.example.com: AWS accepted the update; after 1 s (waitTimeoutSeconds is 1) the domain has status UPDATING. Still served: managed login 1. Requested: managed login 2. To complete it, run `pulumi up` again.";
            assert.equal(problem.message, text);
        });

        for (const [seen, behaviour] of [
            ["FAILED", { outcome: "failed" }],
            ["without the value that was sent", { silentSettings: ["securityPolicy"] }],
        ] as const) {
            it(`is a timeout if the domain was only just seen ${seen}`, async () => {
                Object.assign(scene.emulator.behaviour, behaviour);
                scene.onceAccepted(() => {
                    scene.jumpedMs += HOUR_MS;
                });
                const problem = await scene.problem({ securityPolicy: "TLS_V1_3_2025" });
                assert.equal(problem.kind, "timeout");
            });
        }

        const onceAccepted = (run: (aws: Emulator) => void) => () => scene.onceAccepted(run);
        const notRolledBack: [title: string, begin: () => void, kind: string, message: RegExp][] = [
            [
                "a value that someone else set",
                onceAccepted((aws) => aws.patchDomain(DOMAIN, { managedLoginVersion: 3, status: "ACTIVE" })),
                "superseded",
                /AWS accepted the update; someone else changed the domain meanwhile: it has managed login 3\. Agree on one/,
            ],
            [
                "another's request, which sent our old value again",
                onceAccepted((aws) => {
                    aws.patchDomain(DOMAIN, {
                        managedLoginVersion: 1,
                        securityPolicy: "TLS_V1_3_2025",
                        status: "ACTIVE",
                    });
                }),
                "superseded",
                /changed the domain meanwhile: it has managed login 1, TLS policy TLS_V1_3_2025\. Agree on one/,
            ],
            [
                "a domain that was deleted",
                onceAccepted((aws) => aws.removeDomain(DOMAIN)),
                "gone",
                /the user pool no longer has the domain/,
            ],
            [
                "a domain that was moved to another pool",
                onceAccepted((aws) => aws.patchDomain(DOMAIN, { userPoolId: aws.userPool({ region: "us-west-2" }) })),
                "gone",
                /the user pool no longer has the domain/,
            ],
            [
                "a domain that cannot be read",
                onceAccepted(({ behaviour }) => behaviour.accessDenied.push("cognito-idp:DescribeUserPoolDomain")),
                "unseen",
                /its outcome is unknown: no permission to call cognito-idp:Describe/,
            ],
            [
                "an engine that has exited",
                onceAccepted(() => Object.assign(scene.engine, { isAlive: false })),
                "engineGone",
                /exited/,
            ],
            [
                "a request without an answer that left no trace: the next `up` completes it",
                () => scene.fault({ action: "reset" }),
                "unanswered",
                /^auth\.example\.com: the update got no answer \(.*\); after 1 s \(waitTimeoutSeconds is 1\) the domain has status ACTIVE\. Still served: managed login 1\. Requested: managed login 2\. To complete it, run `pulumi up` again\.$/,
            ],
        ];
        for (const [title, begin, kind, message] of notRolledBack) {
            it(`ends at ${title}, and rolls nothing back`, async () => {
                begin();
                const rest = { waitTimeoutSeconds: 1, onFailure: "rollback" } as const;
                const problem = await scene.problem({ managedLoginVersion: 2 }, rest);
                assert.equal(problem.kind, kind);
                assert.match(problem.message, message);
                assert.equal(scene.updates.length, 1);
            });
        }

        it("rolls nothing back if the last read had no answer", async () => {
            class Busy extends Aws {
                override async describeDomain(of: DomainAddress) {
                    if (scene.updates.length === 0) {
                        return super.describeDomain(of);
                    }
                    scene.jumpedMs += HOUR_MS;
                    throw new AwsCallError("busy", { code: "TooManyRequestsException", transient: true });
                }
            }
            const rest = { onFailure: "rollback" } as const;
            const problem = await scene.problem({ managedLoginVersion: 2 }, rest, { aws: new Busy() });
            assert.deepEqual([problem.kind, scene.updates.length], ["unseen", 1]);
        });
    });

    describe("without an answer to the request", () => {
        for (const wait of ["active", "none"] as const) {
            it(`waits for it as if it had been accepted, with wait "${wait}"`, async () => {
                scene.emulator.behaviour.settleAfterDescribes = 1;
                scene.fault({ when: "after", action: "reset" });
                const { settings, problem, plan } = await scene.run({ managedLoginVersion: 2 }, { wait });
                const versions = [plan.before.managedLoginVersion, settings.managedLoginVersion];
                assert.deepEqual([versions, problem, scene.updates.length], [[1, 2], undefined, 1]);
            });
        }

        it("is a timeout once the domain was seen UPDATING", async () => {
            scene.emulator.behaviour.outcome = "never";
            scene.fault({ when: "after", action: "reset" });
            const problem = await scene.problem({ managedLoginVersion: 2 }, { waitTimeoutSeconds: 1 });
            assert.equal(problem.kind, "timeout");
        });
    });
});
