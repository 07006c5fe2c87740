import assert from "node:assert/strict";
import type { DomainScene, Emulator } from "../../emulator/index";
import { inEmulatedAws } from "../../support/emulatedAws";
import { ManagedResource } from "../../support/managedResource";

const DOMAIN = "auth.example.com";

/** What happens over several runs, by AWS's own state and record of calls. */
describe("over several runs", () => {
    let aws: Emulator;
    let resource: ManagedResource;
    let args: Record<string, unknown>;

    inEmulatedAws(
        (it) => {
            aws = it;
        },
        { settleAfterDescribes: 0 },
    );
    beforeEach(() => {
        aws.reset();
        const userPoolId = aws.userPool({ region: "us-west-2" });
        resource = new ManagedResource();
        args = { userPoolId, domain: DOMAIN };
    });

    const domain = (rest: Partial<DomainScene> = {}) =>
        aws.domain({
            userPoolId: args.userPoolId as string,
            domain: DOMAIN,
            managedLoginVersion: 1,
            securityPolicy: "TLS_V1_2_2021",
            ...rest,
        });
    const certificate = () => aws.certificate({ domainName: DOMAIN });
    const version = () => aws.domainOf(DOMAIN)?.managedLoginVersion;
    const arn = () => aws.domainOf(DOMAIN)?.certificateArn;
    const updates = () => aws.callsTo("UpdateUserPoolDomain").length;
    const up = (more: Record<string, unknown> = {}) => resource.up({ ...args, ...more });
    const change = (more: Partial<DomainScene>) => aws.patchDomain(DOMAIN, more);

    describe("an emergency change outside Pulumi", () => {
        beforeEach(async () => {
            domain();
            await up({ managedLoginVersion: 2 });
            assert.equal(version(), 2);
            change({ managedLoginVersion: 1 });
        });

        const deploys: [what: string, more: () => object, updates: number][] = [
            ["a longer timeout", () => ({ waitTimeoutSeconds: 1800 }), 1],
            ["another onDelete", () => ({ onDelete: "restore" }), 1],
            ["another certificate", () => ({ customDomainConfig: { certificateArn: certificate() } }), 2],
        ];
        for (const [what, more, count] of deploys) {
            it(`survives a deploy of ${what}`, async () => {
                const inputs = { managedLoginVersion: 2, ...more() };
                await up(inputs);
                assert.deepEqual([version(), updates()], [1, count]);
                assert.deepEqual(await up(inputs), { did: "nothing" });
                assert.equal(resource.outputs.managedLoginVersion, 2);
            });
        }

        it("is replaced after a refresh, and check tells which value the program had asked for", async () => {
            await resource.refresh();
            assert.equal(resource.outputs.managedLoginVersion, 1);
            const changed = await resource.changed({ ...args, managedLoginVersion: 2 });
            assert.deepEqual(changed, { managedLoginVersion: { from: 2 } });
            await up({ managedLoginVersion: 2 });
            assert.equal(version(), 2);
        });

        it("is reported too if another setting is secret, and no secret value is kept for it", async () => {
            const [first, second] = [certificate(), certificate()];
            const secret = (certificateArn: string) => ({
                managedLoginVersion: 2,
                customDomainConfig: { certificateArn },
                __program: { secret: ["customDomainConfig.certificateArn"] },
            });
            await up(secret(first));
            change({ managedLoginVersion: 1, certificateArn: second });
            await resource.refresh();
            assert.equal(resource.inputs.__record, true);
            const changed = await resource.changed({ ...args, ...secret(first) });
            assert.deepEqual(changed, { managedLoginVersion: { from: 2 }, certificateArn: { from: "[secret]" } });
        });
    });

    it("a refresh while someone's update is under way leaves what is managed as the state has it", async () => {
        domain();
        await up({ managedLoginVersion: 2 });
        change({ managedLoginVersion: 1, status: "UPDATING" });
        await resource.refresh();
        assert.deepEqual([resource.outputs.managedLoginVersion, resource.outputs.status], [2, "UPDATING"]);
        assert.deepEqual(await up({ managedLoginVersion: 2 }), { did: "nothing" });
    });

    describe("after an update that did not complete", () => {
        beforeEach(async () => {
            domain();
            await up({ managedLoginVersion: 1, waitTimeoutSeconds: 1 });
        });

        it("reverting the pull request with another change brings the old version back", async () => {
            aws.behaviour.outcome = "never";
            const { failed } = (await up({ managedLoginVersion: 2, waitTimeoutSeconds: 1 })) as { failed: string };
            assert.match(failed, /waitTimeoutSeconds/);
            aws.behaviour.outcome = "active";
            change({ managedLoginVersion: 2, status: "ACTIVE" });
            await up({ managedLoginVersion: 1, onDelete: "restore" });
            assert.equal(version(), 1);
        });

        it("a refresh leaves the inputs, which may not be secret yet as the program's value is", async () => {
            aws.behaviour.outcome = "failed";
            const customDomainConfig = { certificateArn: certificate() };
            const secret = ["customDomainConfig.certificateArn"];
            await up({ managedLoginVersion: 1, customDomainConfig, __program: { secret, ignoreChanges: [] } });
            const { inputs } = resource;
            change({ ...customDomainConfig, status: "ACTIVE" });
            await resource.refresh();
            const kept = [inputs, { ...customDomainConfig, securityPolicy: "TLS_V1_2_2021" }];
            assert.deepEqual([resource.inputs, resource.outputs.customDomainConfig], kept);
        });

        it("an unrelated deploy resumes it, even if somebody set the old value meanwhile", async () => {
            aws.behaviour.outcome = "failed";
            await up({ managedLoginVersion: 2 });
            aws.behaviour.outcome = "active";
            change({ managedLoginVersion: 1, status: "ACTIVE" });
            await resource.refresh();
            await up({ managedLoginVersion: 2, waitTimeoutSeconds: 90 });
            assert.equal(version(), 2);
        });
    });

    describe("a domain that a refresh saw as FAILED", () => {
        beforeEach(async () => {
            domain();
            await up({ managedLoginVersion: 2 });
            change({ status: "FAILED" });
            await resource.refresh();
        });

        it("is sent its settings again", async () => {
            assert.deepEqual(await up({ managedLoginVersion: 2 }), { did: "update" });
            assert.deepEqual([updates(), aws.domainOf(DOMAIN)?.status], [2, "ACTIVE"]);
        });

        it("is left as it is, with a warning, if AWS cannot be asked whether it still is", async () => {
            aws.behaviour.accessDenied = ["cognito-idp:DescribeUserPoolDomain"];
            assert.deepEqual(await up({ managedLoginVersion: 2 }), { did: "nothing" });
            assert.equal(updates(), 1);
        });

        it("is left as it is if someone has repaired and changed it since", async () => {
            change({ status: "ACTIVE", securityPolicy: "TLS_V1_3_2025", managedLoginVersion: 1 });
            assert.deepEqual(await up({ managedLoginVersion: 2 }), { did: "nothing" });
            assert.deepEqual([version(), updates()], [1, 1]);
        });
    });

    it("an update of a TLS policy that AWS does not report is sent again until it completes", async () => {
        aws.behaviour.silentSettings = ["securityPolicy"];
        domain();
        const policy = (securityPolicy: string) => ({ customDomainConfig: { securityPolicy } });
        await up(policy("TLS_V1_2_2021"));
        aws.behaviour.outcome = "failed";
        assert.ok("failed" in (await up(policy("TLS_V1_3_2025"))));
        change({ status: "ACTIVE", securityPolicy: "TLS_V1_2_2021" });
        aws.behaviour.outcome = "active";
        assert.deepEqual(await up(policy("TLS_V1_3_2025")), { did: "update" });
        assert.equal(aws.domainOf(DOMAIN)?.securityPolicy, "TLS_V1_3_2025");
        assert.deepEqual(await up(policy("TLS_V1_3_2025")), { did: "nothing" });
    });

    describe("a first up that failed", () => {
        const failing = async (inputs: Record<string, unknown>) => {
            aws.behaviour.outcome = "failed";
            assert.ok("failed" in (await up(inputs)));
            aws.behaviour.outcome = "active";
        };
        const ignoring = { __program: { ignoreChanges: ["managedLoginVersion"], secret: [] } };

        for (const [what, program] of Object.entries({ "the next one": {}, "one under ignoreChanges": ignoring })) {
            it(`is resumed by ${what}`, async () => {
                domain();
                await failing({ managedLoginVersion: 2, ...program });
                await failing({ managedLoginVersion: 2, ...program });
                const inputs = { managedLoginVersion: 2, waitTimeoutSeconds: 60, ...program };
                assert.deepEqual(await up(inputs), { did: "update" });
                assert.equal(version(), 2);
                assert.deepEqual(await up(inputs), { did: "nothing" });
            });
        }

        it("is resumed in what ignoreChanges names by an up without another reason, of which its preview can know", async () => {
            domain();
            await failing({ managedLoginVersion: 2, ...ignoring });
            const policy = { customDomainConfig: { securityPolicy: "TLS_V1_3_2025" } };
            const inputs = { managedLoginVersion: 2, ...policy, ...ignoring };
            const versions = [];
            for (const did of ["update", "update", "nothing"]) {
                assert.deepEqual(await up(inputs), { did });
                versions.push(version());
            }
            assert.deepEqual(versions, [1, 2, 2]);
        });

        for (const ignored of ["nothing", "routing", "customDomainConfig.securityPolicy"]) {
            it(`is over once an up with another reason has applied everything (ignoreChanges names ${ignored})`, async () => {
                domain();
                const policy = { customDomainConfig: { securityPolicy: "TLS_V1_2_2021" } };
                const program = { ...policy, __program: { ignoreChanges: [ignored], secret: [] } };
                await failing({ managedLoginVersion: 2, ...program });
                const inputs = { managedLoginVersion: 2, onDelete: "restore", ...program };
                assert.deepEqual(await up(inputs), { did: "update" });
                change({ managedLoginVersion: 1 });
                assert.deepEqual([await up(inputs), version()], [{ did: "nothing" }, 1]);
            });
        }

        it("differs from a later one, which leaves what is under ignoreChanges", async () => {
            domain();
            await up({ managedLoginVersion: 2, ...ignoring });
            change({ managedLoginVersion: 1 });
            const inputs = { managedLoginVersion: 2, customDomainConfig: { securityPolicy: "TLS_V1_3_2025" } };
            await failing({ ...inputs, ...ignoring });
            assert.deepEqual(await up({ ...inputs, ...ignoring }), { did: "update" });
            assert.deepEqual([version(), aws.domainOf(DOMAIN)?.securityPolicy], [1, "TLS_V1_3_2025"]);
        });
    });

    describe("destroy", () => {
        it("restores although ACM may not be asked, if the program accepts that", async () => {
            const before = certificate();
            domain({ certificateArn: before });
            const named = { customDomainConfig: { certificateArn: certificate() }, onDelete: "restore" };
            await up({ ...named, acceptFindings: ["certificate-unseen"] });
            aws.behaviour.accessDenied = ["acm:*"];
            await resource.destroy();
            assert.equal(arn(), before);
        });

        it("restores a TLS policy that was raised, though the program went back to version 1 since", async () => {
            domain({ securityPolicy: "TLS_V1" });
            await up({ managedLoginVersion: 2, onDelete: "restore" });
            await up({ managedLoginVersion: 1, onDelete: "restore" });
            assert.equal(aws.domainOf(DOMAIN)?.securityPolicy, "TLS_V1_2_2021");
            await resource.destroy();
            assert.deepEqual([version(), aws.domainOf(DOMAIN)?.securityPolicy], [1, "TLS_V1"]);
        });

        for (const [wait, meanwhile] of [["active"], ["none"], ["none", "a refresh"]]) {
            it(`restores after an update that AWS gave up (wait: "${wait}", ${meanwhile ?? "nothing"} meanwhile), though the state has the refused value`, async () => {
                const before = certificate();
                domain({ certificateArn: before });
                const named = (certificateArn: string) => ({
                    customDomainConfig: { certificateArn },
                    onDelete: "restore",
                });
                await up(named(certificate()));
                Object.assign(aws.behaviour, { outcome: "failed", settleAfterDescribes: meanwhile ? 2 : 0 });
                await up({ ...named(certificate()), wait });
                aws.behaviour.outcome = "active";
                if (meanwhile) {
                    await resource.refresh();
                    assert.equal(resource.outputs.status, "UPDATING");
                }
                await resource.destroy();
                assert.equal(arn(), before);
            });
        }

        it("leaves an earlier value that someone set again after the update was seen to have arrived", async () => {
            domain({ certificateArn: certificate() });
            const earlier = certificate();
            const named = (certificateArn: string) => ({
                customDomainConfig: { certificateArn },
                onDelete: "restore",
                wait: "none",
            });
            await up(named(earlier));
            await up(named(certificate()));
            await resource.refresh();
            change({ certificateArn: earlier });
            await resource.destroy();
            assert.equal(arn(), earlier);
        });

        for (const refreshes of [false, true]) {
            it(`leaves what someone set if the program has ignoreChanges: ["*"] since (refreshed: ${refreshes})`, async () => {
                domain({ certificateArn: certificate() });
                const customDomainConfig = { certificateArn: certificate() };
                await up({ customDomainConfig, onDelete: "restore", onDrift: "correct" });
                const theirs = certificate();
                change({ certificateArn: theirs });
                if (refreshes) {
                    await resource.refresh();
                }
                // With it, the engine passes the inputs in the state.
                assert.deepEqual(await resource.up(resource.inputs), { did: "nothing" });
                await resource.destroy();
                assert.equal(arn(), theirs);
            });
        }

        it("restores version 2 and the certificate, although an app client has no branding style", async () => {
            const before = certificate();
            domain({ managedLoginVersion: 2, certificateArn: before });
            aws.client({ userPoolId: args.userPoolId as string });
            const customDomainConfig = { certificateArn: certificate() };
            await up({ managedLoginVersion: 1, customDomainConfig, onDelete: "restore" });
            await resource.destroy();
            assert.deepEqual([version(), arn()], [2, before]);
        });
    });

    it("a setting that the program drops stays, and is no longer restored", async () => {
        domain();
        await up({ managedLoginVersion: 2, onDelete: "restore" });
        assert.deepEqual(await up({ onDelete: "restore" }), { did: "update" });
        await resource.destroy();
        assert.deepEqual([version(), updates()], [2, 1]);
    });
});
