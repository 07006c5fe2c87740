import assert from "node:assert/strict";
import { AwsError, type Call, type Emulator, type Fault } from "../emulator";
import { days } from "../support/certificates";
import type { Run } from "./support/cli";
import {
    assertNoVerdict,
    assertSays,
    assertSaysNot,
    assertTidy,
    timesSaid,
    updates,
    warningsOf,
} from "./support/expect";
import type { Declared } from "./support/program";
import { failed, type Project, succeeded } from "./support/project";
import { auth, FAILOVER, type NamedDomain, REGION, stages } from "./support/stage";

/** What `pulumi preview --json` holds, as far as these tests look. */
interface PreviewJson {
    steps: object[];
    diagnostics: { message: string; severity: string }[];
}

/** One preview as text, and another one of the same as JSON. */
interface Previews {
    plain: Run;
    json: { code: number | null; steps: string; messages: string };
}

async function previewTwice(project: Project): Promise<Previews> {
    const plain = await project.preview();
    const { code, stdout } = await project.preview("--json");
    const { steps, diagnostics }: PreviewJson = JSON.parse(stdout);
    const messages = diagnostics.map(({ message }) => message).join("\n");
    return { plain, json: { code, steps: JSON.stringify(steps), messages } };
}

/** Both say all of that, in a form for people. */
function assertSaid({ plain, json }: Previews, cases: Case[]): void {
    assertTidy(plain);
    assertNoVerdict(json.steps);
    for (const { says } of cases) {
        assertSays(plain, says);
        assert.match(json.messages, says);
    }
}

/** One thing wrong in AWS of a pool and a domain of its own, and what a preview has to say of it. */
interface Case {
    name: string;
    arrange(aws: Emulator, named: NamedDomain): Record<string, unknown>;
    /** What the person who reads the pull request sees. */
    says: RegExp;
}

const WARNINGS: Case[] = [
    {
        name: "absent",
        arrange: (aws, { domain }) => {
            aws.removeDomain(domain);
            return { managedLoginVersion: 1 };
        },
        says: /has no domain absent\.example\.com in us-west-2\. Create it first .*\[domain-not-found\]/,
    },
    {
        name: "theirs",
        arrange: (aws, { domain }) => {
            aws.patchDomain(domain, { userPoolId: aws.userPool({ region: REGION }) });
            return { managedLoginVersion: 1 };
        },
        says: /belongs to the user pool us-west-2_\w+, not to .*\[domain-other-pool\]/,
    },
    {
        name: "lite",
        arrange: (aws, { userPoolId }) => {
            aws.patchUserPool(userPoolId, { tier: "LITE" });
            return { managedLoginVersion: 2 };
        },
        says: /feature plan LITE.*Move the pool to ESSENTIALS or PLUS.*\[feature-plan-lite\]/,
    },
    {
        name: "unbranded",
        arrange: (aws, { userPoolId }) => {
            aws.client({ userPoolId, name: "web" });
            aws.client({ userPoolId, name: "mobile", withBranding: true });
            return { managedLoginVersion: 2 };
        },
        says: /app clients without a branding style: web; .*\[branding-missing\]/,
    },
    {
        name: "passkeys",
        arrange: (aws, { userPoolId }) => {
            const signInPolicy = ["PASSWORD", "WEB_AUTHN"];
            aws.patchUserPool(userPoolId, { signInPolicy, webAuthnRelyingPartyId: "example.org" });
            return { managedLoginVersion: 2 };
        },
        says: /passkeys are for example\.org, which does not fit passkeys\.example\.com.*\[passkey-relying-party\]/,
    },
    {
        name: "replica",
        arrange: () => ({ routing: { failover: { ...FAILOVER, secondaryRegion: "eu-west-1" } } }),
        says: /has no replica in eu-west-1, but one in us-east-2 \(a pool has at most one\)\. Name us-east-2.*\[replica-not-found\]/,
    },
    {
        name: "forbidden",
        arrange: (aws) => {
            const certificateArn = aws.certificate({ domainName: "*.example.com" });
            aws.behaviour.faults.push(mayNotBeDescribed(certificateArn));
            return { customDomainConfig: { certificateArn } };
        },
        says: /no permission to call acm:DescribeCertificate: allow it on arn:aws:acm:us-east-1:.*\[certificate-unseen\]/,
    },
    {
        name: "lenient",
        arrange: (aws) => {
            const certificateArn = aws.certificate({ domainName: "www.example.org" });
            return { preflight: "warn", customDomainConfig: { certificateArn } };
        },
        says: /does not cover lenient\.example\.com.*\[certificate-name-mismatch\]/,
    },
];

const ERROR: Case = {
    name: "expired",
    arrange: (aws) => {
        const notAfter = "2026-11-01T00:00:00Z";
        const certificateArn = aws.certificate({ domainName: "*.example.com", status: "EXPIRED", notAfter });
        return { customDomainConfig: { certificateArn } };
    },
    says: /status EXPIRED since 2026-11-01\. Request or import a new one .*\[certificate-expired\]/,
};

