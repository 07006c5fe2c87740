import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, assertTidy } from "./support/expect";
import { type Declaration, type Declared, outputOf, poolOf } from "./support/program";
import { failed, succeeded } from "./support/project";
import { changed, domainOf, type Stage, stages, updates } from "./support/stage";

/** The log line of a delete with `onDelete: "restore"` while a program runs. */
const leftUnchanged = (name: string) =>
    new RegExp(
        `warning: ${name}\\.example\\.com: left unchanged\\. The values from before: \\{"managedLoginVersion":1\\} .*pulumi destroy`,
    );

describe("an up never restores: it leaves AWS unchanged, and logs the values from before", () => {
    const open = stages();
    let stage: Stage;
    /** With --target of a resource that is removed from the program. */
    let targeted: Run;
    /** Most changes, after an `up` that failed between the two halves of a forced replacement. */
    let up: Run;
    /** The versions before the first destroy, by resource. */
    let versions: Record<string, number | undefined>;
    /** The domains that the ups after the first sent an update to. */
    let updated: unknown[];
    let destroys: Record<"targets" | "withProgram" | "rest", Run>;
    let callsOfRetained: number;

    before(async () => {
        stage = await open();
        const { aws, project, userPoolId } = stage;
        const resource = (name: string, args: Declared["args"] = {}, opts?: Declared["opts"]) =>
            stage.resource(name, { onDelete: "restore", ...args }, opts);
        const [forced, renamed, aliased, gone, goneUnderTarget] = [
            resource("forced"),
            resource("renamed"),
            resource("aliased"),
            resource("gone"),
            resource("under-target"),
        ];
        const retained = resource("retained", { onDelete: "retain" });
        const [old, next] = ["old", "new"].map((name) => ({ ...resource(name), name: "moved" })) as [
            Declared,
            Declared,
        ];
        const twin = resource("twin");
        const otherTwin = { ...changed(twin, { userPoolId: poolOf("twin") }), name: "other-twin" };
        const pool = (seed: string): Declaration => ({
            name: "pool",
            makes: seed,
            gives: userPoolId,
            deleteBeforeReplace: true,
        });
        const ofPool = { userPoolId: outputOf("pool") };
        const dependents = [
            resource("owned", ofPool, { ownedBy: "pool" }),
            resource("recreated", ofPool, { ownedBy: "pool" }),
            resource("of-pool", ofPool),
        ];
        const destroyed = [
            resource("target"),
            resource("dependent", { userPoolId: poolOf("target") }),
            resource("with-program"),
            resource("by-default", { onDelete: undefined }),
        ];

        const before = [forced, renamed, aliased, gone, retained, old, twin, otherTwin];
        await project.declare(...before, goneUnderTarget, pool("one"), ...dependents, ...destroyed);
        succeeded(await project.up());
        aws.calls = [];

        await project.declare(...before, pool("one"), ...dependents, ...destroyed);
        targeted = succeeded(await project.up("--target", project.urn("under-target")));

        const kept = [
            forced,
            { ...renamed, name: "renamed-anew" },
            { ...aliased, name: "aliased-anew", opts: { aliases: [{ name: "aliased" }] } },
            next,
            { ...twin, name: "other-twin" },
            ...destroyed,
        ];
        // Fails after the new half of the replacement is there: a later up deletes the old one.
        const absent = { userPoolId: poolOf("forced"), domain: "absent.example.com", managedLoginVersion: 2 };
        await project.declare(...kept, pool("one"), ...dependents, { name: "absent", args: absent });
        failed(await project.up("--replace", project.urn("forced")));
        // The owner of a domain has created it again.
        aws.patchDomain(domainOf("recreated"), { managedLoginVersion: 1 });
        await project.declare(...kept, pool("two"), ...dependents);
        up = succeeded(await project.up());
        updated = updates(aws).map(({ Domain }) => Domain);
        versions = versionsNow();

        aws.calls = [];
        const target = (name: string) => ["--target", project.urn(name)];
        destroys = {
            targets: succeeded(
                await project.destroy(...target("target"), ...target("by-default"), "--target-dependents"),
            ),
            withProgram: succeeded(await project.destroy("--run-program", ...target("with-program"))),
            rest: succeeded(await project.destroy()),
        };
        callsOfRetained = aws.calls.filter(({ input }) => input.Domain === domainOf("by-default")).length;
    });

    const versionsNow = () =>
        Object.fromEntries(
            stage.aws.state.domains.map(({ domain }) => [
                domain.replace(".example.com", ""),
                stage.aws.domainOf(domain)?.managedLoginVersion,
            ]),
        );

    for (const [name, how] of [
        ["gone", "removed from the program"],
        ["renamed", "renamed without an alias"],
        ["forced", "replaced with --replace, by an up that deletes the old half later"],
        ["old", "moved to another domain"],
        ["owned", "deleted with its owner, and made again (replaceWith, deletedWith)"],
        ["of-pool", "of a pool that is deleted before it is replaced"],
        ["twin", "one of two about a domain, and removed"],
        ["under-target", "removed with --target"],
    ] as const) {
        it(`if a resource is ${how}`, () => {
            // With deletedWith, Pulumi does not ask the provider to delete.
            if (name !== "owned") {
                assertSays(name === "under-target" ? targeted : up, leftUnchanged(name));
            }
            assert.equal(versions[name], 2);
            assert.ok(!updated.includes(domainOf(name)), `an update of ${name}`);
        });
    }

    it("and is no warning with onDelete retain", () => {
        assertSays(
            up,
            /^\s+retained\.example\.com: left unchanged\. The values from before: \{"managedLoginVersion":1\}/m,
        );
        assertSaysNot(up, /warning: retained\.example\.com/);
    });

    it("and updates only the domain that a resource moves to, and one that its owner has created again", () => {
        assert.deepEqual(updated.sort(), [domainOf("new"), domainOf("recreated")]);
        assert.equal(versions.recreated, 2);
    });

    it("a destroy restores, over a rename with an alias too, with --target, and what depends on the target", () => {
        assertSaysNot(up, /warning: aliased/);
        assert.equal(versions.aliased, 2);
        const now = versionsNow();
        assert.deepEqual([now.aliased, now.new, now.target, now.dependent], [1, 1, 1, 1]);
        assert.equal(stage.aws.domainOf(domainOf("target"))?.status, "ACTIVE");
    });

    it("a destroy restores nothing by default, without a call to AWS", () => {
        assert.deepEqual([callsOfRetained, versionsNow()["by-default"]], [0, 2]);
    });

    it("a destroy with --run-program restores nothing: it cannot be told from an up", () => {
        assert.equal(versionsNow()["with-program"], 2);
        assertSays(destroys.withProgram, leftUnchanged("with-program"));
    });

    it("nothing prints a stack trace, a credential or something undefined", () => {
        for (const run of [targeted, up, ...Object.values(destroys)]) {
            assertTidy(run);
        }
    });
});
