import assert from "node:assert/strict";
import { join } from "node:path";
import type { Report } from "../../provider";
import { EXPIRED } from "../support/certificates";
import type { Run } from "./support/cli";
import { assertSays, assertTidy, diagnosticsOf, updates } from "./support/expect";
import { type Declaration, type Declared, outputOf } from "./support/program";
import { failed } from "./support/project";
import { type Stage, stages } from "./support/stage";

/** What comes before a refusal, and what is refused. */
interface Story {
    /** What the program declares in the first update; nothing where the resource is new in the one that is refused. */
    earlier?: Declaration[];
    /** The certificate that the domain still has, where the first update failed. */
    attached?: string;
    /** What happens in AWS after the first update. */
    meanwhile?(): void;
    /** What the program declares then: what is refused. */
    refused: Declaration[];
}

/** A story by its title. Its resource has the name, its domain is `<name>.example.com`. */
interface Scene {
    name: string;
    title: string;
    /** Default: certificate-expired. */
    code?: string;
    story(stage: Stage, name: string, domainName: string): Story;
}

/** Refused by the plugin. The engine ends a preview at the first of these, so each has one to itself. */
const IN_PLUGIN: Scene[] = [
    {
        name: "tls",
        title: "where TLS_V1 meets a managed login that the program does not manage",
        code: "tls-policy-too-low",
        story: ({ domain }, name, domainName) => {
            const named = domain({ version: 2, securityPolicy: "TLS_V1_2_2021" }, domainName);
            return { refused: [{ name, args: { ...named, customDomainConfig: { securityPolicy: "TLS_V1" } } }] };
        },
    },
    {
        name: "given",
        title: "where an imported certificate is unfit that no resource of the program makes",
        story: ({ aws, domain }, name, domainName) => {
            const made = aws.certificate({ domainName, type: "IMPORTED" });
            const given = aws.certificate({ domainName, type: "IMPORTED", ...EXPIRED });
            const named = domain({ certificateArn: made }, domainName);
            const declared = (certificateArn: Declared["args"][string]) => [
                { name: "certificate", makes: made },
                { name, args: { ...named, customDomainConfig: { certificateArn } } },
            ];
            return { earlier: declared(outputOf("certificate")), refused: declared(given) };
        },
    },
    {
        name: "put-back",
        title: "where an update would put back an expired certificate, after somebody attached another by hand",
        story: ({ aws, domain }, name, domainName) => {
            const certificateArn = aws.certificate({ domainName });
            const args = { ...domain({ certificateArn }, domainName), customDomainConfig: { certificateArn } };
            return {
                earlier: [{ name, args }],
                meanwhile: () => {
                    aws.patchCertificate(certificateArn, EXPIRED);
                    aws.patchDomain(domainName, { certificateArn: aws.certificate({ domainName }) });
                },
                refused: [{ name, args: { ...args, managedLoginVersion: 2 } }],
            };
        },
    },
    {
        name: "first-create",
        title: "where ignoreChanges hides nothing of a first create, which goes by the arguments all the same",
        story: ({ aws, domain }, name, domainName) => {
            const securityPolicy = "TLS_V1_2_2021";
            const named = domain({ securityPolicy }, domainName);
            const certificateArn = aws.certificate({ domainName, ...EXPIRED });
            const args = { ...named, customDomainConfig: { certificateArn, securityPolicy } };
            return { refused: [{ name, args, opts: { ignoreChanges: ["*"] } }] };
        },
    },
    {
        name: "sibling",
        title: "where ignoreChanges is about a sibling, and does not hide it",
        story: ({ aws, domain }, name, domainName) => {
            const [fit, expired] = [{}, EXPIRED].map((it) => aws.certificate({ domainName, ...it }));
            const named = domain({ certificateArn: fit, securityPolicy: "TLS_V1_2_2021" }, domainName);
            const declared = (certificateArn: string | undefined, securityPolicy: string) => ({
                name,
                args: { ...named, customDomainConfig: { certificateArn, securityPolicy } },
                opts: { ignoreChanges: ["customDomainConfig.securityPolicy"] },
            });
            return { earlier: [declared(fit, "TLS_V1_2_2021")], refused: [declared(expired, "TLS_V1_3_2025")] };
        },
    },
    {
        name: "gone-on",
        title: "where an update that did not end well is gone on with",
        story: goneOn(),
    },
];

