import assert from "node:assert/strict";
import { DEFAULT_ACCOUNT, type DomainSettings } from "../emulator";
import { EXPIRED } from "../support/certificates";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, diagnosticsOf } from "./support/expect";
import { type Declaration, outputOf, poolOf } from "./support/program";
import { succeeded } from "./support/project";
import { changed, domainOf, type Stage, stages, withCertificate } from "./support/stage";

/** A resource, with those that it depends on. */
interface Scene {
    name: string;
    /** What an earlier update declares; nothing if the resource is new in the preview. */
    earlier?: Declaration[];
    now: Declaration[];
    /** What the preview says about the resource. */
    says: (string | RegExp)[];
    /** What AWS has in the end. Default: version 2. */
    ends?: DomainSettings;
}

/** The certificate `expired` is attached, and expires before the preview. The domain `absent` is created after it. */
function scenesOn({ aws, certificate, resource, userPoolId }: Stage, expired: string): Scene[] {
    const made = withCertificate(outputOf("certificate"));
    const next = certificate();
    const bad = aws.certificate({ domainName: "www.example.org" });
    const chained = resource("chained");
    const ignoring = resource("ignoring", {}, { ignoreChanges: ["customDomainConfig.certificateArn"] });
    const rotated = resource("rotated", made, {}, { certificateArn: expired });
    const emergency = resource("emergency", {}, {}, { certificateArn: expired });
    return [
        {
            // Pool, domain, certificate and settings in one program.
            name: "unknown",
            now: [
                { name: "pool", makes: userPoolId },
                { name: "domain", makes: domainOf("unknown") },
                resource("unknown", { userPoolId: outputOf("pool"), domain: outputOf("domain"), ...made }),
            ],
            says: [
                "unknown: not known yet, so checked by the update: userPoolId, domain, customDomainConfig.certificateArn",
            ],
        },
        {
            // A domain that a transform makes unknown: so are the outputs.
            name: "transformed",
            now: [
                { name: "moved", makes: domainOf("transformed") },
                changed(
                    resource("transformed"),
                    { domain: "other.example.com" },
                    { transform: { domain: outputOf("moved") } },
                ),
            ],
            says: ["transformed: not known yet, so checked by the update: domain"],
        },
        {
            // An identity that is not wholly known.
            name: "identity",
            now: [
                { name: "account", makes: DEFAULT_ACCOUNT },
                resource("identity", { aws: { allowedAccountIds: [outputOf("account")] } }),
            ],
            says: [": not known yet, so checked by the update: aws.allowedAccountIds[0]"],
        },
        {
            // Arguments from the outputs of other settings: neither waits for the other for ever.
            name: "second",
            now: [chained, resource("second", { userPoolId: poolOf("chained") })],
            says: ["managed login 1 -> 2"],
        },
        {
            // A domain that does not exist yet, if dependsOn says who may create it.
            name: "absent",
            now: [resource("absent", {}, { dependsOn: "domain" })],
            says: [/^ +warning: /m, "[domain-not-found]"],
        },
        {
            // A bad certificate under ignoreChanges.
            name: "ignoring",
            earlier: [ignoring],
            now: [changed(ignoring, withCertificate(bad))],
            says: [],
        },
        {
            // A rotation from an expired certificate to one that the program makes.
            name: "rotated",
            earlier: [{ name: "certificate", makes: expired }, rotated],
            now: [{ name: "certificate", makes: next }, rotated],
            says: [": not known yet: customDomainConfig.certificateArn"],
            ends: { managedLoginVersion: 2, certificateArn: next },
        },
        {
            // A change back to version 1 while the attached certificate has expired: AWS decides.
            name: "emergency",
            earlier: [emergency],
            now: [changed(emergency, { managedLoginVersion: 1 })],
            says: [/^ +warning: /m, "[certificate-expired]", "managed login 2 -> 1"],
            ends: { managedLoginVersion: 1 },
        },
    ];
}

describe("a preview does not refuse what the up may do", () => {
    const open = stages();
    let stage: Stage;
    let scenes: Scene[];
    let preview: Run;
    /** The calls of that preview, each as JSON. */
    let asked: string[];

    before(async () => {
        stage = await open();
        const { aws, project, userPoolId } = stage;
        aws.behaviour.certificateInForce = "trusted";
        const expired = stage.certificate();
        scenes = scenesOn(stage, expired);
        await project.declare(...scenes.flatMap(({ earlier }) => earlier ?? []));
        succeeded(await project.up());
        aws.patchCertificate(expired, EXPIRED);
        aws.removeDomain(domainOf("absent"));
        const made = scenes.flatMap(({ now }) => now).sort((a, b) => Number("makes" in b) - Number("makes" in a));
        await project.declare(...made);
        aws.calls = [];
        preview = succeeded(await project.preview("--diff=false"));
        asked = aws.calls.map(({ input }) => JSON.stringify(input));
        aws.domain({ userPoolId, domain: domainOf("absent"), version: 1 });
        succeeded(await project.up());
    });

    it("but says what it does not know yet, and warns of what may have changed until then", () => {
        for (const { name, says, ends = { managedLoginVersion: 2 } } of scenes) {
            const own = diagnosticsOf(preview, name);
            assertSays(own, ...says);
            assertSaysNot(own, /^ +error: /m);
            assert.deepEqual({ ...stage.settings(name), ...ends }, stage.settings(name), name);
        }
        assertSays(preview, /transformed: \{\n.*baseUrl +: \[unknown\]/);
        assertSaysNot(diagnosticsOf(preview, "ignoring"), "[certificate-name-mismatch]");
        assert.deepEqual(stage.sentTo("ignoring"), []);
    });

    it("nothing is asked of AWS about what is not known yet", () => {
        const isAskedAbout = (name: string) => asked.some((input) => input.includes(domainOf(name)));
        assert.deepEqual(["unknown", "identity", "second"].map(isAskedAbout), [false, false, true]);
    });
});