function declared(aws: Emulator, { name, arrange }: Case): Declared {
    const userPoolId = aws.userPool({ region: REGION, replicas: [{ region: "us-east-2" }] });
    const named = { userPoolId, domain: `${name}.example.com` };
    aws.domain(named);
    return { name, args: { ...named, ...arrange(aws, named) } as never };
}

describe("preflight: what is wrong in AWS, in the preview", () => {
    const open = stages();
    let aws: Emulator;
    let previews: Previews;
    let strict: Run;

    before(async () => {
        const stage = await open();
        const { project } = stage;
        aws = stage.aws;
        await project.declare(...WARNINGS.map((it) => declared(aws, it)));
        previews = await previewTwice(project);
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "true";
        strict = await project.preview();
    });

    it("warns of all that would fail the update and may be mended before it, in plain text and in JSON", () => {
        succeeded(previews.plain);
        assert.equal(previews.json.code, 0);
        assertSaid(previews, WARNINGS);
        assert.deepEqual(updates(aws), []);
    });

    it('warns of errors with preflight "warn", and fails on warnings too when it is strict', () => {
        assertSays(warningsOf(succeeded(previews.plain), "lenient"), "[certificate-name-mismatch]");
        const others = `${WARNINGS.length - 1} other resources have findings, too:`;
        assertSays(failed(strict), others, ...WARNINGS.map(({ says }) => says));
    });

    it("fails on an expired certificate, in plain text and in JSON", async () => {
        const stage = await open();
        await stage.project.declare(declared(stage.aws, ERROR));
        const refused = await previewTwice(stage.project);
        failed(refused.plain);
        assert.notEqual(refused.json.code, 0);
        assertSaid(refused, [ERROR]);
        assert.deepEqual(updates(stage.aws), []);
    });

    it("warns where there are no credentials, as in a pull request from a fork", async () => {
        const stage = await open();
        await stage.project.declare(auth({ ...stage.domain(), managedLoginVersion: 2 }));
        for (const key of Object.keys(stage.project.env).filter((it) => /^AWS_(ACCESS|SECRET|SESSION)/.test(it))) {
            delete stage.project.env[key];
        }
        const preview = succeeded(await stage.project.preview());
        assertSays(
            preview,
            /could not be checked: no usable AWS credentials for cognito-idp:DescribeUserPoolDomain.*\[domain-unseen\]/,
        );
        assertTidy(preview);
        assert.equal(stage.aws.calls.length, 0);
    });

    it("names three broken resources of five in one preview, each with all that is wrong", async () => {
        const stage = await open();
        const { project } = stage;
        const expired = stage.aws.certificate({ domainName: "*.example.com", status: "EXPIRED", notAfter: days(-1) });
        const elsewhere = stage.aws.certificate({ domainName: "www.example.org", keyAlgorithm: "EC-secp384r1" });
        const good = stage.aws.certificate({ domainName: "*.example.com" });
        const resource = (name: string, args: object) => ({
            name,
            args: { ...stage.domain({}, `${name}.example.com`), ...args } as never,
        });
        await project.declare(
            resource("one", { customDomainConfig: { certificateArn: good } }),
            resource("two", { customDomainConfig: { certificateArn: expired } }),
            resource("three", { managedLoginVersion: 2 }),
            resource("four", { customDomainConfig: { certificateArn: elsewhere } }),
            resource("five", {
                managedLoginVersion: 3,
                waitTimeoutSeconds: 0,
                customDomainConfig: { certificateArn: expired },
            }),
        );
        const preview = failed(await project.preview());
        assertSays(
            preview,
            "2 other resources have findings, too:",
            /- error: .*\[certificate-name-mismatch\]\s+- error: .*\[certificate-key-unusable\]/,
            /- error: managedLoginVersion is 3.*\s+- error: waitTimeoutSeconds is 0.*\s+- error: .*\[certificate-expired\]/,
        );
        // The one that the engine checks first fails, and says what was found of the others.
        for (const name of ["two", "four", "five"]) {
            assertSays(preview, new RegExp(`resource '${name}' has a problem|${name} \\(${name}\\.example\\.com\\):`));
        }
        assertSaysNot(preview, "one (one.example.com)", "three (three.example.com)");
        assert.equal(timesSaid(preview, "[certificate-name-mismatch]"), 1);
        assert.equal(timesSaid(preview, "[certificate-expired]"), 2);
        assertTidy(preview);
    });
});

/** Denies what the behaviour `accessDenied` does, of one certificate. */
function mayNotBeDescribed(certificateArn: string): Fault {
    const run = (_: Emulator, { input }: Call) => {
        if (input.CertificateArn === certificateArn) {
            const action = `acm:DescribeCertificate on resource: ${certificateArn}`;
            throw new AwsError("AccessDeniedException", `User: me is not authorized to perform: ${action}`);
        }
    };
    return { operation: "DescribeCertificate", action: { run } };
}
