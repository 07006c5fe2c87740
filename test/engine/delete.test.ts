import assert from "node:assert/strict";
import { assertSays, assertSaysNot, assertTidy, callsOf, updates } from "./support/expect";
import { outputOf } from "./support/program";
import { failed, succeeded } from "./support/project";
import { auth, DOMAIN, FAILOVER, READINGS_OF_AWS, stages } from "./support/stage";

describe("destroy", () => {
    const open = stages();

    it("makes no AWS call at all with onDelete: retain, which is the default", async () => {
        const { aws, project, domain } = await open();
        const certificateArn = aws.certificate({ domainName: "*.example.com" });
        const settings = { version: 1, certificateArn };
        await project.declare(auth({ ...domain(settings), managedLoginVersion: 2 }), {
            name: "said",
            args: { ...domain(settings, "said.example.com"), managedLoginVersion: 2, onDelete: "retain" },
        });
        succeeded(await project.up());
        assert.deepEqual(await callsOf(aws, async () => succeeded(await project.destroy())), []);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });

    for (const { name, behaviour } of READINGS_OF_AWS) {
        it(`puts back with restore what adoption found, of what it manages, ${name}`, async () => {
            const { aws, project, domain } = await open(behaviour);
            const certificateArn = aws.certificate({ domainName: DOMAIN });
            const fresh = aws.certificate({ domainName: DOMAIN });
            const named = domain({ version: 1, certificateArn, securityPolicy: "TLS_V1_2_2021" });
            await project.declare(
                auth({
                    ...named,
                    managedLoginVersion: 2,
                    customDomainConfig: { certificateArn: fresh },
                    onDelete: "restore",
                }),
            );
            succeeded(await project.up());
            // What it does not manage goes its own way.
            aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025", routing: { failover: FAILOVER } });

            aws.calls = [];
            const destroy = succeeded(await project.destroy());
            assertTidy(destroy);
            assert.equal(updates(aws).length, 1);
            const found = aws.domainOf(DOMAIN);
            assert.equal(found?.managedLoginVersion, 1);
            assert.equal(found?.certificateArn, certificateArn);
            assert.equal(found?.securityPolicy, "TLS_V1_3_2025");
            assert.deepEqual(found?.routing, { failover: FAILOVER });
            assert.equal(found?.status, "ACTIVE", "destroy did not wait");
        });

        it(`succeeds where the domain is gone, another pool's, or its old certificate unfit, ${name}`, async () => {
            const { aws, project, domain } = await open(behaviour);
            const old = aws.certificate({ domainName: "*.example.com" });
            const fresh = aws.certificate({ domainName: "*.example.com" });
            const names = ["gone", "theirs", "unfit"];
            await project.declare(
                ...names.map((resource) => ({
                    name: resource,
                    args: {
                        ...domain({ version: 1, certificateArn: old }, `${resource}.example.com`),
                        customDomainConfig: { certificateArn: fresh },
                        onDelete: "restore" as const,
                    },
                })),
            );
            succeeded(await project.up());

            aws.removeDomain("gone.example.com");
            aws.patchDomain("theirs.example.com", { userPoolId: aws.userPool({ region: "us-west-2" }) });
            aws.patchCertificate(old, { status: "EXPIRED", notAfter: new Date(Date.now() - 1000) });
            aws.calls = [];
            const destroy = succeeded(await project.destroy());
            assertTidy(destroy);
            assertSays(destroy, /warning: unfit\.example\.com: not restored to certificate .*\[certificate-expired\]/);
            assertSaysNot(destroy, /warning: (gone|theirs)\.example\.com/);
            assert.deepEqual(updates(aws), []);
            assert.equal(aws.domainOf("unfit.example.com")?.certificateArn, fresh);
        });
    }

    for (const [how, declareAgain, flags] of [
        ["a forced replace", "auth", true],
        ["a rename without an alias", "renamed", false],
    ] as const) {
        it(`restores nothing, with a warning, on ${how}: the successor has the domain`, async () => {
            const { aws, project, domain } = await open();
            const args = { ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" };
            await project.declare({ name: "auth", args });
            succeeded(await project.up());

            await project.declare({ name: declareAgain, args });
            aws.calls = [];
            const up = succeeded(await project.up(...(flags ? ["--replace", project.urn("auth")] : [])));
            assertSays(up, /warning: auth\.example\.com: nothing was restored/);
            assertTidy(up);
            assert.deepEqual(updates(aws), []);
            assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
            assert.ok(await project.state(declareAgain));
        });
    }

    it("restores nothing where a resource was renamed under --target before a full up", async () => {
        const { aws, project, domain } = await open();
        const args = { ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" };
        await project.declare({ name: "auth", args });
        succeeded(await project.up());

        await project.declare({ name: "renamed", args });
        aws.calls = [];
        succeeded(await project.up("--target", project.urn("renamed")));
        const up = succeeded(await project.up());
        assertSays(up, /warning: auth\.example\.com: nothing was restored/);
        assert.deepEqual(updates(aws), []);
        assert.equal(await project.state("auth"), undefined);
    });

    it("restores, of one of two resources about one domain, only what the other does not manage", async () => {
        const { aws, project, domain } = await open();
        const named = domain({ version: 1, securityPolicy: "TLS_V1_2_2021" });
        const stays = { name: "stays", args: { ...named, managedLoginVersion: 2 } };
        const goes = {
            ...named,
            managedLoginVersion: 2,
            customDomainConfig: { securityPolicy: "TLS_V1_3_2025" },
            onDelete: "restore",
        };
        await project.declare({ name: "goes", args: goes });
        succeeded(await project.up());
        await project.declare({ name: "goes", args: goes }, stays);
        succeeded(await project.up());

        await project.declare(stays);
        const up = succeeded(await project.up());
        assertSays(up, /warning: auth\.example\.com: not restored: managedLoginVersion: the program still/);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
        assert.equal(aws.domainOf(DOMAIN)?.securityPolicy, "TLS_V1_2_2021");
    });

    it("leaves what somebody else has set since the program took theirs over, and puts back all but an unfit certificate", async () => {
        const { aws, project, domain } = await open();
        const [old, fresh] = [1, 2].map(() => aws.certificate({ domainName: "*.example.com" })) as [string, string];
        const taken = domain({ version: 1 }, "taken.example.com");
        const unfit = domain({ version: 1, certificateArn: old }, "unfit.example.com");
        const declare = (managedLoginVersion: number) =>
            project.declare(
                { name: "taken", args: { ...taken, managedLoginVersion, onDelete: "restore" } },
                {
                    name: "unfit",
                    args: {
                        ...unfit,
                        managedLoginVersion: 2,
                        customDomainConfig: { certificateArn: fresh },
                        onDelete: "restore",
                    },
                },
            );
        await declare(2);
        succeeded(await project.up());
        aws.patchDomain("taken.example.com", { managedLoginVersion: 1 });
        await declare(1);
        succeeded(await project.up());
        aws.patchDomain("taken.example.com", { managedLoginVersion: 2 });
        aws.patchCertificate(old, { status: "EXPIRED", notAfter: new Date(Date.now() - 1000) });
        const destroy = succeeded(await project.destroy());
        assertSays(
            destroy,
            "taken.example.com: somebody else has changed it since: managed login 2 is left as it is",
            /unfit\.example\.com: not put back: .*\[certificate-expired\]/,
        );
        assert.equal(aws.domainOf("taken.example.com")?.managedLoginVersion, 2);
        const { certificateArn, managedLoginVersion } = aws.domainOf("unfit.example.com") ?? {};
        assert.deepEqual([certificateArn, managedLoginVersion], [fresh, 1]);
    });

    it("says what to run where a restore was not seen to its end", async () => {
        const { aws, project, domain } = await open();
        const args = { ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore", waitTimeoutSeconds: 3 };
        await project.declare(auth(args));
        succeeded(await project.up());
        aws.behaviour.outcome = "never";
        assertSays(
            failed(await project.destroy()),
            "it is not known whether the old settings were put back (onDelete)",
            "Run the same command again: it looks again and finishes the job. To keep the resource instead, run `pulumi up --refresh`",
        );
    });

    it("restores over what an earlier update had put in force, where the last one has failed, or was rolled back", async () => {
        for (const onFailure of ["keep", "rollback"]) {
            const { aws, project, domain } = await open();
            const [first, second, third] = [1, 2, 3].map(() => aws.certificate({ domainName: DOMAIN })) as string[];
            const named = { ...domain({ certificateArn: first }), onDelete: "restore", onFailure };
            const attach = (certificateArn: string | undefined) =>
                project.declare(auth({ ...named, customDomainConfig: { certificateArn } }));
            await attach(second);
            succeeded(await project.up());
            await attach(third);
            aws.behaviour.faults = (["failed", "active"] as const).map((outcome, skip) => ({
                operation: "UpdateUserPoolDomain",
                skip,
                times: 1,
                action: { run: () => void Object.assign(aws.behaviour, { outcome }) },
            }));
            failed(await project.up());
            aws.behaviour.faults = [];
            aws.behaviour.outcome = "active";
            assert.equal(aws.domainOf(DOMAIN)?.certificateArn, second);
            succeeded(await project.destroy());
            assert.equal(aws.domainOf(DOMAIN)?.certificateArn, first, onFailure);
        }
    });

    it("leaves another team's certificate, which ignoreChanges and --refresh have kept", async () => {
        const { aws, project, domain } = await open();
        const [first, theirs] = [1, 2].map(() => aws.certificate({ domainName: DOMAIN })) as [string, string];
        const named = { ...domain({ version: 1, certificateArn: first }), onDelete: "restore" };
        const declare = (managedLoginVersion: number) =>
            project.declare(
                auth(
                    { ...named, managedLoginVersion, customDomainConfig: { certificateArn: first } },
                    { ignoreChanges: ["customDomainConfig.certificateArn"] },
                ),
            );
        await declare(1);
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { certificateArn: theirs });
        await declare(2);
        succeeded(await project.up("--refresh"));
        succeeded(await project.destroy());
        const { certificateArn, managedLoginVersion } = aws.domainOf(DOMAIN) ?? {};
        assert.deepEqual([certificateArn, managedLoginVersion], [theirs, 1]);
    });

    it('restores what wait: "none" has sent, and what AWS has given up of it', async () => {
        const { aws, project, domain } = await open();
        const named = domain({ version: 1, securityPolicy: "TLS_V1" });
        const declare = (securityPolicy: string) =>
            project.declare(
                auth({ ...named, customDomainConfig: { securityPolicy }, onDelete: "restore", wait: "none" }),
            );
        await declare("TLS_V1_2_2021");
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { status: "ACTIVE", securityPolicy: "TLS_V1_2_2021" });
        aws.behaviour.outcome = "failed";
        await declare("TLS_V1_3_2025");
        succeeded(await project.up());
        aws.behaviour.outcome = "active";
        succeeded(await project.destroy());
        assert.equal(aws.domainOf(DOMAIN)?.securityPolicy, "TLS_V1");
    });

    it("restores over an update that timed out only what had arrived by the refresh after it", async () => {
        const { aws, project, domain } = await open();
        const args = { ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore", waitTimeoutSeconds: 1 };
        for (const [version, updated] of [[1, 0] as const, [2, 1] as const]) {
            aws.patchDomain(DOMAIN, { managedLoginVersion: 1, status: "ACTIVE" });
            aws.behaviour.outcome = "never";
            await project.declare(auth(args));
            assertSays(failed(await project.up()), "1 s");
            aws.behaviour.outcome = "active";
            aws.patchDomain(DOMAIN, { managedLoginVersion: version, status: "ACTIVE" });
            succeeded(await project.refresh());
            aws.patchDomain(DOMAIN, { managedLoginVersion: 2 });
            aws.calls = [];
            succeeded(await project.destroy());
            assert.equal(updates(aws).length, updated, `found ${version} by the refresh`);
        }
    });

    it("keeps the restore point of a custom domain that is asked for in a replica's Region from now on", async () => {
        const { aws, project, domain } = await open();
        const args = { ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" };
        await project.declare(auth(args));
        succeeded(await project.up());
        await project.declare(auth({ ...args, region: "us-east-2" }));
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
        succeeded(await project.destroy());
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
    });

    it("keeps the restore point over a rename with an alias", async () => {
        const { aws, project, domain } = await open();
        const args = { ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" };
        await project.declare({ name: "auth", args });
        succeeded(await project.up());
        await project.declare({ name: "renamed", args, opts: { aliases: [{ name: "auth" }] } });
        assertSaysNot(succeeded(await project.up()), "warning:");
        succeeded(await project.destroy());
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
    });

    it("restores nothing where the old half of a replacement is deleted by a later up", async () => {
        const { aws, project, domain, userPoolId } = await open();
        const settings = auth({ ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" });
        await project.declare(settings);
        succeeded(await project.up());

        const absent = { name: "absent", args: { userPoolId, domain: "absent.example.com", managedLoginVersion: 2 } };
        await project.declare(settings, absent);
        failed(await project.up("--replace", project.urn("auth")));
        await project.declare(settings);
        aws.calls = [];
        const up = succeeded(await project.up());
        assertSays(up, /warning: auth\.example\.com: nothing was restored/);
        assert.deepEqual(updates(aws), []);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });

    it("restores nothing where one of two resources about one domain is removed", async () => {
        const { aws, project, domain } = await open();
        const args = { ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" };
        await project.declare(auth(args), { name: "other", args });
        succeeded(await project.up());
        await project.declare({ name: "other", args });
        aws.calls = [];
        succeeded(await project.up());
        assert.deepEqual(updates(aws), []);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });

    it("writes nothing to a domain that its owner replaces (replaceWith, deletedWith)", async () => {
        const { aws, project, domain, userPoolId } = await open();
        domain({ version: 1 }, "old.example.com");
        domain({ version: 1 }, "new.example.com");
        const settings = auth(
            { userPoolId, domain: outputOf("owner"), managedLoginVersion: 2, onDelete: "restore" },
            { ownedBy: "owner" },
        );
        await project.declare({ name: "owner", makes: "old.example.com", deleteBeforeReplace: true }, settings);
        succeeded(await project.up());
        await project.declare({ name: "owner", makes: "new.example.com", deleteBeforeReplace: true }, settings);
        aws.calls = [];
        succeeded(await project.up());
        assert.deepEqual(
            updates(aws).map(({ Domain }) => Domain),
            ["new.example.com"],
        );
        succeeded(await project.destroy());
        assert.deepEqual(
            updates(aws).map(({ Domain }) => Domain),
            ["new.example.com"],
            "destroyed together with its owner",
        );
    });

    it("restores with destroy --run-program as without it", async () => {
        const { aws, project, domain } = await open();
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" }));
        succeeded(await project.up());
        succeeded(await project.destroy("--run-program"));
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
    });
});
