import assert from "node:assert/strict";
import { join } from "node:path";
import { days, EXPIRED } from "../support/certificates";
import type { Run } from "./support/cli";
import {
    assertSays,
    assertSaysNot,
    assertTidy,
    diagnosticsOf,
    stackDiagnosticsOf,
    timesSaid,
    updates,
} from "./support/expect";
import { type Declaration, type Declared, outputOf, secret } from "./support/program";
import { failed, succeeded } from "./support/project";
import { type Stage, stages } from "./support/stage";

/** A resource in an update, then in a preview, then in an update that does what was previewed. */
interface Story {
    /** What the program declares in the first update; nothing where the resource is new in the preview. */
    earlier?: Declaration[];
    /** What happens in AWS before the preview. */
    beforePreview?(): void;
    /** What the program declares in the preview, and in the last update. */
    now: Declaration[];
    /** What happens in AWS before the last update. */
    beforeUpdate?(): void;
    /** What holds at the end. */
    holds(runs: { preview: Output; up: Output }): void;
}

/** The output of a run: all of it, and the diagnostics of the resource alone. */
interface Output {
    run: Run;
    own: Run;
}

/** A story by its title. Its resource has the name, its domain is `<name>.example.com`. */
interface Scene {
    name: string;
    title: string;
    story(stage: Stage, name: string, domainName: string): Story;
}

/** An imported certificate that has expired, made by the program; `formOf` says how the program gives it. */
const importedAnew =
    (formOf: (config: Declared["args"]) => Declared["args"][string]): Scene["story"] =>
    ({ aws, domain }, name, domainName) => {
        const arn = aws.certificate({ domainName, type: "IMPORTED", ...EXPIRED });
        const certificate = { name: `${name}-certificate`, makes: arn };
        const named = { ...domain({}, domainName) };
        // Its ARN is known even if the certificate is about to be updated.
        const customDomainConfig = formOf({ certificateArn: outputOf(certificate.name) });
        return {
            earlier: [certificate, { name, args: named }],
            now: [certificate, { name, args: { ...named, customDomainConfig } }],
            beforeUpdate: () => {
                const notAfter = days(100);
                aws.patchCertificate(arn, { status: "ISSUED", notAfter });
            },
            holds: ({ preview }) => {
                assertSays(preview.own, /warning: .*\[certificate-expired\]/);
                assert.equal(aws.domainOf(domainName)?.certificateArn, arn);
            },
        };
    };

const SCENES: Scene[] = [
    {
        name: "moved",
        title: "a domain that still belongs to another pool may be moved by the same program, as dependsOn tells",
        story: ({ aws, domain, userPoolId }, name, domainName) => ({
            now: [
                { name: "mover", makes: domainName },
                {
                    name,
                    args: { ...domain({ version: 1 }, domainName), managedLoginVersion: 2 },
                    opts: { dependsOn: "mover" },
                },
            ],
            beforePreview: () => aws.patchDomain(domainName, { userPoolId: aws.userPool({ region: "us-west-2" }) }),
            beforeUpdate: () => aws.patchDomain(domainName, { userPoolId }),
            holds: ({ preview }) => {
                assertSays(preview.own, /warning: moved\.example\.com: domain: .*\[domain-other-pool\]/);
                assert.equal(aws.domainOf(domainName)?.managedLoginVersion, 2);
            },
        }),
    },
    {
        name: "imported",
        title: "an expired imported certificate may be imported anew, under its ARN, by the program that makes it",
        story: importedAnew((config) => config),
    },
    {
        name: "imported-secretly",
        title: "an expired imported certificate may be imported anew, if the program keeps it secret",
        story: importedAnew(secret),
    },
    {
        name: "drifted",
        title: "an unchanged resource may name an expired certificate, after another one was attached outside Pulumi",
        story: ({ aws, domain }, name, domainName) => {
            const certificateArn = aws.certificate({ domainName });
            const args = { ...domain({ certificateArn }, domainName), customDomainConfig: { certificateArn } };
            return {
                earlier: [{ name, args }],
                beforePreview: () => {
                    aws.patchCertificate(certificateArn, EXPIRED);
                    aws.patchDomain(domainName, { certificateArn: aws.certificate({ domainName }) });
                },
                now: [{ name, args }],
                holds: ({ preview, up }) => {
                    assertSays(preview.own, "[setting-drifted]");
                    assertSaysNot(up.run, `UserPoolDomainSettings ${name} `);
                    assert.deepEqual(updates(aws, domainName), []);
                },
            };
        },
    },
    {
        name: "unreported",
        title: "a report that cannot be written is a warning, since no update depends on it",
        story: ({ domain }, name, domainName) => ({
            now: [{ name, args: { ...domain({ version: 1 }, domainName), managedLoginVersion: 2 } }],
            holds: ({ preview }) => {
                assertSays(
                    stackDiagnosticsOf(preview.run),
                    /warning: PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT: the report .* could not be written: /,
                );
                assertSays(preview.own, "managed login 1 -> 2");
            },
        }),
    },
];

