import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { UserPoolDomainSettingsReport as Report } from "../../provider";
import type { Call } from "../emulator";
import { EXPIRED } from "../support/certificates";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, assertTidy, diagnosticsOf } from "./support/expect";
import { meeting } from "./support/meeting";
import { type Declared, secret } from "./support/program";
import { failed, type Project, succeeded } from "./support/project";
import { domainOf, REGION, type Stage, stages, updates, withCertificate } from "./support/stage";

/** A resource that is refused, with the codes of its findings. */
type Refused = [declared: Declared, ...codes: string[]];

function refusedOn({ aws, resource }: Stage): Refused[] {
    const bad = aws.certificate({ domainName: "www.example.org", keyAlgorithm: "EC-secp384r1" });
    const expired = withCertificate(aws.certificate({ domainName: "*.example.com", ...EXPIRED }));
    return [
        [resource("unusable", withCertificate(bad)), "certificate-name-mismatch", "certificate-key-unusable"],
        [resource("transformed", { managedLoginVersion: 1 }, { transform: expired }), "certificate-expired"],
        // The first create uses the arguments all the same.
        [resource("ignoring", expired, { ignoreChanges: ["*"] }), "certificate-expired"],
    ];
}

describe("a certificate that would break sign-in fails the preview, and the up too, with or without a preview", () => {
    const open = stages();
    const door = createServer((_, response) => response.end());
    after(() => door.close());
    let stage: Stage;
    let refused: Refused[];
    let secretArn: string;
    let preview: Run;
    let callsOfPreview: Call[];
    let report: Report;
    let json: Run;
    let strict: Run;
    let unseen: Run;
    let callsWithoutCredentials: number;
    let writesOfPreviews: number;
    let up: Run;
    /** The programs that have loaded an AWS client by the end of the first preview, and of the update. */
    let loaders: string[];

    before(async () => {
        stage = await open();
        const { aws, project, resource } = stage;
        const { env } = project;
        refused = refusedOn(stage);
        const brandless = aws.userPool({ region: REGION });
        aws.client({ userPoolId: brandless, name: "web" });
        aws.client({ userPoolId: brandless, name: "mobile", withBranding: true });
        const warned = resource("warned", { userPoolId: brandless });
        aws.patchDomain(domainOf("warned"), { userPoolId: brandless });
        secretArn = aws.certificate({ domainName: "www.example.org" });
        const unusable = withCertificate(secret(secretArn));
        const others = [
            warned,
            resource("lenient", { managedLoginVersion: 1, preflight: "warn", ...unusable }),
            resource("sound"),
            resource("unchecked", { preflight: "off", ...unusable }),
        ];
        await project.declare(...refused.map(([declared]) => declared), ...others);
        env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = join(project.folder, "report.json");

        const pluginStarts = once(door, "request").then(() => {});
        await once(door.listen(0, "127.0.0.1"), "listening");
        await watchPrograms(project, (door.address() as AddressInfo).port);
        aws.behaviour.faults = [
            // No answer before the plugin is there: if it came with the first resource, the call would end in a timeout.
            { operation: "DescribeUserPoolDomain", action: { run: () => pluginStarts } },
            // The first call of a client goes alone: it is the one that finds credentials and connects.
            { operation: "DescribeUserPoolDomain", skip: 1, action: { run: meeting(5).come } },
        ];
        preview = failed(await project.preview("--diff=false"));
        loaders = [await project.read("loaders")];
        callsOfPreview = [...aws.calls];
        aws.behaviour.faults = [];
        report = JSON.parse(await project.read("report.json"));
        json = failed(await project.preview("--json"));
        env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "true";
        strict = failed(await project.preview());
        delete env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT;

        // As in a pull request from a fork.
        const credentials = Object.entries(env).filter(([key]) => /^AWS_(ACCESS|SECRET|SESSION)/.test(key));
        for (const [key] of credentials) {
            delete env[key];
        }
        writesOfPreviews = updates(aws).length;
        aws.calls = [];
        unseen = succeeded(await project.preview());
        callsWithoutCredentials = aws.calls.length;
        Object.assign(env, Object.fromEntries(credentials));
        up = failed(await project.up("--continue-on-error"));
        loaders.push(await project.read("loaders"));
    });

    it("each resource on its own row, in --json and in the report; what is sound is planned", () => {
        assertSays(preview, `error: ${refused.length} resources were refused\n`);
        assertSays(preview, `${domainOf("sound")}: managed login 1 -> 2`);
        assertTidy(preview);
        const diagnostics: { urn?: string; message: string; severity: string }[] = JSON.parse(json.stdout).diagnostics;
        for (const [{ name }, ...codes] of refused) {
            const own = diagnosticsOf(preview, name);
            assertSays(own, `error: ${domainOf(name)}: `, ...codes.map((code) => `[${code}]`));
            assert.equal(report.resources.find((it) => it.name === name)?.verdict, "refused");
            const rows = diagnostics.filter(({ urn }) => urn?.endsWith(`::${name}`));
            assert.deepEqual(
                rows.map(({ severity, message }) => [severity, codes.every((code) => message.includes(code))]),
                [["error", true]],
                name,
            );
        }
        assert.equal(writesOfPreviews, 0);
    });

    it("each question is asked once, all at once, while the plugin starts, which does not load the AWS SDK", () => {
        const questions = callsOfPreview.map(({ operation, input }) => JSON.stringify([operation, input]));
        assert.deepEqual(questions.sort(), [...new Set(questions)].sort());
        assertSaysNot(preview, "[domain-unseen]");
        const [byPreview, byUpdate] = loaders.map((programs) => programs.includes("dynamic-provider"));
        assert.deepEqual([byPreview, byUpdate], [false, true]);
    });

    it('nothing is asked with preflight "off"; the update does', () => {
        assert.ok(!callsOfPreview.some(({ input }) => input.Domain === domainOf("unchecked")));
        assertSays(diagnosticsOf(up, "unchecked"), "[certificate-name-mismatch]");
    });

    it('warnings fail nothing, but with strict, preflight "warn" too', () => {
        for (const [name, code] of [
            ["warned", "branding-missing"],
            ["lenient", "certificate-name-mismatch"],
        ] as const) {
            assertSays(diagnosticsOf(preview, name), `warning: ${domainOf(name)}: `, `[${code}]`);
        }
        assertSays(strict, `error: ${refused.length + 2} resources were refused`);
    });

    it("without credentials, everything is a warning that AWS could not be asked", () => {
        assertTidy(unseen);
        assertSays(
            unseen,
            /could not be checked: no usable AWS credentials for cognito-idp:DescribeUserPoolDomain.*\[domain-unseen\]/,
        );
        assert.deepEqual([unseen.text.split("[domain-unseen]").length - 1, callsWithoutCredentials], [6, 0]);
    });

    it("a secret certificate is not shown by what is said against it", () => {
        assertSays(diagnosticsOf(up, "lenient"), "[certificate-name-mismatch]", "[secret]");
        for (const run of [preview, json, strict, unseen, up]) {
            assertSaysNot(run, secretArn.split("/")[1] ?? "");
        }
    });

    it("the up refuses the same, writes nothing there, and updates the rest", async () => {
        for (const [{ name }, ...codes] of refused) {
            const own = diagnosticsOf(up, name);
            assertSays(own, `error: ${domainOf(name)}: the update was refused; nothing was written.`);
            assertSays(own, ...codes.map((code) => `[${code}]`));
            assertTidy(own);
        }
        const written = updates(stage.aws).map(({ Domain }) => Domain);
        assert.deepEqual(written.sort(), [domainOf("sound"), domainOf("warned")]);
        assert.ok(await stage.project.state("sound"));
        assert.equal(await stage.project.state("unusable"), undefined);
    });
});

/** Has the plugin knock at this port when it starts, and every program that loads an AWS client write its name into `loaders`. */
async function watchPrograms(project: Project, port: number): Promise<void> {
    await project.write(
        "watch.cjs",
        `const program = process.argv[1] ?? "";
         if (program.includes("dynamic-provider")) require("http").get("http://127.0.0.1:${port}");
         const { Module } = require("module"); const load = Module._load;
         Module._load = function (request, ...rest) {
             if (request.startsWith("@aws-sdk/client-")) require("fs").appendFileSync("${project.folder}/loaders", program + "\\n");
             return load.call(this, request, ...rest);
         };`,
    );
    project.env.NODE_OPTIONS = `--require ${project.folder}/watch.cjs`;
}
