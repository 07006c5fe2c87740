import assert from "node:assert/strict";
import type { ManagementRecord } from "../../../provider/model/record";
import type { Settings } from "../../../provider/model/settings";
import { restore } from "../../../provider/reconcile/reversal";
import type { DomainSettings, Emulator } from "../../emulator";
import { DEFAULT_ACCOUNT } from "../../emulator/identity";
import { failureOf } from "../../support/failure";
import { requestFor } from "../../support/plans";
import { DOMAIN, FAILOVER, reconcileScene } from "../../support/reconcileScene";
import { CERTIFICATE_REFUSAL } from "../../support/sdkErrors";

const [ONE, TWO] = [{ managedLoginVersion: 1 }, { managedLoginVersion: 2 }];
const LOWER = { securityPolicy: "TLS_V1" };
const LOW = { securityPolicy: "TLS_V1_2_2021" };
const HIGH = { securityPolicy: "TLS_V1_3_2025" };
const HOURS = 3600 * 1000;

describe('onFailure "rollback"', () => {
    const scene = reconcileScene();
    beforeEach(() => scene.custom());

    const run = (desired: Settings = TWO, rest: Parameters<typeof scene.run>[1] = {}) =>
        scene.run(desired, { onFailure: "rollback", ...rest });
    const messageOf = async (...args: Parameters<typeof run>) => (await run(...args)).problem?.message ?? "";
    const assertNow = (expected: DomainSettings) =>
        assert.deepEqual(scene.settings(), { ...scene.settings(), ...expected });

    /** The first update ends in FAILED, and those that follow arrive; before the second, someone changes the domain. */
    function failOnce(theirs: DomainSettings = {}): void {
        scene.emulator.behaviour.faults = [];
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

    it("reverts what an update changed that ended in FAILED, and reports both", async () => {
        failOnce();
        const before = scene.settings();
        const { problem, settings, status } = await run();
        assert.equal(problem?.kind, "failed");
        const text = /: AWS gave up .*\. Rolled back to managed login 1\. Check .*`pulumi up`\.$/;
        assert.match(problem?.message ?? "", text);
        assert.deepEqual([settings.managedLoginVersion, status], [1, "ACTIVE"]);
        assert.deepEqual([scene.settings(), scene.updates.length], [before, 2]);
    });

    it("sends a TLS policy that AWS does not report", async () => {
        scene.emulator.patchDomain(DOMAIN, HIGH);
        scene.emulator.behaviour.silentSettings = ["securityPolicy"];
        failOnce();
        await run(TWO, { record: { before: {}, desired: HIGH } });
        assert.deepEqual([scene.updates.length, scene.settings().securityPolicy], [2, HIGH.securityPolicy]);
    });

    it("reverts to a certificate that expires soon, and keeps the rest if it is no longer usable", async () => {
        const { certificateArn: old = "" } = scene.settings();
        scene.emulator.patchCertificate(old, { notAfter: new Date(Date.now() + 48 * HOURS) });
        const certificateArn = scene.certificate();
        failOnce({ certificateArn });
        assert.match(await messageOf({ certificateArn }), /Rolled back to certificate/);
        assertNow({ certificateArn: old });

        scene.emulator.patchCertificate(old, { status: "EXPIRED", notAfter: new Date(Date.now() - HOURS) });
        failOnce({ ...TWO, certificateArn });
        const expired = /Rolled back to managed login 1\..* Not rolled back: custom.* expired on \S+ \[\S+\]\. Check/;
        assert.match(await messageOf({ ...TWO, certificateArn }), expired);
        assertNow({ ...ONE, certificateArn });
    });

    it("reverts the rest if AWS itself refuses the certificate", async () => {
        const certificateArn = scene.certificate();
        failOnce({ ...TWO, certificateArn });
        const refusal = { exception: "InvalidParameterException", message: CERTIFICATE_REFUSAL };
        scene.fault({ skip: 1, times: 1, action: refusal });
        for (const stored of scene.emulator.state.certificates.values()) {
            stored.createdAt = new Date(Date.now() - HOURS);
        }
        const refused = /Rolled back to managed login 1\..* Not rolled back: \S+: custom\S+: Cognito refuses/;
        assert.match(await messageOf({ ...TWO, certificateArn }), refused);
    });

    describe("after the timeout", () => {
        it("claims no rollback if AWS still has the old settings: it may still carry the update out", async () => {
            scene.emulator.behaviour.outcome = "ignored";
            const text =
                /after 1 s .*Nothing was rolled back\. AWS accepted the update and may still carry it out\. To complete it, /;
            assert.match(await messageOf(TWO, { waitTimeoutSeconds: 1 }), text);
            assert.equal(scene.updates.length, 1);
        });

        /** The clock jumps at each of these reads; at the last one, the update arrives. */
        async function late(jumps: number[], arrival: number, wait: "active" | "served" = "active") {
            scene.emulator.behaviour.outcome = "never";
            for (const read of jumps) {
                scene.atRead(read, () => {
                    scene.jumpedMs += 2 * HOURS;
                });
            }
            scene.atRead(arrival, (aws) => aws.patchDomain(DOMAIN, { ...TWO, status: "ACTIVE" }));
            return run(TWO, { waitTimeoutSeconds: 3600, wait });
        }

        it("keeps an update that has arrived by then", async () => {
            // Two reads before the update; the third jumps, the fourth is the last one, the fifth is the rollback's.
            const { problem, settings, plan } = await late([3], 5);
            const versions = [plan.before.managedLoginVersion, settings.managedLoginVersion];
            assert.deepEqual([versions, problem, scene.updates.length], [[1, 2], undefined, 1]);
            assert.match(scene.engine.warnings.join(), /managed login 1 -> 2; it took effect, later than/);
        });

        it("is not done with that if CloudFront has to serve the certificate", async () => {
            const { problem } = await late([3], 5, "served");
            assert.deepEqual([problem?.kind, scene.updates.length], ["unverified", 1]);
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
        const left =
            /Rolled back to managed login 1; changed outside Pulumi, so left alone: certificate .* from before: /;
        assert.match(await messageOf({ ...TWO, certificateArn: ours }), left);
        assertNow({ ...ONE, ...LOW, certificateArn: theirs });

        failOnce({ certificateArn: scene.certificate() });
        const nothing = /Nothing was rolled back; changed outside Pulumi, so left alone: certificate/;
        assert.match(await messageOf({ certificateArn: ours }), nothing);
        assert.equal(scene.updates.length, 3);
    });

    it("reverts a raised TLS policy with the version; it leaves the version rather than raise someone's TLS_V1", async () => {
        scene.emulator.patchDomain(DOMAIN, LOWER);
        failOnce({ ...TWO, ...LOW });
        await run();
        assertNow({ ...ONE, ...LOWER });

        scene.emulator.patchDomain(DOMAIN, { ...TWO, ...LOW });
        failOnce({ ...ONE, ...LOWER });
        const kept = /Nothing was rolled back; kept, since managed login does not work with TLS_V1: managed login 1/;
        assert.match(await messageOf(ONE), kept);
        assertNow({ ...ONE, ...LOWER });
        assert.equal(scene.updates.length, 3);
    });

    it("says what it cannot revert", async () => {
        failOnce({ ...TWO, routing: { failover: FAILOVER } });
        const removal = /Rolled back to managed login 1; kept, since AWS had reported none, .*: failover us-/;
        assert.match(await messageOf({ ...TWO, failover: FAILOVER }), removal);
    });

    it("reports a rollback that fails as well", async () => {
        scene.emulator.behaviour.outcome = "failed";
        assert.match(await messageOf(), /The rollback failed as well: [^,]*, no reason given\)\. Check [^.]*`\.$/);
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

describe("restore", () => {
    const scene = reconcileScene();

    /** Restores, and returns what it logs last. */
    async function run(record: Partial<ManagementRecord>, accounts: object = {}): Promise<string | undefined> {
        const known = { before: {}, desired: {}, account: DEFAULT_ACCOUNT, ...record };
        const request = { ...requestFor({ accounts, waitTimeoutSeconds: 5 }), address: scene.address() };
        await restore(request, known, scene.context());
        return scene.engine.infos.at(-1);
    }
    const VERSION = { before: ONE, desired: TWO };
    const POLICIES = { before: { ...ONE, ...LOWER }, desired: { ...TWO, ...LOW } };

    it("reverts each setting that still has the program's value, in one request", async () => {
        const certificateArn = scene.certificate();
        scene.custom({ ...TWO, ...LOW });
        const before = { ...ONE, ...LOWER, certificateArn };
        const info = await run({ before, desired: scene.settings() as ManagementRecord["desired"] });
        assert.deepEqual([scene.settings(), scene.updates.length], [before, 1]);
        const restored = `managed login 1, certificate .../${certificateArn.split("/")[1]}, TLS policy TLS_V1`;
        assert.equal(info, `auth.example.com: restored ${restored}`);
    });

    it("leaves what someone else changed, and reverts the rest", async () => {
        scene.custom({ ...TWO, ...HIGH });
        const left =
            "changed outside Pulumi, or by an update that did not complete, so left alone: TLS policy TLS_V1_3_2025 (the values from before: ";
        assert.ok((await run(POLICIES))?.startsWith(`auth.example.com: restored managed login 1; ${left}`));
        assert.deepEqual(scene.settings(), { ...scene.settings(), ...ONE, ...HIGH });
        assert.ok((await run(POLICIES))?.startsWith(`auth.example.com: nothing to restore; ${left}`));
        assert.equal(scene.updates.length, 1);
    });

    it("sends nothing if AWS has the settings from before, unless the domain is FAILED", async () => {
        scene.custom();
        assert.equal(await run(VERSION), "auth.example.com: nothing to restore");
        assert.deepEqual(scene.updates, []);
        scene.emulator.patchDomain(DOMAIN, { status: "FAILED" });
        assert.equal(await run(VERSION), "auth.example.com: restored managed login 1");
        assert.deepEqual([scene.updates.length, scene.emulator.domainOf(DOMAIN)?.status], [1, "ACTIVE"]);
    });

    it("restores the rest if the certificate can no longer be used, or AWS refuses the failover, and says why", async () => {
        const expired = scene.emulator.certificate({ domainName: DOMAIN, status: "EXPIRED" });
        const gone = { failover: { ...FAILOVER, secondaryRegion: "eu-west-1" } };
        const failover = FAILOVER;
        scene.custom({ routing: { failover } });
        const { certificateArn } = scene.settings();
        for (const [before, why] of [
            [{ certificateArn: expired }, /: not restored: \S+ custom\S+ .* expired on \S+ \[\S+-expired\]\.$/],
            [gone, /: not restored: {"routing":\S+ .* has no replica in eu-west-1/],
        ] as const) {
            scene.emulator.patchDomain(DOMAIN, TWO);
            const info = await run({ before: { ...ONE, ...before }, desired: { ...TWO, certificateArn, failover } });
            assert.match(info ?? "", /: restored managed login 1/);
            assert.deepEqual(scene.settings(), { ...scene.settings(), ...ONE, certificateArn });
            assert.match(scene.engine.warnings.at(-1) ?? "", why);
        }
    });

    it("succeeds if the domain's own account does not have it", async () => {
        const info = await run(VERSION);
        assert.match(info ?? "", /: nothing to restore: the user pool no longer has the domain$/);
        const operations = ["DescribeUserPoolDomain", "GetCallerIdentity", "DescribeUserPoolDomain"];
        assert.deepEqual(scene.operations, operations);
    });

    const forbidden = { forbiddenAccountIds: [DEFAULT_ACCOUNT] };
    const unproven = /was not found, but that does not prove that it is gone/;
    const unavailable: [title: string, failure: RegExp, record?: Partial<ManagementRecord>, accounts?: object][] = [
        ["is absent, with another account's credentials", unproven, { account: "999999999999" }],
        ["is absent, without the account in the record", unproven, { account: undefined }],
        ["is absent, in an account that is not allowed", /forbiddenAccountIds has/, {}, forbidden],
    ];
    for (const [title, failure, record, accounts] of unavailable) {
        it(`fails if the domain ${title}`, async () => {
            const error = await failureOf(run({ ...VERSION, ...record }, accounts));
            assert.equal(error.name, "WrongAccountError");
            assert.match(error.message, failure);
        });
    }

    it("fails if only a second read finds the domain, or it cannot be read", async () => {
        scene.fault({ operation: "GetCallerIdentity", action: { run: () => scene.custom() } });
        const appeared = /was missing at the first read and present at the second/;
        assert.match((await failureOf(run(VERSION))).message, appeared);
        scene.emulator.behaviour.accessDenied = ["cognito-idp:DescribeUserPoolDomain"];
        await assert.rejects(run(VERSION), { name: "AwsCallError" });
    });

    it("fails if another attempt may end otherwise, and only warns if none could", async () => {
        scene.custom(TWO);
        const refused = await failureOf(run(VERSION, forbidden));
        assert.match(refused.message, /^the settings from before .*\[account-not-allowed\]$/s);
        scene.emulator.behaviour.outcome = "failed";
        const failed = await failureOf(run(VERSION));
        assert.match(
            failed.message,
            /^the settings from before were not restored \(onDelete\)\. auth\.example\.com: AWS gave up .*, then run the same command\.$/,
        );
        scene.fault({ action: { exception: "InvalidParameterException", message: "not like this" } });
        await run(VERSION);
        assert.match(
            scene.engine.warnings.at(-1) ?? "",
            /^auth\.example\.com: not restored to {"managedLoginVersion":1}\. \S+ cognito-idp:.* failed with \w+: not like this/,
        );
    });
});
