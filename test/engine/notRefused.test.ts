import assert from "node:assert/strict";
import { join } from "node:path";
import { DEFAULT_ACCOUNT } from "../emulator";
import { days, EXPIRED } from "../support/certificates";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, diagnosticsOf, stackDiagnosticsOf, timesSaid, updates } from "./support/expect";
import { type Declaration, type Declared, outputOf, poolOf } from "./support/program";
import { failed, succeeded } from "./support/project";
import { domainOf, REGION, type Stage, stages } from "./support/stage";

/** One resource, or a few, in an update, a preview, and the update that follows. The domain is `<name>.example.com`. */
interface Scene {
    name: string;
    /** What the program declares in the first update; nothing if the resource is new in the preview. */
    earlier?: Declaration[];
    /** What is declared in the preview and afterwards. */
    now: Declaration[];
    /** What happens in AWS before the preview. */
    beforePreview?(): void;
    /** What happens in AWS after an update that came too early; without it, the first one succeeds. */
    afterRefusal?(): void;
    /** What holds at the end; `own` is what the preview said about the resource. */
    holds(own: Run): void;
}

const PENDING = { status: "PENDING_VALIDATION" } as const;

/** Everything is new, or comes from other resources of the program. */
function newScenes({ aws, domain, userPoolId }: Stage): Scene[] {
    const attached = aws.certificate({ domainName: "*.example.com" });
    const next = aws.certificate({ domainName: "*.example.com", notAfter: new Date("2027-03-01") });
    const pending = aws.certificate({ domainName: "*.example.com", ...PENDING });
    const version2 = (name: string, args: Declared["args"] = {}): Declared => ({
        name,
        args: {
            ...domain({ version: 1, certificateArn: attached, securityPolicy: "TLS_V1_2_2021" }, domainOf(name)),
            managedLoginVersion: 2,
            ...args,
        },
    });
    const isAt2 = (name: string) => assert.equal(aws.domainOf(domainOf(name))?.managedLoginVersion, 2, name);
    const otherPool = aws.userPool({ region: REGION });
    aws.domain({ userPoolId: otherPool, domain: domainOf("chained"), managedLoginVersion: 1 });
    aws.domain({ userPoolId: otherPool, domain: "my-prefix", managedLoginVersion: 1 });
    const unknown = { userPoolId: outputOf("pool"), domain: outputOf("domain") };
    return [
        {
            name: "unknown",
            now: [
                { name: "pool", makes: userPoolId },
                { name: "domain", makes: domainOf("unknown") },
                { name: "certificate", makes: next },
                version2("unknown", {
                    ...unknown,
                    customDomainConfig: { certificateArn: outputOf("certificate") },
                }),
            ],
            holds: (own) => {
                const arguments_ = "userPoolId, domain, customDomainConfig.certificateArn";
                assertSays(own, `unknown: not known yet, so checked by the update: ${arguments_}`);
                isAt2("unknown");
            },
        },
        {
            name: "identity",
            now: [
                { name: "account", makes: DEFAULT_ACCOUNT },
                version2("identity", { aws: { allowedAccountIds: [outputOf("account")] } }),
            ],
            holds: (own) => {
                assertSays(own, ": not known yet, so checked by the update: aws.allowedAccountIds[0]");
                isAt2("identity");
            },
        },
        {
            name: "pending",
            now: [version2("pending", { customDomainConfig: { certificateArn: pending } })],
            afterRefusal: () => aws.patchCertificate(pending, { status: "ISSUED" }),
            holds: (own) => {
                assertSays(own, /^ +warning: /m, "[certificate-pending-validation]");
                assert.equal(aws.domainOf(domainOf("pending"))?.certificateArn, pending);
            },
        },
        {
            name: "chained",
            now: [
                {
                    name: "chained",
                    args: { userPoolId: otherPool, domain: domainOf("chained"), managedLoginVersion: 2 },
                },
                {
                    name: "second",
                    args: { userPoolId: poolOf("chained"), domain: "my-prefix", managedLoginVersion: 2 },
                },
            ],
            holds: (own) => {
                assertSays(own, "managed login 1 -> 2");
                assert.equal(aws.domainOf("my-prefix")?.managedLoginVersion, 2);
            },
        },
        {
            name: "absent",
            now: [{ ...version2("absent"), opts: { dependsOn: "domain" } }],
            beforePreview: () => aws.removeDomain(domainOf("absent")),
            afterRefusal: () => domain({ version: 1 }, domainOf("absent")),
            holds: (own) => {
                assertSays(own, /^ +warning: /m, "[domain-not-found]");
                isAt2("absent");
            },
        },
    ];
}

