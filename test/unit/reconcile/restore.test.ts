import assert from "node:assert/strict";
import type { ManagementRecord } from "../../../provider/model/record";
import { restore } from "../../../provider/reconcile/restore";
import { DEFAULT_ACCOUNT } from "../../emulator/identity";
import { failureOf } from "../../support/failure";
import { requestFor } from "../../support/plans";
import { DOMAIN, FAILOVER, reconcileScene } from "../../support/reconcileScene";

describe("restore", () => {
    const scene = reconcileScene();

    /** Restores, and returns what it logs last. */
    async function run(record: Partial<ManagementRecord>, accounts: object = {}): Promise<string | undefined> {
        const known = { before: {}, desired: {}, account: DEFAULT_ACCOUNT, ...record };
        const request = { ...requestFor({ accounts, waitTimeoutSeconds: 5 }), address: scene.address() };
        await restore({ request, record: known }, scene.context());
        return scene.engine.infos.at(-1);
    }
    const [ONE, TWO] = [{ managedLoginVersion: 1 }, { managedLoginVersion: 2 }];
    const VERSION = { before: ONE, desired: TWO };
    const LOWER = { securityPolicy: "TLS_V1" };
    const LOW = { securityPolicy: "TLS_V1_2_2021" };
    const HIGH = { securityPolicy: "TLS_V1_3_2025" };
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
        const left = "left as changed outside Pulumi: TLS policy TLS_V1_3_2025 (the values from before: ";
        assert.ok((await run(POLICIES))?.startsWith(`auth.example.com: restored managed login 1; ${left}`));
        assert.deepEqual(scene.settings(), { ...scene.settings(), ...ONE, ...HIGH });
        assert.ok((await run(POLICIES))?.startsWith(`auth.example.com: nothing to restore; ${left}`));
        assert.equal(scene.updates.length, 1);
    });

    it("names no values from before where there were none", async () => {
        const routing = { failover: { ...FAILOVER, primaryRoute53HealthCheckId: "theirs" } };
        scene.custom({ managedLoginVersion: 2, routing });
        await run({ before: { managedLoginVersion: 1 }, desired: { managedLoginVersion: 2, failover: FAILOVER } });
        assert.match(
            scene.engine.infos.at(-1) ?? "",
            /left as changed outside Pulumi: failover to \S+ by health check theirs$/,
        );
    });

    it("leaves what someone else changed while it waited for their update", async () => {
        scene.custom(TWO);
        const theirs = scene.certificate();
        scene.atRead(2, (aws) => aws.patchDomain(DOMAIN, { certificateArn: theirs }));
        const { certificateArn: ours } = scene.settings();
        const info = await run({
            before: { ...ONE, certificateArn: scene.certificate() },
            desired: { ...TWO, certificateArn: ours },
        });
        assert.deepEqual(scene.settings(), { ...scene.settings(), ...ONE, certificateArn: theirs });
        assert.match(info ?? "", /restored managed login 1; left as changed outside Pulumi: certificate/);
    });

    it("sends nothing if AWS has the settings from before, unless the domain is FAILED", async () => {
        scene.custom();
        assert.equal(await run(VERSION), "auth.example.com: nothing to restore");
        assert.deepEqual(scene.updates, []);
        scene.emulator.patchDomain(DOMAIN, { status: "FAILED" });
        assert.equal(await run(VERSION), "auth.example.com: restored managed login 1");
        assert.deepEqual([scene.updates.length, scene.emulator.domainOf(DOMAIN)?.status], [1, "ACTIVE"]);
    });

    it("logs what AWS cannot remove", async () => {
        scene.custom({ ...TWO, routing: { failover: FAILOVER } });
        const info = await run({ ...VERSION, desired: { ...TWO, failover: FAILOVER } });
        assert.match(info ?? "", /restored managed login 1; AWS cannot remove failover to us-east-2/);
    });

    it("accepts a certificate that expires soon; without a usable one it restores the rest, and says why", async () => {
        const old = scene.emulator.certificate({ domainName: DOMAIN, notAfter: new Date(Date.now() + 86_400_000) });
        scene.custom(TWO);
        const { certificateArn: ours } = scene.settings();
        await run({ before: { certificateArn: old }, desired: { certificateArn: ours } });
        assert.equal(scene.settings().certificateArn, old);

        const expired = scene.emulator.certificate({ domainName: DOMAIN, status: "EXPIRED" });
        await run({ before: { ...ONE, certificateArn: expired }, desired: { ...TWO, certificateArn: old } });
        assert.deepEqual(scene.settings(), { ...scene.settings(), ...ONE, certificateArn: old });
        assert.match(scene.engine.warnings.join(), /: not restored: .*certificateArn.*\[certificate-expired\]/s);
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
        assert.match(
            (await failureOf(run(VERSION))).message,
            /was missing at the first read and present at the second/,
        );
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
            /^auth\.example\.com: not restored to {"managedLoginVersion":1}\. .*nothing was written.*not like this/,
        );
    });
});
