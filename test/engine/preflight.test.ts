import assert from "node:assert/strict";
import type { Emulator } from "../emulator";
import { days } from "../support/certificates";
import type { Run } from "./support/cli";
import { certificateMayNotBeDescribed } from "./support/domainFaults";
import { assertSays, assertSaysNot, assertTidy, timesSaid, updates } from "./support/expect";
import type { Declared } from "./support/program";
import { failed, type Project, succeeded } from "./support/project";
import { domainOf, FAILOVER, type NamedDomain, REGION, type Stage, stages } from "./support/stage";

/** What `pulumi preview --json` holds, as far as these tests look. */
interface PreviewJson {
    diagnostics: { urn?: string; message: string; severity: string }[];
}

/** A preview as text, and another one of the same as JSON. */
interface Previews {
    plain: Run;
    code: number | null;
    diagnostics: PreviewJson["diagnostics"];
}

async function previewTwice(project: Project): Promise<Previews> {
    const plain = await project.preview();
    const { code, stdout } = await project.preview("--json");
    const { diagnostics }: PreviewJson = JSON.parse(stdout);
    return { plain, code, diagnostics };
}

/** Both previews report every case once, in the given severity; the JSON names the resource. */
function assertReported({ plain, diagnostics }: Previews, severity: "error" | "warning", cases: Case[]): void {
    assertTidy(plain);
    for (const { name, reports } of cases) {
        assertSays(plain, new RegExp(`^${severity}: ${domainOf(name)}: `, "m"), reports);
        const rows = diagnostics.filter((it) => reports.test(it.message));
        assert.equal(rows.length, 1, `${reports} in ${JSON.stringify(diagnostics)}`);
        assert.equal(rows[0]?.severity, severity);
        assert.match(rows[0]?.urn ?? "", new RegExp(`::${name}$`));
    }
}

/** One thing wrong in AWS with a pool and a domain of its own, and what a preview reports. */
interface Case {
    name: string;
    arrange(aws: Emulator, named: NamedDomain): Record<string, unknown>;
    /** What the person who reads the pull request sees. */
    reports: RegExp;
}

const WARNINGS: Case[] = [
    {
        name: "half-branded",
        arrange: (aws, { userPoolId }) => {
            aws.client({ userPoolId, name: "web" });
            aws.client({ userPoolId, name: "mobile", withBranding: true });
            return { managedLoginVersion: 2 };
        },
        reports: /app clients without a branding style: web; .*\[branding-missing\]/,
    },
    {
        name: "passkeys",
        arrange: (aws, { userPoolId }) => {
            const signInPolicy = ["PASSWORD", "WEB_AUTHN"];
            aws.patchUserPool(userPoolId, { signInPolicy, webAuthnRelyingPartyId: "example.org" });
            return { managedLoginVersion: 2 };
        },
        reports:
            /passkeys are for example\.org, which does not match passkeys\.example\.com.*\[passkey-relying-party\]/,
    },
    {
        name: "replica",
        arrange: () => ({ routing: { failover: { ...FAILOVER, secondaryRegion: "eu-west-1" } } }),
        reports:
            /has no replica in eu-west-1, but one in us-east-2 \(a pool has at most one\)\. Name us-east-2.*\[replica-not-found\]/,
    },
    {
        name: "forbidden",
        arrange: (aws) => {
            const certificateArn = aws.certificate({ domainName: "*.example.com" });
            aws.behaviour.faults.push(certificateMayNotBeDescribed(certificateArn));
            return { customDomainConfig: { certificateArn } };
        },
        reports:
            /no permission to call acm:DescribeCertificate: allow it on arn:aws:acm:us-east-1:.*\[certificate-unseen\]/,
    },
    {
        name: "lenient",
        arrange: (aws) => {
            const certificateArn = aws.certificate({ domainName: "www.example.org" });
            return { preflight: "warn", customDomainConfig: { certificateArn } };
        },
        reports: /does not cover lenient\.example\.com.*\[certificate-name-mismatch\]/,
    },
];

