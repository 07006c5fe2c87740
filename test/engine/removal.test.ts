import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, assertTidy, updates } from "./support/expect";
import { poolOf } from "./support/program";
import { failed, succeeded } from "./support/project";
import { type Stage, stages } from "./support/stage";

describe("an up that deletes one of two resources about a domain", () => {
    const open = stages();
    let stage: Stage;
    /** The up after the one with --target: it has the forced replace, and the rename. */
    let second: Run;
    /** The up after the one that failed. */
    let last: Run;
    let urns: string[];

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        const restored = (name: string) => ({
            ...domain({ version: 1 }, `${name}.example.com`),
            managedLoginVersion: 2,
            onDelete: "restore",
        });
        const forced = { name: "forced", args: restored("forced") };
        const half = { name: "half", args: restored("half") };
        const renamed = { name: "renamed", args: restored("renamed") };
        const targeted = { name: "targeted", args: restored("targeted") };
        const twin = { name: "twin", args: restored("twins") };
        const otherTwin = { ...twin, name: "other-twin" };
        // Of the two, it is the one to go that has changed the domain: only that has something to restore.
        const laterTwin = { ...otherTwin, args: { ...twin.args, userPoolId: poolOf("twin") } };
        const partly = domain({ version: 1, securityPolicy: "TLS_V1_2_2021" }, "partly.example.com");
        const partlyGoes = {
            name: "partly-goes",
            args: {
                ...partly,
                managedLoginVersion: 2,
                customDomainConfig: { securityPolicy: "TLS_V1_3_2025" },
                onDelete: "restore",
            },
        };
        const newNameOf = ({ name, args }: typeof forced) => ({ name: `${name}-anew`, args });

        await project.declare(forced, half, renamed, targeted, twin, laterTwin, partlyGoes);
        succeeded(await project.up());
        aws.calls = [];

        await project.declare(forced, half, renamed, newNameOf(targeted), twin, laterTwin, partlyGoes);
        succeeded(await project.up("--target", project.urn("targeted-anew")));

        const kept = [
            ...[forced, half, newNameOf(renamed), newNameOf(targeted), otherTwin],
            { name: "partly-stays", args: { ...partly, managedLoginVersion: 2 } },
        ];
        await project.declare(...kept, partlyGoes);
        second = succeeded(await project.up("--replace", project.urn("forced")));

        // It fails once the new half of the replacement is there: it needs its output.
        const args = { userPoolId: poolOf("half"), domain: "absent.example.com", managedLoginVersion: 2 };
        await project.declare(...kept, partlyGoes, { name: "absent", args });
        failed(await project.up("--replace", project.urn("half")));

        await project.declare(...kept);
        last = succeeded(await project.up());
        urns = JSON.parse(await project.export()).deployment.resources.map(({ urn }: { urn: string }) => urn);
    });

    const isInState = (name: string) => urns.includes(stage.project.urn(name));

    function assertNothingRestored(name: string): void {
        assert.deepEqual(updates(stage.aws, `${name}.example.com`), []);
        assert.equal(stage.aws.domainOf(`${name}.example.com`)?.managedLoginVersion, 2);
    }

    it("restores nothing, with a warning, on a forced replace: the successor has the domain", () => {
        assertSays(second, /warning: forced\.example\.com: nothing was restored/);
        assertNothingRestored("forced");
        assert.ok(isInState("forced"));
    });

    it("restores nothing, with a warning, on a rename without an alias: the successor has the domain", () => {
        assertSays(second, /warning: renamed\.example\.com: nothing was restored/);
        assertNothingRestored("renamed");
        assert.ok(isInState("renamed-anew"));
    });

    it("restores nothing where a resource was renamed under --target before a full up", () => {
        assertSays(second, /warning: targeted\.example\.com: nothing was restored/);
        assertNothingRestored("targeted");
        assert.ok(!isInState("targeted"));
    });

    it("restores nothing where the old half of a replacement is deleted by a later up", () => {
        assertSays(last, /warning: half\.example\.com: nothing was restored/);
        assertNothingRestored("half");
    });

    it("restores nothing where one of two resources about one domain is removed", () => {
        assertNothingRestored("twins");
        assert.ok(!isInState("twin"));
    });

    it("restores, of one of two resources about one domain, only what the other does not manage", () => {
        assertSays(last, /warning: partly\.example\.com: not restored: managedLoginVersion: the program still/);
        const { managedLoginVersion, securityPolicy } = stage.aws.domainOf("partly.example.com") ?? {};
        assert.deepEqual([managedLoginVersion, securityPolicy], [2, "TLS_V1_2_2021"]);
    });

    it("prints no stack trace, no credential and nothing undefined", () => {
        assertTidy(second);
        assertTidy(last);
    });
});
