import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, assertTidy, updates } from "./support/expect";
import { type Declaration, type Declared, outputOf, poolOf } from "./support/program";
import { failed, succeeded } from "./support/project";
import { domainOf, type Stage, stages } from "./support/stage";

/** The log line of a delete with `onDelete: "restore"` in an `up`. */
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
    /** The versions before the destroy, by resource. */
    let versions: Record<string, number | undefined>;
    /** The domains that the ups after the first sent an update to. */
    let updated: unknown[];

    before(async () => {
        stage = await open();
        const { aws, project, domain, userPoolId } = stage;
        const args = (name: string): Declared["args"] => ({
            ...domain({ version: 1 }, domainOf(name)),
            managedLoginVersion: 2,
            onDelete: "restore",
        });
        const declared = (name: string): Declared => ({ name, args: args(name) });
        const forced = declared("forced");
        const renamed = declared("renamed");
        const aliased = declared("aliased");
        const gone = declared("gone");
        const goneUnderTarget = declared("under-target");
        const retained = { name: "retained", args: { ...args("retained"), onDelete: "retain" } };
        const moved = (to: string) => ({ name: "moved", args: { ...args(to) } });
        const [old, next] = [moved("old"), moved("new")];
        const twin = declared("twin");
        const otherTwin = { name: "other-twin", args: { ...twin.args, userPoolId: poolOf("twin") } };
        const pool = (seed: string): Declaration => ({
            name: "pool",
            makes: seed,
            gives: userPoolId,
            deleteBeforeReplace: true,
        });
        const ownedBy = (name: string): Declared => ({
            name,
            args: { ...args(name), userPoolId: outputOf("pool") },
            opts: { ownedBy: "pool" },
        });
        const owned = ownedBy("owned");
        const recreated = ownedBy("recreated");
        const ofPool: Declared = { name: "of-pool", args: { ...args("of-pool"), userPoolId: outputOf("pool") } };

        const before = [forced, renamed, aliased, gone, retained, old, twin, otherTwin];
        await project.declare(...before, goneUnderTarget, pool("one"), owned, recreated, ofPool);
        succeeded(await project.up());
        aws.calls = [];

        await project.declare(...before, pool("one"), owned, recreated, ofPool);
        targeted = succeeded(await project.up("--target", project.urn("under-target")));

        const kept = [
            forced,
            { ...renamed, name: "renamed-anew" },
            { ...aliased, name: "aliased-anew", opts: { aliases: [{ name: "aliased" }] } },
            next,
            { ...otherTwin, args: twin.args },
        ];
        const replaced = [pool("two"), owned, recreated, ofPool];
        // Fails after the new half of the replacement is there: a later up deletes the old one.
        const absent = { userPoolId: poolOf("forced"), domain: "absent.example.com", managedLoginVersion: 2 };
        await project.declare(...kept, pool("one"), owned, recreated, ofPool, { name: "absent", args: absent });
        failed(await project.up("--replace", project.urn("forced")));
        // The owner of a domain has created it again.
        aws.patchDomain(domainOf("recreated"), { managedLoginVersion: 1 });
        await project.declare(...kept, ...replaced);
        up = succeeded(await project.up());

        updated = updates(aws).map(({ Domain }) => Domain);
        versions = versionsNow();
        succeeded(await project.destroy());
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
    ] as const) {
        it(`if a resource is ${how}`, () => {
            // With deletedWith, Pulumi does not ask the provider to delete.
            if (name !== "owned") {
                assertSays(up, leftUnchanged(name));
            }
            assert.equal(versions[name], 2);
            assert.ok(!updated.includes(domainOf(name)), `an update of ${name}`);
        });
    }

    it("if a resource is removed with --target", () => {
        assertSays(targeted, leftUnchanged("under-target"));
        assert.equal(versions["under-target"], 2);
    });

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

    it("and keeps the values from before over a rename with an alias, for a destroy", () => {
        assertSaysNot(up, /warning: aliased/);
        assert.equal(versions.aliased, 2);
        const now = versionsNow();
        assert.deepEqual([now.aliased, now.new], [1, 1]);
    });

    it("and prints no stack trace, no credential and nothing undefined", () => {
        for (const run of [targeted, up]) {
            assertTidy(run);
        }
    });
});
