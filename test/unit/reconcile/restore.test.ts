import assert from "node:assert/strict";
import type { ManagementRecord } from "../../../provider/model/record";
import { restore } from "../../../provider/reconcile/restore";
import { DEFAULT_ACCOUNT } from "../../emulator/identity";
import { failureOf } from "../../support/failure";
import { requestFor } from "../../support/plans";
import { DOMAIN, FAILOVER, reconcileScene } from "../../support/reconcileScene";

describe("restore", () => {
    const scene = reconcileScene();

    const run = (record: Partial<ManagementRecord>, accounts: object = {}) =>
        restore(
            {
                request: { ...requestFor({ accounts, waitTimeoutSeconds: 5 }), address: scene.address() },
                record: { before: {}, desired: {}, account: DEFAULT_ACCOUNT, ...record },
            },
            scene.context(),
        );
    const VERSION = { before: { managedLoginVersion: 1 }, desired: { managedLoginVersion: 2 } };
    const lastInfo = () => scene.engine.infos.at(-1);

    it("reverts each setting that still has the program's value, in one request", async () => {
        const old = scene.certificate();
        scene.custom({ managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" });
        const { certificateArn = "" } = scene.settings();
        await run({
            before: { managedLoginVersion: 1, certificateArn: old, securityPolicy: "TLS_V1" },
            desired: { managedLoginVersion: 2, certificateArn, securityPolicy: "TLS_V1_2_2021" },
        });
        assert.deepEqual(scene.settings(), { managedLoginVersion: 1, certificateArn: old, securityPolicy: "TLS_V1" });
        assert.equal(scene.updates.length, 1);
        assert.equal(
            lastInfo(),
            `auth.example.com: restored managed login 1, certificate .../${old.split("/")[1]}, TLS policy TLS_V1`,
        );
    });

    it("leaves what someone else changed, and reverts the rest", async () => {
        scene.custom({ managedLoginVersion: 2, securityPolicy: "TLS_V1_3_2025" });
        await run({
            before: { managedLoginVersion: 1, securityPolicy: "TLS_V1" },
            desired: { managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" },
        });
        assert.deepEqual([scene.settings().managedLoginVersion, scene.settings().securityPolicy], [1, "TLS_V1_3_2025"]);
        assert.equal(
            lastInfo(),
            'auth.example.com: restored managed login 1; left as changed outside Pulumi: TLS policy TLS_V1_3_2025 (the values from before: {"customDomainConfig":{"securityPolicy":"TLS_V1"}})',
        );
    });

    it("leaves what someone else changed while it waited for their update", async () => {
        scene.custom({ managedLoginVersion: 2 });
        const theirs = scene.certificate();
        scene.atRead(2, (aws) => aws.patchDomain(DOMAIN, { certificateArn: theirs }));
        const { certificateArn: ours } = scene.settings();
        await run({
            before: { managedLoginVersion: 1, certificateArn: scene.certificate() },
            desired: { managedLoginVersion: 2, certificateArn: ours },
        });
        assert.deepEqual([scene.settings().managedLoginVersion, scene.settings().certificateArn], [1, theirs]);
        assert.match(lastInfo() ?? "", /restored managed login 1; left as changed outside Pulumi: certificate/);
    });

    it("sends nothing if AWS has the settings from before, or all was changed", async () => {
        scene.custom();
        await run(VERSION);
        assert.equal(lastInfo(), "auth.example.com: nothing to restore");
        scene.emulator.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025" });
        await run({ before: { securityPolicy: "TLS_V1" }, desired: { securityPolicy: "TLS_V1_2_2021" } });
        assert.match(
            lastInfo() ?? "",
            /nothing to restore; left as changed outside Pulumi: TLS policy TLS_V1_3_2025 \(the values from before: .*\)$/,
        );
        assert.deepEqual(scene.updates, []);
    });

    it("sends a FAILED domain its settings again", async () => {
        scene.custom();
        scene.emulator.patchDomain(DOMAIN, { status: "FAILED" });
        await run(VERSION);
        assert.equal(scene.updates.length, 1);
        assert.equal(scene.emulator.domainOf(DOMAIN)?.status, "ACTIVE");
        assert.equal(lastInfo(), "auth.example.com: restored managed login 1");
    });

    it("logs what AWS cannot remove", async () => {
        scene.custom({ managedLoginVersion: 2, routing: { failover: FAILOVER } });
        await run({ ...VERSION, desired: { managedLoginVersion: 2, failover: FAILOVER } });
        assert.match(lastInfo() ?? "", /restored managed login 1; AWS cannot remove failover to us-east-2/);
    });

    it("restores the rest if the certificate is no longer usable, and says why", async () => {
        scene.custom({ managedLoginVersion: 2 });
        const old = scene.emulator.certificate({ domainName: DOMAIN, status: "EXPIRED" });
        const { certificateArn: ours } = scene.settings();
        await run({
            before: { managedLoginVersion: 1, certificateArn: old },
            desired: { managedLoginVersion: 2, certificateArn: ours },
        });
        assert.deepEqual([scene.settings().managedLoginVersion, scene.settings().certificateArn], [1, ours]);
        assert.match(scene.engine.warnings.join(), /: not restored: .*certificateArn.*\[certificate-expired\]/s);
    });

    it("accepts a certificate that expires soon", async () => {
        const old = scene.emulator.certificate({ domainName: DOMAIN, notAfter: new Date(Date.now() + 86_400_000) });
        scene.custom();
        await run({ before: { certificateArn: old }, desired: { certificateArn: scene.settings().certificateArn } });
        assert.equal(scene.settings().certificateArn, old);
    });

    describe("of a domain that is not there", () => {
        it("succeeds if the domain's own account does not have it", async () => {
            await run(VERSION);
            assert.match(lastInfo() ?? "", /: nothing to restore: the user pool no longer has the domain$/);
            assert.deepEqual(scene.operations, [
                "DescribeUserPoolDomain",
                "GetCallerIdentity",
                "DescribeUserPoolDomain",
            ]);
        });

        for (const [what, account] of [
            ["with another account's credentials", "999999999999"],
            ["without the account in the record", undefined],
        ] as const) {
            it(`fails ${what}`, async () => {
                const error = await failureOf(run({ ...VERSION, account }));
                assert.equal(error.name, "WrongAccountError");
                assert.match(error.message, /was not found, but that does not prove that it is gone/);
            });
        }

        it("fails if a second read finds it", async () => {
            scene.fault({
                operation: "GetCallerIdentity",
                action: { run: () => scene.custom() },
            });
            const error = await failureOf(run(VERSION));
            assert.match(error.message, /was not found at first, and is there by now/);
        });

        it("fails in an account that is not allowed", async () => {
            const error = await failureOf(run(VERSION, { forbiddenAccountIds: [DEFAULT_ACCOUNT] }));
            assert.equal(error.name, "WrongAccountError");
        });
    });

    describe("that goes wrong", () => {
        beforeEach(() => scene.custom({ managedLoginVersion: 2 }));

        it("throws what another attempt may fix", async () => {
            scene.emulator.behaviour.outcome = "failed";
            const failed = await failureOf(run(VERSION));
            assert.match(
                failed.message,
                /^the settings from before were not restored \(onDelete\)\. auth\.example\.com: AWS gave up .*, then run the same command\.$/,
            );
            const account = await failureOf(run(VERSION, { forbiddenAccountIds: [DEFAULT_ACCOUNT] }));
            assert.match(account.message, /^the settings from before .*\[account-not-allowed\]$/s);
        });

        it("throws if the domain cannot be read", async () => {
            scene.emulator.behaviour.accessDenied = ["cognito-idp:DescribeUserPoolDomain"];
            await assert.rejects(run(VERSION), { name: "AwsCallError" });
        });

        it("only warns if no other attempt could end otherwise", async () => {
            scene.fault({ action: { exception: "InvalidParameterException", message: "not like this" } });
            await run(VERSION);
            assert.match(
                scene.engine.warnings.join(),
                /^auth\.example\.com: not restored to {"managedLoginVersion":1}\. .*nothing was written.*not like this/,
            );
        });
    });
});
