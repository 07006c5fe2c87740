import assert from "node:assert/strict";
import { join } from "node:path";
import type { UserPoolDomainSettingsReport as Report } from "../../provider";
import { EXPIRED } from "../support/certificates";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, assertTidy, diagnosticsOf, timesSaid, updates } from "./support/expect";
import { type Declared, secret } from "./support/program";
import { failed, succeeded } from "./support/project";
import { auth, domainOf, REGION, type Stage, stages } from "./support/stage";

/** A resource that is refused, by its name, with the findings. Its domain is `<name>.example.com`. */
type Refused = Declared & { codes: string[] };

function refusedOn({ aws, domain }: Stage): Refused[] {
    const named = (name: string) => ({
        ...domain({ version: 1, certificateArn: aws.certificate({ domainName: "*.example.com" }) }, domainOf(name)),
    });
    const withCertificate = (certificateArn: string) => ({ customDomainConfig: { certificateArn } });
    const bad = aws.certificate({ domainName: "www.example.org", keyAlgorithm: "EC-secp384r1" });
    const expired = aws.certificate({ domainName: "*.example.com", ...EXPIRED });
    return [
        {
            name: "unusable",
            args: { ...named("unusable"), ...withCertificate(bad) },
            codes: ["certificate-name-mismatch", "certificate-key-unusable"],
        },
        {
            name: "transformed",
            args: { ...named("transformed"), managedLoginVersion: 1 },
            opts: { transform: withCertificate(expired) },
            codes: ["certificate-expired"],
        },
        {
            // The first create uses the arguments all the same.
            name: "ignoring",
            args: { ...named("ignoring"), ...withCertificate(expired) },
            opts: { ignoreChanges: ["*"] },
            codes: ["certificate-expired"],
        },
    ];
}

/** What `pulumi preview --json` holds, as far as these tests read it. */
interface PreviewJson {
    diagnostics: { urn?: string; message: string; severity: string }[];
}

describe("a certificate that would break sign-in fails the preview, and the up too, with or without a preview", () => {
    const open = stages();
    let stage: Stage;
    let refused: Refused[];
    let count: number;
    let secretArn: string;
    let preview: Run;
    let report: Report;
    let json: Run;
    let strict: Run;
    let unseen: Run;
    let callsWithoutCredentials: number;
    let writesOfPreviews: number;
    let up: Run;

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        const { env } = project;
        refused = refusedOn(stage);
        const brandless = aws.userPool({ region: REGION });
        aws.client({ userPoolId: brandless, name: "web" });
        aws.client({ userPoolId: brandless, name: "mobile", withBranding: true });
        aws.domain({ userPoolId: brandless, domain: domainOf("warned"), version: 1 });
        secretArn = aws.certificate({ domainName: "www.example.org" });

        const others = [
            {
                name: "warned",
                args: { userPoolId: brandless, domain: domainOf("warned"), managedLoginVersion: 2 },
            },
            {
                name: "lenient",
                args: {
                    ...domain({ version: 1 }, domainOf("lenient")),
                    preflight: "warn",
                    customDomainConfig: { certificateArn: secret(secretArn) },
                },
            },
            { name: "sound", args: { ...domain({ version: 1 }, domainOf("sound")), managedLoginVersion: 2 } },
        ];
        await project.declare(...refused.map(({ codes, ...declared }) => declared), ...others);
        count = refused.length + others.length;
        env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = join(project.folder, "report.json");
        preview = await project.preview("--diff=false");
        report = JSON.parse(await project.read("report.json"));
        json = await project.preview("--json");
        env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "true";
        strict = await project.preview();
        delete env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT;

        // As in a pull request from a fork.
        const credentials = Object.entries(env).filter(([key]) => /^AWS_(ACCESS|SECRET|SESSION)/.test(key));
        for (const [key] of credentials) {
            delete env[key];
        }
        writesOfPreviews = updates(aws).length;
        aws.calls = [];
        unseen = await project.preview();
        callsWithoutCredentials = aws.calls.length;
        Object.assign(env, Object.fromEntries(credentials));
        up = await project.up("--continue-on-error");
    });

    it("each resource on its own row, in --json and in the report; what is sound is planned", () => {
        assertSays(failed(preview), `error: ${refused.length} resources were refused\n`);
        assertSays(preview, `${domainOf("sound")}: managed login 1 -> 2`);
        assertTidy(preview);
        assert.notEqual(json.code, 0);
        const { diagnostics }: PreviewJson = JSON.parse(json.stdout);
        for (const { name, codes } of refused) {
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

    it('warnings fail nothing, but with strict, preflight "warn" too', () => {
        for (const [name, code] of [
            ["warned", "branding-missing"],
            ["lenient", "certificate-name-mismatch"],
        ] as const) {
            assertSays(diagnosticsOf(preview, name), `warning: ${domainOf(name)}: `, `[${code}]`);
        }
        assertSays(failed(strict), `error: ${refused.length + 2} resources were refused`);
    });

    it("without credentials, everything is a warning that AWS could not be asked", () => {
        assertTidy(succeeded(unseen));
        assertSays(
            unseen,
            /could not be checked: no usable AWS credentials for cognito-idp:DescribeUserPoolDomain.*\[domain-unseen\]/,
        );
        assert.deepEqual([timesSaid(unseen, "[domain-unseen]"), callsWithoutCredentials], [count, 0]);
    });

    it("a secret certificate is not shown by what is said against it", () => {
        assertSays(diagnosticsOf(up, "lenient"), "[certificate-name-mismatch]", "[secret]");
        for (const run of [preview, json, strict, unseen, up]) {
            assertSaysNot(run, secretArn.split("/")[1] ?? "");
        }
    });

    it("the up refuses the same, writes nothing there, and updates the rest", async () => {
        failed(up);
        for (const { name, codes } of refused) {
            const own = diagnosticsOf(up, name);
            assertSays(own, `error: ${domainOf(name)}: the update was refused; nothing was written.`);
            assertSays(own, ...codes.map((code) => `[${code}]`));
            assertTidy(own);
            assert.deepEqual(updates(stage.aws, domainOf(name)), []);
        }
        const written = updates(stage.aws).map(({ Domain }) => Domain);
        assert.deepEqual(written.sort(), [domainOf("sound"), domainOf("warned")]);
        assert.ok(await stage.project.state("sound"));
        assert.equal(await stage.project.state("unusable"), undefined);
    });

    it("invalid arguments are all named at once, before AWS is asked, and no value of a secret one", async () => {
        const { aws, project, domain } = stage;
        const args = {
            ...domain(),
            managedLoginVersion: 3,
            waitTimeoutSeconds: 0,
            managedLogin: true,
            customDomainConfig: { certificateArn: secret("hidden-certificate") },
        };
        await project.declare(auth(args));
        aws.calls = [];
        const invalid = failed(await project.preview());
        assertSays(
            invalid,
            "resource 'auth' has a problem: managedLoginVersion is 3",
            "resource 'auth' has a problem: waitTimeoutSeconds is 0",
            "managedLogin is not a known property",
        );
        // With a property's name, Pulumi prints its value.
        assertSaysNot(invalid, /property \w+ value/, "hidden-certificate");
        assertTidy(invalid);
        assert.deepEqual(aws.callsTo("DescribeCertificate"), []);
    });
});