describe("a preview does not refuse what the update may do:", () => {
    const open = stages();
    const stories = new Map<string, Story>();
    let preview: Run;
    let tooEarly: Run;
    let up: Run;

    before(async () => {
        const stage = await open();
        const { project } = stage;
        for (const { name, story } of SCENES) {
            stories.set(name, story(stage, name, `${name}.example.com`));
        }
        const all = [...stories.values()];
        await project.declare(...all.flatMap(({ earlier }) => earlier ?? []));
        succeeded(await project.up());

        for (const { beforePreview } of all) {
            beforePreview?.();
        }
        await project.declare(...all.flatMap(({ now }) => now));
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = join(project.folder, "index.js", "report.json");
        preview = await project.preview("--diff=false");
        tooEarly = await project.up("--target", project.urn("imported"));

        for (const { beforeUpdate } of all) {
            beforeUpdate?.();
        }
        up = await project.up();
    });

    for (const { name, title } of SCENES) {
        it(title, () => {
            const outputOfRun = (run: Run) => ({ run: succeeded(run), own: diagnosticsOf(run, name) });
            stories.get(name)?.holds({ preview: outputOfRun(preview), up: outputOfRun(up) });
        });
    }

    it("an update refuses the imported certificate as long as it is not imported anew", () => {
        assertSays(diagnosticsOf(failed(tooEarly), "imported"), "[certificate-expired]");
    });
});

describe("a preview reports nothing about what it leaves as it is:", () => {
    const open = stages();
    let stage: Stage;
    let targeted: Run;
    let destroy: Run;
    let excluding: Run;

    before(async () => {
        stage = await open();
        const { aws, project, domain, userPoolId } = stage;
        const certificateArn = aws.certificate({ domainName: "*.example.com", ...EXPIRED });
        const declared = (name: string, args: Declared["args"]) => ({
            name,
            args: { ...domain({ version: 1 }, `${name}.example.com`), ...args },
        });
        await project.declare(
            declared("unfit", { customDomainConfig: { certificateArn } }),
            declared("planned", { managedLoginVersion: 2 }),
            declared("target", { managedLoginVersion: 2 }),
        );
        targeted = await project.preview("--target", project.urn("target"));

        const kept = declared("kept", { managedLoginVersion: 2 });
        await project.declare(kept);
        succeeded(await project.up());
        destroy = await project.destroy("--run-program", "--preview-only");

        await project.declare(
            { ...kept, args: { ...kept.args, customDomainConfig: { certificateArn } }, opts: { ignoreChanges: ["*"] } },
            declared("created", { managedLoginVersion: 2 }),
            { name: "absent", args: { userPoolId, domain: "absent.example.com", managedLoginVersion: 2 } },
        );
        excluding = await project.preview("--exclude", project.urn("absent"));
    });

    it("a resource that --target excludes", () => {
        assertSays(succeeded(targeted), "target.example.com: managed login 1 -> 2");
        assertSaysNot(targeted, "fail", "[certificate-expired]", "planned.example.com: managed login");
        assertTidy(targeted);
    });

    it("a resource that is not created, since --exclude leaves it out", () => {
        assertSays(succeeded(excluding), "created.example.com: managed login 1 -> 2");
        assertSaysNot(excluding, "[domain-not-found]", "absent.example.com");
    });

    it("what ignoreChanges leaves as it is", () => {
        assertSaysNot(succeeded(excluding), "[certificate-expired]");
        // Of what is created, that is.
        assert.equal(timesSaid(excluding, "->"), 1);
    });

    it("a resource that the run deletes", () => {
        assert.equal(stage.aws.domainOf("kept.example.com")?.managedLoginVersion, 2);
        assertSays(succeeded(destroy), "- 2 to delete");
        assertSaysNot(destroy, "->", "this update", "fail", "nothing changes");
    });
});
