import assert from "node:assert/strict";
import { join } from "node:path";
import type { UserPoolDomainSettingsReport as Report } from "../../provider";
import { EXPIRED } from "../support/certificates";
import type { Run } from "./support/cli";
import { assertSays, assertTidy, diagnosticsOf, updates } from "./support/expect";
import { type Declaration, type Declared, outputOf } from "./support/program";
import { failed } from "./support/project";
import { domainOf, type Stage, stages } from "./support/stage";

/** What precedes a refusal, and what is refused. */
interface Story {
    /** What the program declares in the first update; nothing if the resource is new in the one that is refused. */
    earlier?: Declaration[];
    /** The certificate that the domain still has, if the first update failed. */
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

const SCENES: Scene[] = [
    {
        name: "tls",
        title: "TLS_V1 for a managed login that the program does not manage",
        code: "tls-policy-too-low",
        story: ({ domain }, name, domainName) => {
            const named = domain({ version: 2, securityPolicy: "TLS_V1_2_2021" }, domainName);
            return { refused: [{ name, args: { ...named, customDomainConfig: { securityPolicy: "TLS_V1" } } }] };
        },
    },
    {
        name: "given",
        title: "an expired imported certificate that no resource of the program makes",
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
        name: "first-create",
        title: "ignoreChanges at the first create, which uses the arguments all the same",
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
        title: "ignoreChanges for the TLS policy alone, next to an expired certificate",
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
        name: "open",
        title: "an update that completes one that failed",
        story: ({ aws, domain }, name, domainName) => {
            const [attached, next] = [1, 2].map(() => aws.certificate({ domainName })) as [string, string];
            const named = domain({ certificateArn: attached }, domainName);
            const args = { ...named, customDomainConfig: { certificateArn: next } };
            return {
                earlier: [{ name, args }],
                attached,
                meanwhile: () => aws.patchCertificate(next, EXPIRED),
                refused: [{ name, args }],
            };
        },
    },
    {
        name: "kept-domain",
        title: "ignoreChanges for the domain, so that another one than the program names is kept",
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

describe("a preview fails as the update does", () => {
    const open = stages();
    const stories = new Map<string, Story>();
    let stage: Stage;
    let first: Run;
    let preview: Run;
    let report: Report;
    let up: Run;

    before(async () => {
        stage = await open();
        const { aws, project } = stage;
        for (const { name, story } of SCENES) {
            stories.set(name, story(stage, name, domainOf(name)));
        }
        const all = [...stories.values()];

        // Only the scene whose first update is to fail has one: the others adopt what is there.
        aws.behaviour.outcome = "failed";
        await project.declare(...all.flatMap(({ earlier }) => earlier ?? []));
        first = failed(await project.up("--continue-on-error"));
        aws.behaviour.outcome = "active";
        for (const { meanwhile } of all) {
            meanwhile?.();
        }
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = join(project.folder, "report.json");
        await project.declare(...all.flatMap(({ refused }) => refused));
        preview = failed(await project.preview("--diff=false"));
        report = JSON.parse(await project.read("report.json"));
        up = failed(await project.up("--continue-on-error"));
    });

    for (const { name, title, code = "certificate-expired" } of SCENES) {
        it(title, () => {
            const { earlier, attached } = stories.get(name) as Story;
            const domain = domainOf(name);
            if (earlier) {
                const end = attached ? "**creating failed**" : "created";
                assertSays(first, `UserPoolDomainSettings ${name} ${end}`);
            }
            assertSays(diagnosticsOf(preview, name), `error: ${domain}: `, `[${code}]`);
            assert.equal(report.resources.find((it) => it.name === name)?.verdict, "refused");
            assertSays(diagnosticsOf(up, name), `error: ${domain}: the update was refused; nothing`, `[${code}]`);
            const { aws } = stage;
            assert.equal(updates(aws, domain).length, attached ? 1 : 0);
            if (attached) {
                assert.equal(aws.domainOf(domain)?.certificateArn, attached);
            }
        });
    }

    it("refuses nothing else, and writes to no domain but the one whose first update failed", () => {
        assertSays(preview, `error: ${SCENES.length} resources were refused`);
        assertTidy(preview);
        const written = updates(stage.aws).map(({ Domain }) => Domain);
        assert.deepEqual(written, [domainOf("open")]);
    });
});
