import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, assertTidy, callsOf, diagnosticsOf, updates } from "./support/expect";
import { type Declared, outputOf } from "./support/program";
import { failed, succeeded } from "./support/project";
import { auth, DOMAIN, FAILOVER, READINGS_OF_AWS, type Stage, stages } from "./support/stage";

const EXPIRED = { status: "EXPIRED", notAfter: new Date(Date.now() - 1000) } as const;

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
        describe(`with restore, ${name}`, () => {
            let stage: Stage;
            let old: string;
            let fresh: string;
            let destroy: Run;

            before(async () => {
                stage = await open(behaviour);
                const { aws, project, domain } = stage;
                [old, fresh] = [1, 2].map(() => aws.certificate({ domainName: "*.example.com" })) as [string, string];
                const unfit = aws.certificate({ domainName: "*.example.com" });
                const resource = (
                    resource: string,
                    certificateArn: string,
                    rest: object = { managedLoginVersion: 2 },
                ) => ({
                    name: resource,
                    args: {
                        ...domain(
                            { version: 1, certificateArn, securityPolicy: "TLS_V1_2_2021" },
                            `${resource}.example.com`,
                        ),
                        ...rest,
                        customDomainConfig: { certificateArn: fresh },
                        onDelete: "restore",
                    },
                });
                await project.declare(
                    resource("found", old),
                    resource("gone", old),
                    resource("theirs", old),
                    resource("unfit", unfit, {}),
                );
                succeeded(await project.up());
                // What it does not manage goes its own way.
                aws.patchDomain("found.example.com", {
                    securityPolicy: "TLS_V1_3_2025",
                    routing: { failover: FAILOVER },
                });
                aws.removeDomain("gone.example.com");
                aws.patchDomain("theirs.example.com", { userPoolId: aws.userPool({ region: "us-west-2" }) });
                aws.patchCertificate(unfit, EXPIRED);
                aws.calls = [];
                destroy = succeeded(await project.destroy());
                assertTidy(destroy);
            });

            it("puts back what adoption found, of what it manages", () => {
                const { aws } = stage;
                assert.equal(updates(aws, "found.example.com").length, 1);
                const found = aws.domainOf("found.example.com");
                assert.equal(found?.managedLoginVersion, 1);
                assert.equal(found?.certificateArn, old);
                assert.equal(found?.securityPolicy, "TLS_V1_3_2025");
                assert.deepEqual(found?.routing, { failover: FAILOVER });
                assert.equal(found?.status, "ACTIVE", "destroy did not wait");
            });

            it("succeeds where the domain is gone, another pool's, or its old certificate unfit", () => {
                const { aws } = stage;
                assertSays(
                    destroy,
                    /warning: unfit\.example\.com: not restored to certificate .*\[certificate-expired\]/,
                );
                assertSaysNot(destroy, /warning: (gone|theirs)\.example\.com/);
                for (const it of ["gone", "theirs", "unfit"]) {
                    assert.deepEqual(updates(aws, `${it}.example.com`), []);
                }
                assert.equal(aws.domainOf("unfit.example.com")?.certificateArn, fresh);
            });
        });
    }

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

    it("restores what a failed update has left in force: kept, rolled back, or not waited for", async () => {
        const { aws, project, domain } = await open();
        const [first, second, third] = [1, 2, 3].map(() => aws.certificate({ domainName: "*.example.com" }));
        const certificates = ["keep", "rollback"] as const;
        const declare = (certificateArn: string | undefined, securityPolicy: string) =>
            project.declare(
                ...certificates.map((onFailure) => ({
                    name: onFailure,
                    args: {
                        ...named[onFailure],
                        customDomainConfig: { certificateArn },
                        onDelete: "restore",
                        onFailure,
                    },
                })),
                {
                    name: "none",
                    args: { ...named.none, customDomainConfig: { securityPolicy }, onDelete: "restore", wait: "none" },
                },
            );
        const named = {
            keep: domain({ certificateArn: first }, "keep.example.com"),
            rollback: domain({ certificateArn: first }, "rollback.example.com"),
            none: domain({ version: 1, certificateArn: first, securityPolicy: "TLS_V1" }, "none.example.com"),
        };
        await declare(second, "TLS_V1_2_2021");
        succeeded(await project.up());
        aws.patchDomain("none.example.com", { status: "ACTIVE", securityPolicy: "TLS_V1_2_2021" });
        const failing = new RegExp(`${third}|TLS_V1_3_2025`);
        aws.behaviour.faults = [
            {
                operation: "UpdateUserPoolDomain",
                action: {
                    run: (_, { input }) => {
                        aws.behaviour.outcome = failing.test(JSON.stringify(input)) ? "failed" : "active";
                    },
                },
            },
        ];
        await declare(third, "TLS_V1_3_2025");
        failed(await project.up("--continue-on-error", "--parallel", "1"));
        for (const onFailure of certificates) {
            assert.equal(aws.domainOf(`${onFailure}.example.com`)?.certificateArn, second);
        }
        succeeded(await project.destroy("--parallel", "1"));
        for (const onFailure of certificates) {
            assert.equal(aws.domainOf(`${onFailure}.example.com`)?.certificateArn, first, onFailure);
        }
        assert.equal(aws.domainOf("none.example.com")?.securityPolicy, "TLS_V1");
    });

    it("restores over an update that timed out only what had arrived by the refresh after it", async () => {
        const { aws, project, domain } = await open({ outcome: "never" });
        const foundByRefresh = { "missing.example.com": 1, "arrived.example.com": 2 };
        const domains = Object.keys(foundByRefresh);
        await project.declare(
            ...domains.map((it) => ({
                name: it,
                args: {
                    ...domain({ version: 1 }, it),
                    managedLoginVersion: 2,
                    onDelete: "restore",
                    waitTimeoutSeconds: 1,
                },
            })),
        );
        assertSays(failed(await project.up("--continue-on-error")), "1 s");
        aws.behaviour.outcome = "active";
        for (const [it, managedLoginVersion] of Object.entries(foundByRefresh)) {
            aws.patchDomain(it, { managedLoginVersion, status: "ACTIVE" });
        }
        succeeded(await project.refresh());
        for (const it of domains) {
            aws.patchDomain(it, { managedLoginVersion: 2 });
        }
        aws.calls = [];
        succeeded(await project.destroy());
        assert.deepEqual(
            domains.map((it) => updates(aws, it).length),
            [0, 1],
        );
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
});

