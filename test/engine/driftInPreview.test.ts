import assert from "node:assert/strict";
import type { Emulator } from "../emulator";
import type { Run } from "./support/cli";
import { endUpdates, showsNewValues } from "./support/domainFaults";
import {
    assertSays,
    assertSaysNot,
    assertTidy,
    callsOf,
    diagnosticsOf,
    updatedIn,
    updates,
    warningsOf,
} from "./support/expect";
import type { Declared } from "./support/program";
import { failed, type Project, succeeded } from "./support/project";
import { domainOf, type Stage, stages } from "./support/stage";

/** A preview that fails on warnings, of a program that declares this resource alone. */
async function strictPreview(project: Project, declared: Declared): Promise<Run> {
    await project.declare(declared);
    project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "true";
    const preview = await project.preview();
    delete project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT;
    return preview;
}

describe("drift, in previews and updates: of an unchanged program", () => {
    const open = stages();
    let aws: Emulator;
    let firstUpdates: ReturnType<typeof updates>;
    let preview: Run;
    let up: Run;
    let callsOfUp: string[];
    let strict: Run;
    let previewOfChange: Run;

    before(async () => {
        const stage = await open();
        const { project, domain } = stage;
        aws = stage.aws;
        const resource = (name: string, args: Declared["args"] = {}) => ({
            name,
            args: { ...domain({ version: 1 }, domainOf(name)), managedLoginVersion: 2, ...args },
        });
        const drifted = resource("drifted");
        const accepted = [resource("old-view", { wait: "none" }), resource("new-view", { wait: "none" })];
        const broken = resource("broken");
        await project.declare(drifted, ...accepted, broken);
        aws.behaviour.faults = [showsNewValues(domainOf("new-view"))];
        succeeded(await project.up());
        aws.behaviour.faults = [];
        firstUpdates = updates(aws);

        aws.patchDomain(domainOf("drifted"), { managedLoginVersion: 1, securityPolicy: "TLS_V1_3_2025" });
        aws.patchDomain(domainOf("old-view"), { status: "ACTIVE", managedLoginVersion: 1 });
        aws.patchDomain(domainOf("new-view"), { status: "ACTIVE", managedLoginVersion: 1 });
        aws.patchDomain(domainOf("broken"), { status: "FAILED" });
        preview = succeeded(await project.preview());
        callsOfUp = await callsOf(aws, async () => {
            up = succeeded(await project.up());
        });
        strict = failed(await strictPreview(project, drifted));

        await project.declare(drifted, ...accepted, { ...broken, args: { ...broken.args, waitTimeoutSeconds: 100 } });
        previewOfChange = succeeded(await project.preview());
        aws.calls = [];
        succeeded(await project.up("--refresh"));
    });

    it("is said in the preview, left by the update, strict fails on it, and --refresh puts it back", () => {
        const warnings = warningsOf(preview, "drifted");
        assertSays(
            warnings,
            /managed login 2 was changed to 1 outside of Pulumi, and this update leaves it.*\[setting-drifted\]/,
        );
        // Pulumi says it already.
        assertSaysNot(warnings, /warning:.*\n.*warning:/);
        // What the program does not manage does not drift, and nothing is planned.
        assertSaysNot(preview, "customDomainConfig.securityPolicy", "->");
        assert.deepEqual(updatedIn(preview), []);
        assertTidy(preview);
        assertSays(up, "5 unchanged");
        assert.deepEqual(callsOfUp, []);
        assertSays(strict, /warnings fail this preview, which is strict.*\n.*\[setting-drifted\]/);
        assert.equal(aws.domainOf(domainOf("drifted"))?.managedLoginVersion, 2);
    });

    for (const view of ["old", "new"]) {
        it(`after wait: "none" is said and left, as any other: what AWS has accepted is not sent again, ${view} view`, () => {
            assertSays(warningsOf(preview, `${view}-view`), "[setting-drifted]");
            assertSays(up, "5 unchanged");
            assert.equal(firstUpdates.filter(({ Domain }) => Domain === domainOf(`${view}-view`)).length, 1);
            assert.deepEqual(callsOfUp, []);
        });
    }

    it("of a domain whose last update failed: an unchanged program mends nothing, and says what does", () => {
        assertSays(warningsOf(preview, "broken"), /status FAILED\. Send the settings again with `pulumi up --refresh`/);
        assert.deepEqual(callsOfUp, []);
        // An update that comes anyway sends them.
        assertSays(previewOfChange, `${domainOf("broken")}: the settings are sent again as they are`);
        assert.equal(updates(aws, domainOf("broken")).length, 1);
    });
});

