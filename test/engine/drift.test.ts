import assert from "node:assert/strict";
import type { Emulator } from "../emulator";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, assertTidy, diagnosticsOf, warningsOf } from "./support/expect";
import type { Declared } from "./support/program";
import { failed, succeeded } from "./support/project";
import { changed, domainOf, type Stage, stages } from "./support/stage";

/** A resource at first and later, and what is changed outside Pulumi in between. */
interface Scene {
    first: Declared;
    /** Default: unchanged. */
    later?: Declared;
    outside?: Parameters<Emulator["patchDomain"]>[1];
}

function scenesOn({ certificate, resource }: Stage): Scene[] {
    const [old, theirs, next] = [1, 2, 3].map(() => ({ certificateArn: certificate() }));
    const version1 = { managedLoginVersion: 1 };
    const correct = { onDrift: "correct" };
    const setting = resource("setting");
    const unrelated = resource("unrelated");
    const replaced = resource("replaced", { customDomainConfig: old }, {}, old);
    return [
        { first: resource("drifted"), outside: { ...version1, securityPolicy: "TLS_V1_3_2025" } },
        {
            first: resource(
                "ignored",
                { ...correct, customDomainConfig: old },
                { ignoreChanges: ["customDomainConfig"] },
            ),
            outside: { ...theirs },
        },
        { first: setting, later: changed(setting, { customDomainConfig: next }), outside: version1 },
        { first: unrelated, later: changed(unrelated, { waitTimeoutSeconds: 1800 }), outside: version1 },
        { first: replaced, later: changed(replaced, { customDomainConfig: next }), outside: { ...theirs } },
        { first: resource("corrected", correct), outside: version1 },
        { first: resource("unpreviewed", { ...correct, preflight: "off" }), outside: version1 },
        { first: resource("steady", correct) },
        { first: resource("gone") },
    ];
}

describe("a change made outside Pulumi is in every preview, and stays until the program changes it or corrects it", () => {
    const open = stages();
    let stage: Stage;
    let preview: Run;
    let up: Run;
    let readsOf: (name: string) => number;
    let versions: Record<string, number | undefined>;
    let refreshed: Run;

    before(async () => {
        stage = await open();
        const { aws, project } = stage;
        const scenes = scenesOn(stage);
        await project.declare(...scenes.map(({ first }) => first));
        succeeded(await project.up());
        for (const { first, outside } of scenes.filter((it) => it.outside)) {
            aws.patchDomain(domainOf(first.name), outside ?? {});
        }
        await project.declare(...scenes.map(({ first, later = first }) => later));
        preview = succeeded(await project.preview());
        aws.calls = [];
        up = succeeded(await project.up());
        const reads = aws.callsTo("DescribeUserPoolDomain").map(({ input }) => input.Domain);
        readsOf = (name) => reads.filter((it) => it === domainOf(name)).length;
        versions = Object.fromEntries(
            scenes.map(({ first: { name } }) => [name, stage.settings(name).managedLoginVersion]),
        );
        aws.removeDomain(domainOf("gone"));
        refreshed = failed(await project.up("--refresh", "--continue-on-error"));
    });

    it("if the program is unchanged: a warning, no call by the update; `up --refresh` corrects it", () => {
        assertSays(
            warningsOf(preview, domainOf("drifted")),
            /managedLoginVersion: AWS has 1, the program says 2: changed outside Pulumi, .* It is left as it is\. To restore the program's value, run `pulumi up --refresh`.*\[setting-drifted\]/,
        );
        // What the program does not manage does not drift.
        assertSaysNot(warningsOf(preview, domainOf("drifted")), "securityPolicy");
        assertSaysNot(preview, `${domainOf("ignored")}: `, `${domainOf("drifted")}: managed login 1`);
        assert.deepEqual([readsOf("drifted"), versions.drifted], [0, 1]);
        const { managedLoginVersion, securityPolicy } = stage.settings("drifted");
        assert.deepEqual([managedLoginVersion, securityPolicy], [2, "TLS_V1_3_2025"]);
        assertTidy(preview);
        assertTidy(up);
    });

    it("if the program changes something else: stays, and is reported by the preview and the update", () => {
        const told = (name: string) =>
            new RegExp(`warning: ${name}\\.example\\.com: .*AWS has 1, the program says 2.*\\[setting-drifted\\]`);
        assertSays(preview, told("setting"), told("unrelated"));
        assertSays(up, told("setting"));
        assert.deepEqual([versions.setting, versions.unrelated], [1, 1]);
    });

    it("if the program changes that setting too: is replaced, and reported by the preview and the update", () => {
        for (const run of [preview, up]) {
            assertSays(
                run,
                /warning: replaced\.example\.com: .*was set outside Pulumi.*\[overwrites-external-change\]/,
            );
        }
    });

    it('with onDrift "correct", with preflight "off" too: is corrected as the preview shows', () => {
        assertSays(preview, /^corrected\.example\.com: managed login 1 -> 2 \(onDrift: "correct"\)/m);
        assert.deepEqual([versions.corrected, versions.unpreviewed], [2, 2]);
        assert.equal(readsOf("steady"), 1);
    });

    it("if the domain is gone: a refresh drops the resource, and the update refuses to manage it", async () => {
        assertSays(diagnosticsOf(refreshed, "gone"), "[domain-not-found]", "has no domain gone.example.com");
        assert.equal(await stage.project.state("gone"), undefined);
    });
});
