import assert from "node:assert/strict";
import type { Emulator } from "../emulator";
import { days, EXPIRED } from "../support/certificates";
import type { Run } from "./support/cli";
import { endUpdates, mayNotBeDescribed } from "./support/domainFaults";
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
    outside?: Parameters<Emulator["patchDomain"]>[1];
}

/** The scenes; the first update of `open` is to fail. */
function scenesOn({ aws, domain }: Stage): Scene[] {
    const certificates = [1, 2, 3, 4].map(() => aws.certificate({ domainName: "*.example.com" }));
    const [old, theirs, next, shared] = certificates.map((certificateArn) => ({ certificateArn }));
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
    const correct = { onDrift: "correct" };
    const byTransform = resource("by-transform");
    // Two resources about one domain.
    const version = resource("shared", correct);
    const policy = { ...shared, securityPolicy: "TLS_V1_2_2021" };
    aws.patchDomain(domainOf("shared"), policy);
    const config = {
        name: "shared-config",
        args: { userPoolId: version.args.userPoolId, domain: domainOf("shared"), customDomainConfig: policy },
    };
    return [
        { first: resource("drifted"), outside: { managedLoginVersion: 1, securityPolicy: "TLS_V1_3_2025" } },
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
        { first: resource("corrected", correct), outside: { managedLoginVersion: 1 } },
        { first: resource("unpreviewed", { ...correct, preflight: "off" }), outside: { managedLoginVersion: 1 } },
        {
            first: byTransform,
            later: { ...byTransform, opts: { transform: correct } },
            outside: { managedLoginVersion: 1 },
        },
        {
            first: resource("corrected-ignored", correct, { ignoreChanges: ["managedLoginVersion"] }),
            outside: { managedLoginVersion: 1 },
        },
        { first: resource("steady", correct) },
        { first: resource("denied", correct) },
        { first: version, outside: { ...theirs, securityPolicy: "TLS_V1_3_2025" } },
        { first: config },
    ];
}

const CORRECTED = ["by-transform", "corrected", "unpreviewed"];
/** The resources that have a reason for an update, by what the program changed, or for a correction. */
const UPDATED = ["broken", ...CORRECTED, "certificate", "open", "setting"].sort();