/** What is already managed changes, or does not. */
function changeScenes({ aws, domain }: Stage): Scene[] {
    const certificate = (more = {}) => aws.certificate({ domainName: "*.example.com", ...more });
    const withCertificate = (certificateArn: Declared["args"][string]) => ({ customDomainConfig: { certificateArn } });
    const [old, next, attached] = [certificate(), certificate(), certificate()];
    const imported = certificate({ type: "IMPORTED", ...EXPIRED });
    const bad = aws.certificate({ domainName: "www.example.org" });
    const named = (name: string, certificateArn = attached) => domain({ version: 2, certificateArn }, domainOf(name));
    const certificateIn = (name: string) => aws.domainOf(domainOf(name))?.certificateArn;
    const made = { name: "imported-certificate", makes: imported };
    const anew = named("imported");
    const ignored = (certificateArn: string) => ({
        name: "ignoring",
        args: { ...ignoring, ...withCertificate(certificateArn) },
        opts: { ignoreChanges: ["customDomainConfig.certificateArn"] },
    });
    const ignoring = named("ignoring");
    const rotated = { name: "rotated", args: { ...named("rotated", old), ...withCertificate(outputOf("rotating")) } };
    const emergency = { ...named("emergency", old), ...withCertificate(old) };
    return [
        {
            name: "imported",
            earlier: [made, { name: "imported", args: { ...anew } }],
            now: [made, { name: "imported", args: { ...anew, ...withCertificate(outputOf(made.name)) } }],
            afterRefusal: () => aws.patchCertificate(imported, { status: "ISSUED", notAfter: days(100) }),
            holds: (own) => {
                assertSays(own, /^ +warning: /m, "[certificate-expired]");
                assert.equal(certificateIn("imported"), imported);
            },
        },
        {
            name: "ignoring",
            earlier: [ignored(attached)],
            now: [ignored(bad)],
            holds: (own) => {
                assertSaysNot(own, "[certificate-name-mismatch]");
                assert.deepEqual(updates(aws, domainOf("ignoring")), []);
            },
        },
        {
            name: "rotated",
            earlier: [{ name: "rotating", makes: old }, rotated],
            now: [{ name: "rotating", makes: next }, rotated],
            beforePreview: () => aws.patchCertificate(old, EXPIRED),
            holds: (own) => {
                assertSays(own, ": not known yet: customDomainConfig.certificateArn");
                assert.equal(certificateIn("rotated"), next);
            },
        },
        {
            name: "emergency",
            earlier: [{ name: "emergency", args: { ...emergency, managedLoginVersion: 2 } }],
            now: [{ name: "emergency", args: { ...emergency, managedLoginVersion: 1 } }],
            holds: (own) => {
                assertSays(own, /^ +warning: /m, "[certificate-expired]", "managed login 2 -> 1");
                assert.equal(aws.domainOf(domainOf("emergency"))?.managedLoginVersion, 1);
            },
        },
    ];
}

const TITLES = {
    unknown: "pool, domain, certificate and settings in one program",
    identity: "an identity that is not wholly known: AWS is not asked, and the update asks",
    pending: "a certificate that is not validated yet",
    chained: "arguments from the outputs of other settings: neither waits for the other for ever",
    absent: "a domain that does not exist yet, if dependsOn says who may create it",
    imported: "an expired imported certificate, if the program makes it and so may import it anew",
    ignoring: "a bad certificate under ignoreChanges",
    rotated: "a rotation from an expired certificate to one that the program makes",
    emergency: "a change back to version 1 while the attached certificate has expired: AWS decides",
};

describe("a preview does not refuse what the up may do:", () => {
    const open = stages();
    const scenes = new Map<string, Scene>();
    let stage: Stage;
    let preview: Run;
    /** The calls of that preview, each as JSON. */
    let asked: string[];
    let tooEarly: Run;

    before(async () => {
        stage = await open({ certificateInForce: "trusted" });
        const { aws, project, domain } = stage;
        const all = [...newScenes(stage), ...changeScenes(stage)];
        for (const scene of all) {
            scenes.set(scene.name, scene);
        }
        await project.declare(...all.flatMap(({ earlier }) => earlier ?? []));
        succeeded(await project.up());
        for (const { beforePreview } of all) {
            beforePreview?.();
        }
        const twice = domain({ version: 1 }, domainOf("twice"));
        const both = [1, 2].map((managedLoginVersion) => ({
            name: `wants-${managedLoginVersion}`,
            args: { ...twice, managedLoginVersion },
        }));
        const now = all.flatMap((scene) => scene.now);
        await project.declare(...now, ...both);
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = join(project.folder, "index.js", "report.json");
        aws.calls = [];
        preview = succeeded(await project.preview("--diff=false"));
        asked = aws.calls.map(({ input }) => JSON.stringify(input));

        aws.calls = [];
        await project.declare(...now);
        tooEarly = failed(await project.up("--continue-on-error"));
        for (const { afterRefusal } of all) {
            afterRefusal?.();
        }
        succeeded(await project.up());
    });

    for (const [name, title] of Object.entries(TITLES)) {
        it(title, () => {
            const { afterRefusal, holds } = scenes.get(name) as Scene;
            assert.equal(timesSaid(diagnosticsOf(tooEarly, name), "error:"), afterRefusal ? 1 : 0);
            holds(diagnosticsOf(preview, name));
        });
    }

    it("two resources on one domain: both are named, with what they disagree on", () => {
        assertSays(
            preview,
            /2 resources in this program manage .* with conflicting values: managed login 1 \(wants-1\), managed login 2 \(wants-2\)\..*\[domain-managed-twice\]/,
        );
    });

    it("a report that cannot be written: a warning, since no update depends on it", () => {
        assertSays(
            stackDiagnosticsOf(preview),
            /warning: PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT: the report .* could not be written: /,
        );
    });

    it("nothing is asked of AWS about what is not known yet", () => {
        const isAskedAbout = (name: string) => asked.some((input) => input.includes(domainOf(name)));
        assert.deepEqual(["unknown", "identity", "pending"].map(isAskedAbout), [false, false, true]);
    });
});
