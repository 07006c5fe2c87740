import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Emulator } from "../emulator";
import { assertNoVerdict, assertSays, assertSaysNot, assertTidy, callsOf, timesSaid, updates } from "./support/expect";
import { failed, type Project, succeeded } from "./support/project";
import { auth, DOMAIN, FAILOVER, type Stage, stages } from "./support/stage";

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

/** One thing wrong in AWS, and what a preview has to say of it. */
interface Case {
    name: string;
    arrange(stage: Stage): Record<string, unknown>;
    /** What the person who reads the pull request sees. */
    says: RegExp;
    fails: boolean;
}

const CASES: Case[] = [
    {
        name: "a domain that is not there",
        arrange: ({ userPoolId }) => ({ userPoolId, domain: "auth.example.org", managedLoginVersion: 1 }),
        says: /has no domain auth\.example\.org in us-west-2\. Create it first .*\[domain-not-found\]/,
        fails: false,
    },
    {
        name: "a domain of another pool",
        arrange: (stage) => {
            const { domain } = stage.domain();
            const other = stage.aws.userPool({ region: "us-west-2" });
            stage.aws.patchDomain(domain, { userPoolId: other });
            return { userPoolId: stage.userPoolId, domain, managedLoginVersion: 1 };
        },
        says: /belongs to the user pool us-west-2_\w+, not to .*\[domain-other-pool\]/,
        fails: false,
    },
    {
        name: "a certificate that has expired",
        arrange: (stage) => ({
            ...stage.domain(),
            customDomainConfig: {
                certificateArn: stage.aws.certificate({
                    domainName: DOMAIN,
                    status: "EXPIRED",
                    notAfter: "2026-11-01T00:00:00Z",
                }),
            },
        }),
        says: /status EXPIRED since 2026-11-01\. Request or import a new one .*\[certificate-expired\]/,
        fails: true,
    },
    {
        name: "a feature plan without managed login",
        arrange: (stage) => {
            stage.aws.patchUserPool(stage.userPoolId, { tier: "LITE" });
            return { ...stage.domain(), managedLoginVersion: 2 };
        },
        says: /feature plan LITE.*Move the pool to ESSENTIALS or PLUS.*\[feature-plan-lite\]/,
        fails: false,
    },
    {
        name: "app clients without a branding style",
        arrange: (stage) => {
            stage.aws.client({ userPoolId: stage.userPoolId, name: "web" });
            stage.aws.client({ userPoolId: stage.userPoolId, name: "mobile", withBranding: true });
            return { ...stage.domain(), managedLoginVersion: 2 };
        },
        says: /app clients without a branding style: web; .*\[branding-missing\]/,
        fails: false,
    },
    {
        name: "passkeys for another domain",
        arrange: (stage) => {
            stage.aws.patchUserPool(stage.userPoolId, {
                signInPolicy: ["PASSWORD", "WEB_AUTHN"],
                webAuthnRelyingPartyId: "example.org",
            });
            return { ...stage.domain(), managedLoginVersion: 2 };
        },
        says: /passkeys are for example\.org, which does not fit auth\.example\.com.*\[passkey-relying-party\]/,
        fails: false,
    },
    {
        name: "failover to a Region without a replica",
        arrange: (stage) => ({
            ...stage.domain(),
            routing: { failover: { ...FAILOVER, secondaryRegion: "eu-west-1" } },
        }),
        says: /has no replica in eu-west-1, but one in us-east-2 \(a pool has at most one\)\. Name us-east-2.*\[replica-not-found\]/,
        fails: false,
    },
    {
        name: "a missing permission",
        arrange: (stage) => {
            stage.aws.behaviour.accessDenied = ["acm:DescribeCertificate"];
            const certificateArn = stage.aws.certificate({ domainName: DOMAIN });
            return { ...stage.domain(), customDomainConfig: { certificateArn } };
        },
        says: /no permission to call acm:DescribeCertificate: allow it on arn:aws:acm:us-east-1:.*\[certificate-unseen\]/,
        fails: false,
    },
];

describe("preflight: what is wrong in AWS, in the preview", () => {
    const open = stages();

    for (const { name, arrange, says, fails } of CASES) {
        it(`${fails ? "fails on" : "warns of"} ${name}, in plain text and in JSON`, async () => {
            const stage = await open();
            await stage.project.declare(auth(arrange(stage) as never));
            const plain = await stage.project.preview();
            assert.equal(plain.code === 0, !fails, plain.text);
            assertSays(plain, says);
            assertTidy(plain);
            const { code, text, json } = await previewJson(stage.project);
            assert.equal(code === 0, !fails);
            assert.match(text, says);
            assertNoVerdict(JSON.stringify(json.steps));
            assert.equal(updates(stage.aws).length, 0);
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
