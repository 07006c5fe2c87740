import assert from "node:assert/strict";
import type { Settings } from "../../../provider/model/settings";
import { AwsError, type DomainSettings } from "../../emulator";
import { DOMAIN, FAILOVER, reconcileScene } from "../../support/reconcileScene";

const HOURS = 3600 * 1000;

describe('onFailure "rollback"', () => {
    const scene = reconcileScene();
    beforeEach(() => scene.custom());

    const run = (desired: Settings = { managedLoginVersion: 2 }, rest: Parameters<typeof scene.run>[1] = {}) =>
        scene.run(desired, { onFailure: "rollback", ...rest });

    /** The first update ends in FAILED, and those that follow arrive; before the second, someone changes the domain. */
    function failOnce(theirs: DomainSettings = {}): void {
        scene.emulator.behaviour.outcome = "failed";
        scene.fault({
            when: "after",
            times: 1,
            action: {
                run: (aws) => {
                    aws.behaviour.outcome = "active";
                },
            },
        });
        // FAILED is read twice; the third read is the rollback's.
        let failed = 0;
        scene.fault({
            operation: "DescribeUserPoolDomain",
            action: {
                run: (aws) => {
                    if (aws.domainOf(DOMAIN)?.status === "FAILED" && ++failed === 3 && Object.keys(theirs).length > 0) {
                        aws.patchDomain(DOMAIN, { ...theirs, status: "ACTIVE" });
                    }
                },
            },
        });
    }

    it("reverts what an update changed that ended in FAILED, and reports both", async () => {
        failOnce();
        const before = scene.settings();
        const { problem, settings, status } = await run();
        assert.equal(problem?.kind, "failed");
        assert.match(problem?.message ?? "", /: AWS gave up \(FAILED, .*\. Rolled back to managed login 1\.$/);
        assert.deepEqual([settings.managedLoginVersion, status], [1, "ACTIVE"]);
        assert.deepEqual(scene.settings(), before);
        assert.equal(scene.updates.length, 2);
    });

    it('leaves it with onFailure "keep"', async () => {
        failOnce();
        await run(undefined, { onFailure: "keep" });
        assert.equal(scene.updates.length, 1);
    });

    it("reverts a raised TLS policy with the version", async () => {
        scene.emulator.patchDomain(DOMAIN, { securityPolicy: "TLS_V1" });
        failOnce({ managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" });
        await run();
        assert.deepEqual([scene.settings().managedLoginVersion, scene.settings().securityPolicy], [1, "TLS_V1"]);
    });

    it("sends a TLS policy that AWS does not report", async () => {
        scene.emulator.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025" });
        scene.emulator.behaviour.silentSettings = ["securityPolicy"];
        failOnce();
        const record = { before: {}, desired: { securityPolicy: "TLS_V1_3_2025" } };
        await run(undefined, { record });
        assert.deepEqual([scene.updates.length, scene.settings().securityPolicy], [2, "TLS_V1_3_2025"]);
    });

    it("reverts to a certificate that expires soon, and keeps the rest if it is no longer usable", async () => {
        const { certificateArn: old = "" } = scene.settings();
        scene.emulator.patchCertificate(old, { notAfter: new Date(Date.now() + 2 * 24 * HOURS) });
        const certificateArn = scene.certificate();
        failOnce({ certificateArn });
        assert.match((await run({ certificateArn })).problem?.message ?? "", /Rolled back to certificate/);
        assert.equal(scene.settings().certificateArn, old);

        scene.emulator.patchCertificate(old, { status: "EXPIRED", notAfter: new Date(Date.now() - HOURS) });
        scene.emulator.behaviour.faults = [];
        failOnce({ certificateArn, managedLoginVersion: 2 });
        const { problem } = await run({ certificateArn, managedLoginVersion: 2 });
        assert.match(
            problem?.message ?? "",
            /Rolled back to managed login 1\..* Not rolled back: .*\[certificate-expired\]/,
        );
        assert.deepEqual([scene.settings().certificateArn, scene.settings().managedLoginVersion], [certificateArn, 1]);
    });

    it("reverts the rest if AWS itself refuses the certificate", async () => {
        const certificateArn = scene.certificate();
        failOnce({ certificateArn, managedLoginVersion: 2 });
        scene.fault({
            skip: 1,
            times: 1,
            action: {
                run: () => {
                    const text = "The specified SSL certificate doesn't exist, isn't in us-east-1 region, ...";
                    throw new AwsError("InvalidParameterException", text);
                },
            },
        });
        for (const stored of scene.emulator.state.certificates.values()) {
            stored.createdAt = new Date(Date.now() - HOURS);
        }
        const { problem } = await run({ certificateArn, managedLoginVersion: 2 });
        assert.match(problem?.message ?? "", /Rolled back to managed login 1\..* Not rolled back: .*Cognito refuses/);
    });

    it("says what AWS cannot remove", async () => {
        failOnce({ managedLoginVersion: 2, routing: { failover: FAILOVER } });
        const { problem } = await run({ managedLoginVersion: 2, failover: FAILOVER });
        assert.match(problem?.message ?? "", /Rolled back to managed login 1\. AWS cannot remove routing\.failover\.$/);
    });

    describe("after the timeout", () => {
        it("claims no rollback if AWS still has the old settings: it may still carry the update out", async () => {
            scene.emulator.behaviour.outcome = "ignored";
            const { problem } = await run(undefined, { waitTimeoutSeconds: 1 });
            assert.match(
                problem?.message ?? "",
                /after 1 s .*Nothing had to be rolled back: the domain has managed login 1\. AWS accepted the update and may still carry it out\.$/,
            );
            assert.equal(scene.updates.length, 1);
        });

        /** The clock jumps at each of these reads; at the last one, the update arrives. */
        async function late(jumps: number[], arrival: number) {
            scene.emulator.behaviour.outcome = "never";
            let nowMs = 0;
            for (const read of jumps) {
                scene.atRead(read, () => {
                    nowMs += 2 * HOURS;
                });
            }
            scene.atRead(arrival, (aws) => aws.patchDomain(DOMAIN, { managedLoginVersion: 2, status: "ACTIVE" }));
            const context = { clockMs: () => nowMs };
            return scene.run({ managedLoginVersion: 2 }, { onFailure: "rollback", waitTimeoutSeconds: 3600 }, context);
        }

        it("keeps an update that has arrived by then", async () => {
            // Two reads before the update; the third jumps, the fourth is the last one, the fifth is the rollback's.
            const { problem, settings, plan } = await late([3], 5);
            assert.deepEqual(
                [problem, settings.managedLoginVersion, plan.before.managedLoginVersion],
                [undefined, 2, 1],
            );
            assert.equal(scene.updates.length, 1);
            assert.match(scene.engine.warnings.join(), /the update arrived after all, later than waitTimeoutSeconds/);
        });

        it("sends nothing while the domain is still UPDATING", async () => {
            const { problem } = await late([3, 5], 99);
            assert.match(problem?.message ?? "", /The rollback was not possible: .*nothing was written within/);
            assert.equal(scene.updates.length, 1);
        });
    });

    describe("leaves", () => {
        it("what someone else changed and the update did not", async () => {
            const certificateArn = scene.certificate();
            failOnce({ managedLoginVersion: 2, certificateArn });
            const { problem } = await run();
            assert.deepEqual(scene.settings(), {
                managedLoginVersion: 1,
                certificateArn,
                securityPolicy: "TLS_V1_2_2021",
            });
            assert.match(problem?.message ?? "", /Rolled back to managed login 1\.$/);
        });

        it("a setting that has neither the old value nor ours, and reverts the others", async () => {
            const [ours, theirs] = [scene.certificate(), scene.certificate()];
            failOnce({ managedLoginVersion: 2, certificateArn: theirs });
            const { problem, settings } = await run({ managedLoginVersion: 2, certificateArn: ours });
            assert.deepEqual([scene.settings().managedLoginVersion, scene.settings().certificateArn], [1, theirs]);
            assert.match(
                problem?.message ?? "",
                /Rolled back to managed login 1\. Left as changed outside Pulumi: certificate/,
            );
            assert.equal(settings.certificateArn, theirs);
        });

        it("everything if nothing is ours any more", async () => {
            const [ours, theirs] = [scene.certificate(), scene.certificate()];
            failOnce({ certificateArn: theirs });
            const { problem } = await run({ certificateArn: ours });
            assert.match(
                problem?.message ?? "",
                /Nothing was rolled back\. Left as changed outside Pulumi: certificate/,
            );
            assert.equal(scene.updates.length, 1);
        });

        it("the version, rather than raise someone's TLS_V1 for managed login", async () => {
            scene.emulator.patchDomain(DOMAIN, { managedLoginVersion: 2 });
            failOnce({ managedLoginVersion: 1, securityPolicy: "TLS_V1" });
            await run({ managedLoginVersion: 1 });
            assert.deepEqual([scene.settings().managedLoginVersion, scene.settings().securityPolicy], [1, "TLS_V1"]);
            assert.equal(scene.updates.length, 1);
        });
    });

    it("reports a rollback that fails as well", async () => {
        scene.emulator.behaviour.outcome = "failed";
        const { problem } = await run();
        assert.match(problem?.message ?? "", /The rollback failed as well: auth\.example\.com: AWS gave up/);
        assert.equal(scene.updates.length, 2);
    });

    it("writes nothing once the engine has exited", async () => {
        failOnce();
        scene.atRead(4, () => {
            scene.engine.isAlive = false;
        });
        const { problem } = await run();
        assert.match(problem?.message ?? "", /The rollback was not possible: .*the Pulumi engine has exited/);
        assert.equal(scene.updates.length, 1);
    });
});
