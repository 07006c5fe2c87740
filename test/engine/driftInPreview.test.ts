import assert from "node:assert/strict";
import type { Emulator } from "../emulator";
import type { Run } from "./support/cli";
import { endUpdates } from "./support/domainFaults";
import {
    assertSays,
    assertSaysNot,
    assertTidy,
    diagnosticsOf,
    timesSaid,
    updatedIn,
    updates,
    warningsOf,
} from "./support/expect";
import type { Declared } from "./support/program";
import { failed, succeeded } from "./support/project";
import { domainOf, type Stage, stages } from "./support/stage";

/** A resource at first and later, and what is changed outside Pulumi in between. */
interface Scene {
    first: Declared;
    /** Default: unchanged. */
    later?: Declared;
    outside: Parameters<Emulator["patchDomain"]>[1];
}

/** The scenes; the first update of `open` is to fail. */
function scenesOn({ aws, domain }: Stage): Scene[] {
    const certificates = [1, 2, 3].map(() => aws.certificate({ domainName: "*.example.com" })) as [
        string,
        string,
        string,
    ];
    const [old, theirs, next] = certificates.map((certificateArn) => ({ certificateArn }));
    const resource = (name: string, args: Declared["args"] = {}, opts?: Declared["opts"]): Declared => ({
        name,
        args: {
            ...domain({ version: 1, securityPolicy: "TLS_V1_2_2021", ...old }, domainOf(name)),
            managedLoginVersion: 2,
            ...args,
        },
        opts,
    });
    const and = (declared: Declared, more: Declared["args"]): Declared => ({
        ...declared,
        args: { ...declared.args, ...more },
    });
    const setting = resource("setting");
    const certificate = resource("certificate", { customDomainConfig: old });
    const broken = resource("broken");
    return [
        { first: resource("drifted"), outside: { managedLoginVersion: 1, securityPolicy: "TLS_V1_3_2025" } },
        { first: resource("accepted", { wait: "none" }), outside: { status: "ACTIVE", managedLoginVersion: 1 } },
        {
            first: resource("ignored", { customDomainConfig: old }, { ignoreChanges: ["customDomainConfig"] }),
            outside: { ...theirs },
        },
        { first: resource("failed"), outside: { status: "FAILED" } },
        { first: broken, later: and(broken, { onDelete: "restore" }), outside: { status: "FAILED" } },
        {
            first: setting,
            later: and(setting, { customDomainConfig: { securityPolicy: "TLS_V1_3_2025" } }),
            outside: { managedLoginVersion: 1 },
        },
        { first: certificate, later: and(certificate, { customDomainConfig: next }), outside: { ...theirs } },
        {
            first: resource("open", {
                managedLoginVersion: 1,
                customDomainConfig: { securityPolicy: "TLS_V1_3_2025" },
            }),
            outside: { status: "ACTIVE", managedLoginVersion: 2 },
        },
    ];
}

describe("changes made outside Pulumi, in previews and updates", () => {
    const open = stages();
    let aws: Emulator;
    let preview: Run;
    let up: Run;
    let sent: ReturnType<typeof updates>;
    let callsOfDrifted: number;
    let afterUp: number | undefined;
    let strict: Run;

    before(async () => {
        const stage = await open();
        const { project } = stage;
        aws = stage.aws;
        const scenes = scenesOn(stage);
        endUpdates(aws, domainOf("open"), "failed");
        await project.declare(...scenes.map(({ first }) => first));
        const first = failed(await project.up("--continue-on-error"));
        assert.equal(timesSaid(first, "**creating failed**"), 1);
        aws.behaviour.faults = [];

        for (const { first, outside } of scenes) {
            aws.patchDomain(domainOf(first.name), outside);
        }
        const later = scenes.map((it) => it.later ?? it.first);
        await project.declare(...later);
        preview = succeeded(await project.preview());
        aws.calls = [];
        up = succeeded(await project.up());
        sent = updates(aws);
        callsOfDrifted = aws.calls.filter(({ input }) => input.Domain === domainOf("drifted")).length;
        afterUp = aws.domainOf(domainOf("drifted"))?.managedLoginVersion;

        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "true";
        strict = failed(await project.preview());
        delete project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT;
        succeeded(await project.up("--refresh"));
    });

    const sentTo = (name: string) => sent.filter(({ Domain }) => Domain === domainOf(name));

    it("of an unchanged program: a warning, left by the update; strict refuses it, and --refresh corrects it", () => {
        const warning = warningsOf(preview, domainOf("drifted"));
        assertSays(
            warning,
            /managed login: AWS has 1, the program says 2: changed outside Pulumi, .* It is left as it is\. To correct it, run `pulumi up --refresh`.*\[setting-drifted\]/,
        );
        assertSays(warningsOf(preview, domainOf("accepted")), "[setting-drifted]");
        // What the program does not manage does not drift.
        assertSaysNot(
            preview,
            "securityPolicy: TLS policy",
            `${domainOf("ignored")}: `,
            `${domainOf("drifted")}: managed login 1`,
        );
        assertTidy(preview);
        assert.deepEqual([callsOfDrifted, afterUp], [0, 1]);
        assertSays(strict, /^error: drifted\.example\.com: .*\[setting-drifted\]/m);
        assert.equal(aws.domainOf(domainOf("drifted"))?.managedLoginVersion, 2);
    });

    it("only resources with a reason are updated, in the preview and in the update", () => {
        const updated = ["broken", "certificate", "open", "setting"];
        assert.deepEqual(updatedIn(preview), updated);
        assert.deepEqual(updatedIn(up), updated);
        assert.deepEqual(sent.map(({ Domain }) => Domain).sort(), updated.map(domainOf));
    });

    it("of a setting that the program did not change stay, whatever else is deployed", () => {
        for (const run of [preview, up]) {
            assertSays(run, /warning: setting\.example\.com: .*AWS has 1, the program says 2.*\[setting-drifted\]/);
        }
        assertSays(warningsOf(preview, domainOf("setting")), "left as it is, unless the last update did not complete");
        assertSays(preview, `${domainOf("setting")}: TLS policy TLS_V1_2_2021 -> TLS_V1_3_2025`);
        assert.equal(sentTo("setting")[0]?.ManagedLoginVersion, 1);
    });

    it("of a setting that the program changed too are replaced, and the preview and the update report it", () => {
        for (const run of [preview, up]) {
            assertSays(
                run,
                /warning: certificate\.example\.com: .*was set outside Pulumi; this update replaces it with .*\[overwrites-external-change\]/,
            );
        }
    });

    it("after an update that did not complete: the next one sends all that the program names, and says why", () => {
        assertSays(
            preview,
            /^open\.example\.com: managed login 2 -> 1; TLS policy TLS_V1_2_2021 -> TLS_V1_3_2025 \(the last update did not complete\)/m,
        );
        assertSaysNot(warningsOf(preview, domainOf("open")), "[setting-drifted]");
        const { managedLoginVersion, securityPolicy } = aws.domainOf(domainOf("open")) ?? {};
        assert.deepEqual([managedLoginVersion, securityPolicy], [1, "TLS_V1_3_2025"]);
    });

    it("of a domain whose last update failed: only an update that has a reason, or --refresh, sends the settings again", () => {
        assertSays(warningsOf(preview, domainOf("failed")), /status FAILED\. Run `pulumi up --refresh`/);
        assertSays(
            preview,
            `${domainOf("broken")}: the settings are sent again, since the domain's last update failed`,
        );
        assertSaysNot(diagnosticsOf(up, "failed"), "FAILED");
        assert.equal(aws.domainOf(domainOf("failed"))?.status, "ACTIVE");
    });
});
