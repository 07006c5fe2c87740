import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { endUpdates } from "./support/domainFaults";
import { assertSays, assertSaysNot, diagnosticsOf, updates } from "./support/expect";
import { outputOf } from "./support/program";
import { failed, succeeded } from "./support/project";
import { type Stage, stages } from "./support/stage";

describe("destroy, after a change of the program", () => {
    const open = stages();
    let stage: Stage;
    let up: Run;
    /** Before the destroy. */
    let versionOfMoved: number | undefined;
    let updatesOfOwned: string[];

    before(async () => {
        stage = await open();
        const { aws, project, domain, userPoolId } = stage;
        const restored = (name: string) => ({
            ...domain({ version: 1 }, `${name}.example.com`),
            managedLoginVersion: 2,
            onDelete: "restore",
        });
        const [moved, renamed] = [restored("moved"), restored("renamed")];
        domain({ version: 1 }, "old.example.com");
        domain({ version: 1 }, "new.example.com");
        const owner = (makes: string) => ({ name: "owner", makes, deleteBeforeReplace: true });
        const owned = {
            name: "owned",
            args: { userPoolId, domain: outputOf("owner"), managedLoginVersion: 2, onDelete: "restore" },
            opts: { ownedBy: "owner" },
        };
        await project.declare(
            { name: "moved", args: moved },
            { name: "renamed", args: renamed },
            owner("old.example.com"),
            owned,
        );
        succeeded(await project.up());

        await project.declare(
            { name: "moved", args: { ...moved, region: "us-east-2" } },
            { name: "renamed-anew", args: renamed, opts: { aliases: [{ name: "renamed" }] } },
            owner("new.example.com"),
            owned,
        );
        aws.calls = [];
        up = succeeded(await project.up());
        versionOfMoved = aws.domainOf("moved.example.com")?.managedLoginVersion;
        updatesOfOwned = updatedOwned();
        succeeded(await project.destroy());
    });

    const updatedOwned = () =>
        updates(stage.aws)
            .map(({ Domain }) => String(Domain))
            .filter((name) => ["old.example.com", "new.example.com"].includes(name));

    it("keeps the restore point of a custom domain that is asked for in a replica's Region from now on", () => {
        assert.equal(versionOfMoved, 2);
        assert.equal(stage.aws.domainOf("moved.example.com")?.managedLoginVersion, 1);
    });

    it("keeps the restore point over a rename with an alias", () => {
        assertSaysNot(up, /warning:.*renamed/);
        assertSaysNot(diagnosticsOf(up, "renamed-anew"), "warning:");
        assert.equal(stage.aws.domainOf("renamed.example.com")?.managedLoginVersion, 1);
    });

    it("writes nothing to a domain that its owner replaces (replaceWith, deletedWith)", () => {
        assert.deepEqual(updatesOfOwned, ["new.example.com"]);
        assert.deepEqual(updatedOwned(), ["new.example.com"], "destroyed together with its owner");
    });
});

describe("destroy, after an update that AWS has given up", () => {
    const open = stages();
    let stage: Stage;
    let certificates: string[];
    let up: Run;
    /** After the update that failed. */
    let attached: Record<string, string | undefined>;

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        certificates = [1, 2, 3].map(() => aws.certificate({ domainName: "*.example.com" }));
        const [first, second, third] = certificates;
        const custom = (onFailure: string) => ({
            ...domain({ certificateArn: first }, `${onFailure}.example.com`),
            onDelete: "restore",
            onFailure,
        });
        const [keep, rollback] = [custom("keep"), custom("rollback")];
        const sent = {
            ...domain({ version: 1, securityPolicy: "TLS_V1" }, "sent.example.com"),
            onDelete: "restore",
            wait: "none",
        };
        const declare = (certificateArn: string | undefined, securityPolicy: string) =>
            project.declare(
                { name: "keep", args: { ...keep, customDomainConfig: { certificateArn } } },
                { name: "rollback", args: { ...rollback, customDomainConfig: { certificateArn } } },
                { name: "sent", args: { ...sent, customDomainConfig: { securityPolicy } } },
            );
        await declare(second, "TLS_V1_2_2021");
        succeeded(await project.up());
        aws.patchDomain("sent.example.com", { status: "ACTIVE", securityPolicy: "TLS_V1_2_2021" });

        endUpdates(aws, "keep.example.com", "failed");
        endUpdates(aws, "rollback.example.com", "failed", "active");
        endUpdates(aws, "sent.example.com", "failed");
        await declare(third, "TLS_V1_3_2025");
        up = failed(await project.up("--continue-on-error"));
        attached = attachedNow();
        succeeded(await project.destroy());
    });

    const attachedNow = () =>
        Object.fromEntries(
            ["keep", "rollback"].map((name) => [name, stage.aws.domainOf(`${name}.example.com`)?.certificateArn]),
        );

    for (const onFailure of ["keep", "rollback"]) {
        it(`restores over what an earlier update had put in force, with onFailure: ${onFailure}`, () => {
            const [first, second] = certificates;
            assertSays(diagnosticsOf(up, onFailure), "error:");
            assert.equal(attached[onFailure], second);
            assert.equal(attachedNow()[onFailure], first);
        });
    }

    it('restores what wait: "none" has sent, and what AWS has given up of it', () => {
        assertSaysNot(diagnosticsOf(up, "sent"), "error:");
        assert.equal(stage.aws.domainOf("sent.example.com")?.securityPolicy, "TLS_V1");
    });
});

describe("destroy, after an update that timed out, or timing out itself", () => {
    const open = stages();
    /** The managed login that the refresh finds, and how many updates the destroy then sends. */
    const LATE = { "not-arrived": { found: 1, restores: 0 }, arrived: { found: 2, restores: 1 } };
    let stage: Stage;
    let up: Run;
    let destroy: Run;

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        const late = Object.keys(LATE);
        const declared = (name: string, waitTimeoutSeconds: number) => ({
            name,
            args: {
                ...domain({ version: 1 }, `${name}.example.com`),
                managedLoginVersion: 2,
                onDelete: "restore",
                waitTimeoutSeconds,
            },
        });
        for (const name of late) {
            endUpdates(aws, `${name}.example.com`, "never");
        }
        await project.declare(...late.map((name) => declared(name, 1)), declared("stuck", 3));
        up = failed(await project.up("--continue-on-error"));

        for (const [name, { found }] of Object.entries(LATE)) {
            aws.patchDomain(`${name}.example.com`, { managedLoginVersion: found, status: "ACTIVE" });
        }
        succeeded(await project.refresh(...late.flatMap((name) => ["--target", project.urn(name)])));

        for (const name of late) {
            aws.patchDomain(`${name}.example.com`, { managedLoginVersion: 2 });
        }
        endUpdates(aws, "stuck.example.com", "never");
        aws.calls = [];
        destroy = failed(await project.destroy("--continue-on-error"));
    });

    for (const [name, { restores }] of Object.entries(LATE)) {
        it(`restores over an update that timed out only what had arrived by the refresh after it: ${name}`, () => {
            assertSays(diagnosticsOf(up, name), "1 s");
            assertSaysNot(diagnosticsOf(destroy, name), "error:");
            assert.equal(updates(stage.aws, `${name}.example.com`).length, restores);
        });
    }

    it("says what to run where a restore was not seen to its end", () => {
        assertSaysNot(diagnosticsOf(up, "stuck"), "error:");
        assertSays(
            diagnosticsOf(destroy, "stuck"),
            "it is not known whether the old settings were put back (onDelete)",
            "Run the same command again: it looks again and finishes the job. To keep the resource instead, run `pulumi up --refresh`",
        );
    });
});