/** A resource at first and after a change of the program, and what somebody changes in between. */
interface Scene {
    first: Declared;
    byHand: Parameters<Emulator["patchDomain"]>[1];
    later: Declared;
}

describe("drift, in previews and updates: where an update comes anyway", () => {
    const open = stages();
    let aws: Emulator;
    let firstUp: Run;
    let preview: Run;
    let strict: Run;

    before(async () => {
        const stage = await open();
        const { project } = stage;
        aws = stage.aws;
        const resumed = goesOnWithAFailedUpdate(stage, "resumed");
        const scenes = [
            changesASetting(stage, "setting"),
            changesAnArgument(stage, "argument", { waitTimeoutSeconds: 100 }),
            changesAnArgument(stage, "ignored", { onDelete: "restore", onDrift: "correct" }, "managedLoginVersion"),
            resumed,
        ];
        endUpdates(aws, domainOf("resumed"), "failed");
        await project.declare(...scenes.map(({ first }) => first));
        firstUp = failed(await project.up("--continue-on-error"));
        aws.behaviour.faults = [];

        for (const { first, byHand } of scenes) {
            aws.patchDomain(domainOf(first.name), byHand);
        }
        await project.declare(...scenes.map(({ later }) => later));
        preview = succeeded(await project.preview());
        strict = failed(await strictPreview(project, resumed.later));
        await project.declare(...scenes.map(({ later }) => later));
        succeeded(await project.up());
    });

    function changesASetting({ domain }: Stage, name: string): Scene {
        const args = { ...domain({ version: 1 }, domainOf(name)), managedLoginVersion: 2 };
        return {
            first: { name, args },
            byHand: { managedLoginVersion: 1 },
            later: { name, args: { ...args, customDomainConfig: { securityPolicy: "TLS_V1_3_2025" } } },
        };
    }

    it("is undone by an update that comes anyway, and the preview says so", () => {
        assertSays(
            preview,
            `${domainOf("setting")} was changed outside of Pulumi: managed login 1, where Pulumi had set 2. This update undoes it.`,
            `${domainOf("setting")}: managed login 1 -> 2`,
        );
        assert.equal(aws.domainOf(domainOf("setting"))?.managedLoginVersion, 2);
    });

    function changesAnArgument(
        { aws, domain }: Stage,
        name: string,
        changed: Declared["args"],
        ...ignored: string[]
    ): Scene {
        const [old, theirs] = [1, 2].map(() => aws.certificate({ domainName: domainOf(name) })) as [string, string];
        const named = domain({ certificateArn: old }, domainOf(name));
        const args = { ...named, managedLoginVersion: 2, customDomainConfig: { certificateArn: old } };
        const ignoreChanges = ["customDomainConfig.certificateArn"];
        return {
            first: { name, args, opts: { ignoreChanges } },
            byHand: { managedLoginVersion: 1, certificateArn: theirs },
            later: { name, args: { ...args, ...changed }, opts: { ignoreChanges: [...ignoreChanges, ...ignored] } },
        };
    }

    for (const [name, what] of Object.entries({
        argument: "of our own arguments alone",
        ignored: "of our own arguments alone, where ignoreChanges covers all that was changed",
    })) {
        it(`is said of every update that would undo it: ${what}`, () => {
            assertSays(
                preview,
                new RegExp(
                    `${domainOf(name)} was changed outside of Pulumi: managed login 1, where Pulumi had set 2; certificate .*This update undoes`,
                ),
            );
        });
    }

    function goesOnWithAFailedUpdate({ domain }: Stage, name: string): Scene {
        const named = domain({ version: 1, securityPolicy: "TLS_V1_2_2021" }, domainOf(name));
        const args = { ...named, managedLoginVersion: 1, customDomainConfig: { securityPolicy: "TLS_V1_3_2025" } };
        return {
            first: { name, args },
            byHand: { status: "ACTIVE", managedLoginVersion: 2 },
            later: { name, args },
        };
    }

    it("is said of an update that goes on with a failed one, and strict says nothing else", () => {
        assertSays(diagnosticsOf(firstUp, "resumed"), "AWS accepted the update, then it failed");
        assertSays(
            preview,
            /resumed\.example\.com was changed .*managed login 2, where Pulumi had set 1.*This update undoes it/,
        );
        assertSays(strict, "[setting-drifted]");
        assertSaysNot(strict, "this update leaves it");
        assert.equal(aws.domainOf(domainOf("resumed"))?.managedLoginVersion, 1);
    });
});