/** Refused by the program, once the engine has told it what is kept: one preview says all of them. */
const IN_PROGRAM: Scene[] = [
    {
        name: "gone-on-ignored",
        title: 'where ignoreChanges ["*"] keeps everything from the check, and an update goes on with one that has failed',
        story: goneOn({ ignoreChanges: ["*"] }),
    },
    {
        name: "kept-certificate",
        title: "where ignoreChanges keeps a certificate that the program does not name",
        story: ({ aws, domain }, name, domainName) => {
            const [kept, theirs, fit] = [1, 2, 3].map(() => aws.certificate({ domainName }));
            const named = domain({ version: 1, certificateArn: kept }, domainName);
            const args = { ...named, customDomainConfig: { certificateArn: fit }, managedLoginVersion: 2 };
            return {
                earlier: [{ name, args: { ...named, customDomainConfig: { certificateArn: kept } } }],
                meanwhile: () => {
                    aws.patchDomain(domainName, { certificateArn: theirs });
                    aws.patchCertificate(String(kept), EXPIRED);
                },
                refused: [{ name, args, opts: { ignoreChanges: ["customDomainConfig.certificateArn"] } }],
            };
        },
    },
    {
        name: "kept-domain",
        title: "where ignoreChanges keeps a domain that the program does not name",
        story: ({ aws, domain }, name, domainName) => {
            const [named, other] = [domainName, "other.example.com"].map((it) => domain({ version: 1 }, it));
            const certificateArn = aws.certificate({ domainName: "*.example.com", ...EXPIRED });
            const args = { ...other, customDomainConfig: { certificateArn } };
            return {
                earlier: [{ name, args: { ...named, managedLoginVersion: 1 } }],
                refused: [{ name, args, opts: { ignoreChanges: ["domain"] } }],
            };
        },
    },
];

/** AWS fails the first update, and then the certificate expires. */
function goneOn(opts?: Declared["opts"]): Scene["story"] {
    return ({ aws, domain }, name, domainName) => {
        const [attached, certificateArn] = [1, 2].map(() => aws.certificate({ domainName })) as [string, string];
        const args = { ...domain({ certificateArn: attached }, domainName), customDomainConfig: { certificateArn } };
        return {
            earlier: [{ name, args, opts }],
            attached,
            meanwhile: () => aws.patchCertificate(certificateArn, EXPIRED),
            refused: [{ name, args, opts }],
        };
    };
}

describe("a preview fails as the update does", () => {
    const open = stages();
    const scenes = [...IN_PLUGIN, ...IN_PROGRAM];
    const stories = new Map<string, Story>();
    const previews = new Map<string, Run>();
    let stage: Stage;
    let first: Run;
    let report: Report;
    let up: Run;

    before(async () => {
        stage = await open();
        const { aws, project } = stage;
        for (const { name, story } of scenes) {
            stories.set(name, story(stage, name, `${name}.example.com`));
        }
        const declare = (those: Scene[], what: "earlier" | "refused") =>
            project.declare(...those.flatMap(({ name }) => stories.get(name)?.[what] ?? []));

        // Only the scenes whose first update is to fail have one: the others adopt what is there.
        aws.behaviour.outcome = "failed";
        await declare(scenes, "earlier");
        first = failed(await project.up("--continue-on-error"));
        aws.behaviour.outcome = "active";
        for (const { meanwhile } of stories.values()) {
            meanwhile?.();
        }
        for (const scene of IN_PLUGIN) {
            await declare([scene], "refused");
            previews.set(scene.name, await project.preview());
        }
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = join(project.folder, "report.json");
        await declare(IN_PROGRAM, "refused");
        const preview = await project.preview();
        report = JSON.parse(await project.read("report.json"));
        for (const { name } of IN_PROGRAM) {
            previews.set(name, preview);
        }
        await declare(scenes, "refused");
        up = failed(await project.up("--continue-on-error"));
    });

    for (const { name, title, code = "certificate-expired" } of scenes) {
        it(title, () => {
            const { earlier, attached } = stories.get(name) as Story;
            const preview = failed(previews.get(name) as Run);
            if (earlier) {
                const end = attached ? "**creating failed**" : "created";
                assertSays(first, `UserPoolDomainSettings ${name} ${end}`);
            }
            assertSays(preview, `[${code}]`);
            assertTidy(preview);
            assertSays(diagnosticsOf(up, name), "the update was refused before anything was written", `[${code}]`);
            const { aws } = stage;
            assert.equal(updates(aws, `${name}.example.com`).length, attached ? 1 : 0);
            if (attached) {
                assert.equal(aws.domainOf(`${name}.example.com`)?.certificateArn, attached);
            }
        });
    }

    for (const { name, title } of IN_PROGRAM) {
        it(`${title}: by an error of its own, and in the report`, () => {
            assertSays(
                previews.get(name) as Run,
                new RegExp(`^error: ${name} \\(.*\\):\\n(?:  - .*\\n)*?  - error: .*\\[certificate-expired\\]`, "m"),
            );
            assert.equal(report.resources.find((it) => it.name === name)?.verdict, "refused");
        });
    }

    it("writes to no domain but those whose first update failed", () => {
        assert.deepEqual(
            updates(stage.aws)
                .map(({ Domain }) => Domain)
                .sort(),
            ["gone-on-ignored.example.com", "gone-on.example.com"],
        );
    });
});