describe("a resource that goes while the program goes on", () => {
    const open = stages();
    let stage: Stage;
    let target: Run;
    let up: Run;

    before(async () => {
        stage = await open();
        const { aws, project, domain, userPoolId } = stage;
        const restored = { managedLoginVersion: 2, onDelete: "restore" };
        const resource = (name: string, at: string, opts?: Declared["opts"]): Declared => ({
            name,
            args: { userPoolId, domain: `${at}.example.com`, ...restored },
            opts,
        });
        for (const it of ["forced", "renamed", "targeted", "aliased", "shared", "old-owned", "new-owned"]) {
            domain({ version: 1 }, `${it}.example.com`);
        }
        const partly = domain({ version: 1, securityPolicy: "TLS_V1_2_2021" }, "partly.example.com");
        const partlyGoes: Declared = {
            name: "partly-goes",
            args: { ...partly, ...restored, customDomainConfig: { securityPolicy: "TLS_V1_3_2025" } },
        };
        const partlyStays: Declared = { name: "partly-stays", args: { ...partly, managedLoginVersion: 2 } };
        const owned = (makes: string): Parameters<typeof project.declare> => [
            { name: "owner", makes, deleteBeforeReplace: true },
            { name: "owned", args: { userPoolId, domain: outputOf("owner"), ...restored }, opts: { ownedBy: "owner" } },
        ];
        const atFirst = [
            resource("forced", "forced"),
            resource("renamed-before", "renamed"),
            resource("targeted-before", "targeted"),
            resource("aliased-before", "aliased"),
            resource("shared-goes", "shared"),
            resource("shared-stays", "shared"),
            ...owned("old-owned.example.com"),
            partlyGoes,
        ];
        await project.declare(...atFirst);
        succeeded(await project.up());
        await project.declare(...atFirst, partlyStays);
        succeeded(await project.up());
        await project.declare(
            resource("forced", "forced"),
            resource("renamed-after", "renamed"),
            resource("targeted-after", "targeted"),
            resource("aliased-after", "aliased", { aliases: [{ name: "aliased-before" }] }),
            resource("shared-stays", "shared"),
            ...owned("new-owned.example.com"),
            partlyStays,
        );
        aws.calls = [];
        target = succeeded(await project.up("--target", project.urn("targeted-after")));
        up = succeeded(await project.up("--replace", project.urn("forced")));
    });

    for (const [how, domain] of [
        ["a forced replace", "forced.example.com"],
        ["a rename without an alias", "renamed.example.com"],
        ["a rename under --target before a full up", "targeted.example.com"],
    ] as const) {
        it(`restores nothing, with a warning, on ${how}: the successor has the domain`, () => {
            assertSays(up, new RegExp(`warning: ${domain.replaceAll(".", "\\.")}: nothing was restored`));
            assert.deepEqual(updates(stage.aws, domain), []);
            assert.equal(stage.aws.domainOf(domain)?.managedLoginVersion, 2);
        });
    }

    it("leaves the state to its successor", async () => {
        assertTidy(up);
        assertTidy(target);
        const state = await stage.project.export();
        for (const [name, isKept] of Object.entries({
            forced: true,
            "renamed-after": true,
            "renamed-before": false,
            "targeted-after": true,
            "targeted-before": false,
        })) {
            assert.equal(state.includes(`"${stage.project.urn(name)}"`), isKept, name);
        }
    });

    it("restores, of one of two resources about one domain, only what the other does not manage", () => {
        assertSays(up, /warning: partly\.example\.com: not restored: managedLoginVersion: the program still/);
        const { managedLoginVersion, securityPolicy } = stage.aws.domainOf("partly.example.com") ?? {};
        assert.deepEqual([managedLoginVersion, securityPolicy], [2, "TLS_V1_2_2021"]);
    });

    it("restores nothing where one of two resources about one domain is removed", () => {
        assert.deepEqual(updates(stage.aws, "shared.example.com"), []);
        assert.equal(stage.aws.domainOf("shared.example.com")?.managedLoginVersion, 2);
    });

    it("writes nothing to a domain that its owner replaces (replaceWith, deletedWith)", () => {
        assert.deepEqual(updates(stage.aws, "old-owned.example.com"), []);
        assert.equal(updates(stage.aws, "new-owned.example.com").length, 1);
    });

    it("says nothing on a rename with an alias", () => {
        assert.equal(diagnosticsOf(up, "aliased-after").text, "");
        assertSaysNot(up, /warning: aliased\.example\.com/);
    });

    it("keeps the restore point over a rename with an alias; what its owner takes along is not asked for", async () => {
        const { aws, project } = stage;
        aws.calls = [];
        succeeded(await project.destroy());
        assert.equal(aws.domainOf("aliased.example.com")?.managedLoginVersion, 1);
        assert.deepEqual(updates(aws, "new-owned.example.com"), [], "destroyed together with its owner");
    });
});
