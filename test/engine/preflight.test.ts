import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Emulator } from "../emulator";
import { assertNoVerdict, assertSays, assertSaysNot, assertTidy, callsOf, timesSaid, updates } from "./support/expect";
import { failed, type Project, succeeded } from "./support/project";
import { auth, FAILOVER, type NamedDomain, REGION, stages } from "./support/stage";

const DAY = 24 * 60 * 60 * 1000;
const days = (count: number) => new Date(Date.now() + count * DAY);

/** What `pulumi preview --json` holds, as far as these tests look. */
interface PreviewJson {
    steps: object[];
    diagnostics: { message: string; severity: string }[];
}

async function previewJson(project: Project): Promise<{ code: number | null; json: PreviewJson; text: string }> {
    const { code, stdout } = await project.preview("--json");
    const json: PreviewJson = JSON.parse(stdout);
    return { code, json, text: json.diagnostics.map(({ message }) => message).join("\n") };
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
            aws.behaviour.accessDenied = ["acm:DescribeCertificate"];
            const certificateArn = aws.certificate({ domainName: "*.example.com" });
            return { customDomainConfig: { certificateArn } };
        },
        says: /no permission to call acm:DescribeCertificate: allow it on arn:aws:acm:us-east-1:.*\[certificate-unseen\]/,
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