describe("a change made outside Pulumi is in every preview, and stays until the program changes it or corrects it", () => {
    const open = stages();
    let aws: Emulator;
    let preview: Run;
    let up: Run;
    let sent: ReturnType<typeof updates>;
    let readsOf: (name: string) => number;
    let afterUp: (name: string) => number | undefined;

    before(async () => {
        const stage = await open();
        const { project } = stage;
        aws = stage.aws;
        const scenes = scenesOn(stage);
        endUpdates(aws, domainOf("open"), "failed");
        await project.declare(...scenes.map(({ first }) => first));
        const first = failed(await project.up("--continue-on-error"));
        assert.equal(timesSaid(first, "**creating failed**"), 1);

        for (const { first, outside } of scenes.filter((it) => it.outside)) {
            aws.patchDomain(domainOf(first.name), outside ?? {});
        }
        const { customDomainConfig } = (scenes.at(-1) as Scene).first.args;
        const { certificateArn } = customDomainConfig as { certificateArn: string };
        aws.patchCertificate(certificateArn, EXPIRED);
        await project.declare(...scenes.map((it) => it.later ?? it.first));
        aws.behaviour.faults = [];
        preview = succeeded(await project.preview());
        aws.behaviour.faults = [mayNotBeDescribed(domainOf("denied"))];
        aws.calls = [];
        up = succeeded(await project.up());
        aws.behaviour.faults = [];
        sent = updates(aws);
        const reads = aws.callsTo("DescribeUserPoolDomain").map(({ input }) => input.Domain);
        readsOf = (name) => reads.filter((it) => it === domainOf(name)).length;
        const versions = new Map(scenes.map((it) => [it.first.name, aws.domainOf(domainOf(it.first.name))]));
        afterUp = (name) => versions.get(name)?.managedLoginVersion;
        aws.patchCertificate(certificateArn, { status: "ISSUED", notAfter: days(100) });
        succeeded(await project.up("--refresh"));
    });

    const sentTo = (name: string) => sent.filter(({ Domain }) => Domain === domainOf(name));

    it("if the program is unchanged: a warning, no call by the update; `up --refresh` corrects it", () => {
        assertSays(
            warningsOf(preview, domainOf("drifted")),
            /managedLoginVersion: AWS has 1, the program says 2: changed outside Pulumi, .* It is left as it is\. To correct it, run `pulumi up --refresh`.*\[setting-drifted\]/,
        );
        // What the program does not manage does not drift.
        assertSaysNot(warningsOf(preview, domainOf("drifted")), "securityPolicy");
        assertSaysNot(preview, `${domainOf("ignored")}: `);
        assertSaysNot(preview, `${domainOf("drifted")}: managed login 1`);
        assert.deepEqual([readsOf("drifted"), afterUp("drifted")], [0, 1]);
        assert.equal(aws.domainOf(domainOf("drifted"))?.managedLoginVersion, 2);
        assertTidy(preview);
        assertTidy(up);
    });

    it("only resources with a reason are updated, in the preview and in the update", () => {
        assert.deepEqual(updatedIn(preview), UPDATED);
        assert.deepEqual(updatedIn(up), UPDATED);
        assert.deepEqual(sent.map(({ Domain }) => Domain).sort(), UPDATED.map(domainOf));
    });

    it("if the program changes another setting: stays, and is reported by the preview and the update", () => {
        for (const run of [preview, up]) {
            assertSays(run, /warning: setting\.example\.com: .*AWS has 1, the program says 2.*\[setting-drifted\]/);
        }
        assertSays(warningsOf(preview, domainOf("setting")), "left as it is, unless the last update did not complete");
        assertSays(preview, `${domainOf("setting")}: TLS policy TLS_V1_2_2021 -> TLS_V1_3_2025`);
        assert.equal(sentTo("setting")[0]?.ManagedLoginVersion, 1);
    });

    it("if the program changes that setting too: is replaced, and reported by the preview and the update", () => {
        for (const run of [preview, up]) {
            assertSays(
                run,
                /warning: certificate\.example\.com: .*was set outside Pulumi, .*; this update replaces it with .*\[overwrites-external-change\]/,
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

    it("of a domain whose last update failed: only an update with a reason, or --refresh, sends the settings again", () => {
        assertSays(warningsOf(preview, domainOf("failed")), /status FAILED\. Run `pulumi up --refresh`/);
        assertSays(
            preview,
            `${domainOf("broken")}: the settings are sent again, since the domain's last update failed`,
        );
        assertSaysNot(diagnosticsOf(up, "failed"), "FAILED");
        assert.equal(aws.domainOf(domainOf("failed"))?.status, "ACTIVE");
    });

    it('with onDrift "correct", by a transform or with preflight "off" too: is corrected as the preview shows', () => {
        assertSays(preview, /^corrected\.example\.com: managed login 1 -> 2 \(onDrift: "correct"\)/m);
        assertSays(preview, "by-transform.example.com: managed login 1 -> 2");
        assert.deepEqual(CORRECTED.map(afterUp), [2, 2, 2]);
        assert.equal(afterUp("corrected-ignored"), 1);
        assert.equal(readsOf("steady"), 1);
    });

    it('with onDrift "correct", if AWS may not be asked: a warning, and no failed update', () => {
        assertSays(
            up,
            /warning: denied\.example\.com: onDrift: AWS could not be asked for changes made outside Pulumi: /,
        );
    });

    it("of one of two resources about a domain: no reason to update, or to refuse, the other", () => {
        assertSays(warningsOf(preview, domainOf("shared")), "[setting-drifted]");
        assert.deepEqual(sentTo("shared"), []);
    });
});