const ERRORS: Case[] = [
    {
        name: "absent",
        arrange: (aws, { domain }) => {
            aws.removeDomain(domain);
            return { managedLoginVersion: 1 };
        },
        reports:
            /has no domain absent\.example\.com in us-west-2\. Create it first.*if another stack does this first, .*\[domain-not-found\]/,
    },
    {
        name: "theirs",
        arrange: (aws, { domain }) => {
            aws.patchDomain(domain, { userPoolId: aws.userPool({ region: REGION }) });
            return { managedLoginVersion: 1 };
        },
        reports: /belongs to the user pool us-west-2_\w+, not to .*\[domain-other-pool\]/,
    },
    {
        name: "lite",
        arrange: (aws, { userPoolId }) => {
            aws.patchUserPool(userPoolId, { tier: "LITE" });
            return { managedLoginVersion: 2 };
        },
        reports: /feature plan LITE.*Move the pool to ESSENTIALS or PLUS.*\[feature-plan-lite\]/,
    },
    {
        name: "unbranded",
        arrange: (aws, { userPoolId }) => {
            aws.client({ userPoolId, name: "web" });
            return { managedLoginVersion: 2 };
        },
        reports: /app clients without a branding style: web; .*\[branding-missing\]/,
    },
    {
        name: "expired",
        arrange: (aws) => {
            const notAfter = "2026-11-01T00:00:00Z";
            const certificateArn = aws.certificate({ domainName: "*.example.com", status: "EXPIRED", notAfter });
            return { customDomainConfig: { certificateArn } };
        },
        reports: /status EXPIRED since 2026-11-01\. Request or import a new one .*\[certificate-expired\]/,
    },
    {
        name: "two",
        arrange: (aws) => {
            const certificateArn = aws.certificate({ domainName: "www.example.org", keyAlgorithm: "EC-secp384r1" });
            return { customDomainConfig: { certificateArn } };
        },
        reports: /2 findings:\s+- error: .*\[certificate-name-mismatch\]\s+- error: .*\[certificate-key-unusable\]/,
    },
];

function declared(aws: Emulator, { name, arrange }: Case): Declared {
    const userPoolId = aws.userPool({ region: REGION, replicas: [{ region: "us-east-2" }] });
    const named = { userPoolId, domain: domainOf(name) };
    aws.domain(named);
    return { name, args: { ...named, ...arrange(aws, named) } as never };
}

/** A resource with nothing wrong. */
function sound({ domain }: Stage): Declared {
    return { name: "sound", args: { ...domain({}, domainOf("sound")), managedLoginVersion: 2 } };
}

describe("preflight: findings about AWS in a preview", () => {
    const open = stages();
    let stage: Stage;

    before(async () => {
        stage = await open();
    });

    it("warns of what may be right, or could not be checked; strict refuses that; without credentials, all is a warning", async () => {
        const { aws, project } = stage;
        const resources = WARNINGS.map((it) => declared(aws, it));
        await project.declare(...resources, sound(stage));
        const previews = await previewTwice(project);
        succeeded(previews.plain);
        assert.equal(previews.code, 0);
        assertReported(previews, "warning", WARNINGS);

        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "true";
        const strict = failed(await project.preview());
        assertSays(strict, `error: ${WARNINGS.length} resources were refused`, ...WARNINGS.map((it) => it.reports));
        delete project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT;

        // As in a pull request from a fork.
        const { env } = project;
        const credentials = Object.entries(env).filter(([key]) => /^AWS_(ACCESS|SECRET|SESSION)/.test(key));
        for (const [key] of credentials) {
            delete env[key];
        }
        aws.calls = [];
        const unseen = succeeded(await project.preview());
        Object.assign(env, Object.fromEntries(credentials));
        assertTidy(unseen);
        assertSays(
            unseen,
            /could not be checked: no usable AWS credentials for cognito-idp:DescribeUserPoolDomain.*\[domain-unseen\]/,
        );
        assert.deepEqual([timesSaid(unseen, "[domain-unseen]"), aws.calls.length], [resources.length + 1, 0]);
    });

    it("refuses what would fail the update, each resource on its own row", async () => {
        const { aws, project } = stage;
        await project.declare(...ERRORS.map((it) => declared(aws, it)), sound(stage));
        const previews = await previewTwice(project);
        const count = `${ERRORS.length} resources were refused`;
        assertSays(failed(previews.plain), `error: ${count}\n`, `${domainOf("sound")}: managed login 1 -> 2`);
        assert.notEqual(previews.code, 0);
        assertReported(previews, "error", ERRORS);
        assert.equal(timesSaid(previews.plain, "error: "), ERRORS.length + 1 + 2);
        assert.deepEqual(updates(aws), []);

        // Another stack may deploy first.
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_PREFLIGHT = "warn";
        const warned = succeeded(await project.preview());
        assert.equal(timesSaid(warned, "warning: "), ERRORS.length);
        delete project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_PREFLIGHT;
    });

    it("refuses invalid arguments first, all of a resource at once", async () => {
        const { aws, project, domain } = stage;
        const certificateArn = aws.certificate({ domainName: "*.example.com", status: "EXPIRED", notAfter: days(-1) });
        const args = {
            ...domain(),
            managedLoginVersion: 3,
            waitTimeoutSeconds: 0,
            customDomainConfig: { certificateArn },
        };
        await project.declare({ name: "invalid", args });
        const preview = failed(await project.preview());
        assertSays(
            preview,
            "resource 'invalid' has a problem: managedLoginVersion is 3",
            "resource 'invalid' has a problem: waitTimeoutSeconds is 0",
        );
        assertSaysNot(preview, "[certificate-expired]");
        assertTidy(preview);
    });
});