describe("preflight: what is wrong in AWS, in the preview", () => {
    const open = stages();

    for (const [title, cases, fails] of [
        ["warns of all that would fail the update and may be mended before it", WARNINGS, false],
        ["fails on an expired certificate", [ERROR], true],
    ] as const) {
        it(`${title}, in plain text and in JSON`, async () => {
            const { aws, project } = await open();
            const declared = cases.map(({ name, arrange }) => {
                const userPoolId = aws.userPool({ region: REGION, replicas: [{ region: "us-east-2" }] });
                const named = { userPoolId, domain: `${name}.example.com` };
                aws.domain(named);
                return { name, args: { ...named, ...arrange(aws, named) } as never };
            });
            await project.declare(...declared);
            const plain = await project.preview();
            assert.equal(plain.code === 0, !fails, plain.text);
            assertTidy(plain);
            const { code, text, json } = await previewJson(project);
            assert.equal(code === 0, !fails);
            assertNoVerdict(JSON.stringify(json.steps));
            for (const { says } of cases) {
                assertSays(plain, says);
                assert.match(text, says);
            }
            assert.equal(updates(aws).length, 0);
        });
    }

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

    it('fails on warnings too when it is strict, warns of errors with preflight "warn", and does not look with "off"', async () => {
        const stage = await open();
        const certificateArn = stage.aws.certificate({ domainName: "www.example.org" });
        const bad = { ...stage.domain(), customDomainConfig: { certificateArn } };
        await stage.project.declare(auth({ ...bad, preflight: "warn" }));
        assertSays(succeeded(await stage.project.preview()), "[certificate-name-mismatch]");
        stage.project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "true";
        assertSays(failed(await stage.project.preview()), "[certificate-name-mismatch]");
        await stage.project.declare(auth({ ...bad, preflight: "off" }));
        assert.deepEqual(await callsOf(stage.aws, async () => succeeded(await stage.project.preview())), []);
        delete stage.project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT;
        assertSays(failed(await stage.project.up()), "[certificate-name-mismatch]");
    });

    it("names three broken resources of five in one preview, each with all that is wrong", async () => {
        const stage = await open();
        const { aws, project } = stage;
        const expired = aws.certificate({ domainName: "*.example.com", status: "EXPIRED", notAfter: days(-1) });
        const elsewhere = aws.certificate({ domainName: "www.example.org", keyAlgorithm: "EC-secp384r1" });
        const good = aws.certificate({ domainName: "*.example.com" });
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
            /two \(two\.example\.com\):\s+- error: .*\[certificate-expired\]/,
            /four \(four\.example\.com\):\s+- error: .*\[certificate-name-mismatch\]\s+- error: .*\[certificate-key-unusable\]/,
            /five \(five\.example\.com\):\s+- error: managedLoginVersion is 3.*\s+- error: waitTimeoutSeconds is 0.*\s+- error: .*\[certificate-expired\]/,
        );
        assertSaysNot(preview, "one (one.example.com)", "three (three.example.com)");
        assert.equal(timesSaid(preview, "[certificate-name-mismatch]"), 1);
        assertSays(preview, /resource '(two|four|five)' has a problem: .*: see the list above/);
        assertTidy(preview);
    });

    it("asks at once, and each question once", async () => {
        const stage = await open();
        const { aws, project } = stage;
        const certificateArn = aws.certificate({ domainName: "*.example.com" });
        const count = 5;
        await project.declare(
            ...Array.from({ length: count }, (_, index) => ({
                name: `r${index}`,
                args: {
                    ...stage.domain({}, `r${index}.example.com`),
                    managedLoginVersion: 2,
                    customDomainConfig: { certificateArn },
                },
            })),
        );
        // The first call of a client goes alone: it is the one that finds credentials and connects.
        const together = meeting(count - 1);
        aws.behaviour.faults = [{ operation: "DescribeUserPoolDomain", skip: 1, action: { run: together } }];
        const calls = await callsOf(aws, async () => succeeded(await project.preview()));
        assert.deepEqual(
            calls.sort(),
            [
                "DescribeCertificate",
                ...Array(count).fill("DescribeUserPoolDomain"),
                "DescribeUserPool",
                "ListUserPoolClients",
            ].sort(),
        );
    });

    it("has the engine start the plugin while AWS is being asked", async () => {
        const { aws, project, domain } = await open();
        await project.declare(auth({ ...domain(), managedLoginVersion: 2 }));
        const door = createServer((_, response) => response.end());
        const started = once(door, "request").then(() => {});
        await once(door.listen(0, "127.0.0.1"), "listening");
        const { port } = door.address() as AddressInfo;
        await project.write(
            "knock.cjs",
            `if (process.argv[1]?.includes("dynamic-provider")) require("http").get("http://127.0.0.1:${port}");`,
        );
        project.env.NODE_OPTIONS = `--require ${project.folder}/knock.cjs`;
        // No answer before the plugin is there: if it came with the first resource, the call would end in a timeout.
        aws.behaviour.faults = [{ operation: "DescribeUserPoolDomain", action: { run: () => started } }];
        const preview = succeeded(await project.preview().finally(() => door.close()));
        assertSays(preview, "managed login 1 -> 2");
        assertSaysNot(preview, "[domain-unseen]", "wake");
    });

    it("does not load the AWS SDK in the plugin", async () => {
        const stage = await open();
        await stage.project.declare(auth({ ...stage.domain(), managedLoginVersion: 2 }));
        await stage.project.write(
            "watch.cjs",
            `const { Module } = require("module"); const load = Module._load;
             Module._load = function (request, ...rest) {
                 if (request.startsWith("@aws-sdk/client-")) require("fs").appendFileSync(${JSON.stringify(`${stage.project.folder}/loaded`)}, process.argv[1] + "\\n");
                 return load.call(this, request, ...rest);
             };`,
        );
        stage.project.env.NODE_OPTIONS = `--require ${stage.project.folder}/watch.cjs`;
        succeeded(await stage.project.preview());
        const loadedBy = async () => (await stage.project.read("loaded")).trim().split("\n");
        assert.ok((await loadedBy()).every((program) => !program.includes("dynamic-provider")));
        succeeded(await stage.project.up());
        assert.ok(
            (await loadedBy()).some((program) => program.includes("dynamic-provider")),
            "the watch sees nothing",
        );
    });
});

/** A hook that lets nobody on before so many have come: it fails the request of somebody who waits alone for too long. */
function meeting(count: number): (aws: Emulator) => Promise<void> {
    let arrived = 0;
    let open = () => {};
    const all = new Promise<void>((resolve) => {
        open = resolve;
    });
    return async () => {
        arrived += 1;
        if (arrived === count) {
            open();
        }
        await all;
    };
}
