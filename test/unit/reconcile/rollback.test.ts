import assert from "node:assert/strict";
import type { Settings } from "../../../provider/model/settings";
import type { DomainSettings, Emulator } from "../../emulator";
import { DOMAIN, FAILOVER, reconcileScene } from "../../support/reconcileScene";
import { CERTIFICATE_REFUSAL } from "../../support/sdkErrors";

const TWO = { managedLoginVersion: 2 };
const HOURS = 3600 * 1000;

describe('onFailure "rollback"', () => {
    const scene = reconcileScene();
    beforeEach(() => scene.custom());

    const run = (desired: Settings = TWO, rest: Parameters<typeof scene.run>[1] = {}) =>
        scene.run(desired, { onFailure: "rollback", ...rest });

    /** The first update ends in FAILED, and those that follow arrive; before the second, someone changes the domain. */
    function failOnce(theirs: DomainSettings = {}): void {
        scene.emulator.behaviour.outcome = "failed";
        scene.onceAccepted((aws) => {
            aws.behaviour.outcome = "active";
        });
        // FAILED is read twice; the third read is the rollback's.
        let failed = 0;
        const run = (aws: Emulator) => {
            const isFailed = aws.domainOf(DOMAIN)?.status === "FAILED";
            if (isFailed && ++failed === 3 && Object.keys(theirs).length > 0) {
                aws.patchDomain(DOMAIN, { ...theirs, status: "ACTIVE" });
            }
        };
        scene.fault({ operation: "DescribeUserPoolDomain", action: { run } });
    }
    const messageOf = async (...args: Parameters<typeof run>) => (await run(...args)).problem?.message ?? "";
    const now = () => {
        const { managedLoginVersion, certificateArn, securityPolicy } = scene.settings();
        return [managedLoginVersion, certificateArn, securityPolicy];
    };

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
        await run(TWO, { onFailure: "keep" });
        assert.equal(scene.updates.length, 1);
    });

    it("sends a TLS policy that AWS does not report", async () => {
        scene.emulator.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025" });
        scene.emulator.behaviour.silentSettings = ["securityPolicy"];
        failOnce();
        const record = { before: {}, desired: { securityPolicy: "TLS_V1_3_2025" } };
        await run(TWO, { record });
        assert.deepEqual([scene.updates.length, scene.settings().securityPolicy], [2, "TLS_V1_3_2025"]);
    });

    it("reverts to a certificate that expires soon, and keeps the rest if it is no longer usable", async () => {
        const { certificateArn: old = "" } = scene.settings();
        scene.emulator.patchCertificate(old, { notAfter: new Date(Date.now() + 48 * HOURS) });
        const certificateArn = scene.certificate();
        failOnce({ certificateArn });
        assert.match(await messageOf({ certificateArn }), /Rolled back to certificate/);
        assert.equal(scene.settings().certificateArn, old);

        scene.emulator.patchCertificate(old, { status: "EXPIRED", notAfter: new Date(Date.now() - HOURS) });
        scene.emulator.behaviour.faults = [];
        failOnce({ ...TWO, certificateArn });
        const expired = /Rolled back to managed login 1\..* Not rolled back: .*\[certificate-expired\]/;
        assert.match(await messageOf({ ...TWO, certificateArn }), expired);
        assert.deepEqual(now().slice(0, 2), [1, certificateArn]);
    });

    it("reverts the rest if AWS itself refuses the certificate", async () => {
        const certificateArn = scene.certificate();
        failOnce({ ...TWO, certificateArn });
        scene.fault({
            skip: 1,
            times: 1,
            action: { exception: "InvalidParameterException", message: CERTIFICATE_REFUSAL },
        });
        for (const stored of scene.emulator.state.certificates.values()) {
            stored.createdAt = new Date(Date.now() - HOURS);
        }
        const refused = /Rolled back to managed login 1\..* Not rolled back: .*Cognito refuses/;
        assert.match(await messageOf({ ...TWO, certificateArn }), refused);
    });

    describe("after the timeout", () => {
        it("claims no rollback if AWS still has the old settings: it may still carry the update out", async () => {
            scene.emulator.behaviour.outcome = "ignored";
            assert.match(
                await messageOf(TWO, { waitTimeoutSeconds: 1 }),
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
            return scene.run(TWO, { onFailure: "rollback", waitTimeoutSeconds: 3600 }, context);
        }

        it("keeps an update that has arrived by then", async () => {
            // Two reads before the update; the third jumps, the fourth is the last one, the fifth is the rollback's.
            const { problem, settings, plan } = await late([3], 5);
            const versions = [plan.before.managedLoginVersion, settings.managedLoginVersion];
            assert.deepEqual([versions, problem, scene.updates.length], [[1, 2], undefined, 1]);
            assert.match(scene.engine.warnings.join(), /the update arrived after all, later than waitTimeoutSeconds/);
        });

        it("sends nothing while the domain is still UPDATING", async () => {
            const { problem } = await late([3, 5], 99);
            assert.match(problem?.message ?? "", /The rollback was not possible: .*nothing was written within/);
            assert.equal(scene.updates.length, 1);
        });
    });

    it("leaves what someone else changed, and reverts the rest", async () => {
        const [ours, theirs] = [scene.certificate(), scene.certificate()];
        failOnce({ ...TWO, certificateArn: theirs });
        assert.match(await messageOf(), /Rolled back to managed login 1\.$/);
        assert.deepEqual(now(), [1, theirs, "TLS_V1_2_2021"]);

        scene.emulator.behaviour.faults = [];
        failOnce({ ...TWO, certificateArn: theirs });
        scene.emulator.patchDomain(DOMAIN, { certificateArn: scene.certificate() });
        const left = /Rolled back to managed login 1\. Left as changed outside Pulumi: certificate/;
        assert.match(await messageOf({ ...TWO, certificateArn: ours }), left);
        assert.deepEqual(now(), [1, theirs, "TLS_V1_2_2021"]);
    });

    it("leaves everything if nothing is ours any more", async () => {
        const [ours, theirs] = [scene.certificate(), scene.certificate()];
        failOnce({ certificateArn: theirs });
        const nothing = /Nothing was rolled back\. Left as changed outside Pulumi: certificate/;
        assert.match(await messageOf({ certificateArn: ours }), nothing);
        assert.equal(scene.updates.length, 1);
    });

    it("reverts a raised TLS policy with the version; it leaves the version rather than raise someone's TLS_V1", async () => {
        scene.emulator.patchDomain(DOMAIN, { securityPolicy: "TLS_V1" });
        failOnce({ ...TWO, securityPolicy: "TLS_V1_2_2021" });
        await run();
        assert.deepEqual([now()[0], now()[2], scene.updates.length], [1, "TLS_V1", 2]);

        scene.emulator.patchDomain(DOMAIN, { ...TWO, securityPolicy: "TLS_V1_2_2021" });
        scene.emulator.behaviour.faults = [];
        failOnce({ managedLoginVersion: 1, securityPolicy: "TLS_V1" });
        await run({ managedLoginVersion: 1 });
        assert.deepEqual([now()[0], now()[2], scene.updates.length], [1, "TLS_V1", 3]);
    });

    it("says what AWS cannot remove", async () => {
        failOnce({ ...TWO, routing: { failover: FAILOVER } });
        const removal = /Rolled back to managed login 1\. AWS cannot remove routing\.failover\.$/;
        assert.match(await messageOf({ ...TWO, failover: FAILOVER }), removal);
    });

    it("reports a rollback that fails as well", async () => {
        scene.emulator.behaviour.outcome = "failed";
        assert.match(await messageOf(), /The rollback failed as well: auth\.example\.com: AWS gave up/);
        assert.equal(scene.updates.length, 2);
    });

    it("writes nothing once the engine has exited", async () => {
        failOnce();
        scene.atRead(4, () => {
            scene.engine.isAlive = false;
        });
        assert.match(await messageOf(), /The rollback was not possible: .*the Pulumi engine has exited/);
        assert.equal(scene.updates.length, 1);
    });
});
