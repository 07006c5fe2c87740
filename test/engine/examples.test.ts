import * as assert from "node:assert/strict";
import * as path from "node:path";
import { ROOT, type Stack, Workspace } from "../../demo/workspace";
import { type Emulator, startEmulator } from "../emulator";
import { engineFolder } from "./support/engine";
import { programEnvironment } from "./support/runtimes";

const REGION = "us-west-2";
const DOMAIN = "auth.example.com";

// Without the preview that each begins with: it has a test of its own, and takes as long as the rest.
const UP = ["up", "--yes", "--skip-preview"];
const DESTROY = ["destroy", "--yes", "--skip-preview"];

describe("the examples, with the real engine", () => {
    let aws: Emulator;
    let workspace: Workspace;

    beforeEach(async () => {
        aws = await startEmulator();
        workspace = new Workspace(await engineFolder(), { ...aws.env(), ...(await programEnvironment()) });
    });

    afterEach(async () => {
        await aws.close();
        workspace.remove();
    });

    it("custom-domain", async () => {
        const { stack, certificateArn } = await customDomainIn(".");

        await succeeds(stack, ...UP);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
        assert.equal(aws.domainOf(DOMAIN)?.certificateArn, certificateArn);
        const outputs = await outputsOf(stack);
        assert.equal(outputs.cloudFrontDomain, distribution());
        assert.equal(outputs.cloudFrontHostedZoneId, "Z2FDTNDATAQYW2");
        assert.equal(outputs.signInUrl, `https://${DOMAIN}/login`);

        await succeeds(stack, ...UP, "--expect-no-changes");
        await succeeds(stack, ...DESTROY);
        assert.equal(aws.callsTo("UpdateUserPoolDomain").length, 1);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });

    it("prefix-domain", async () => {
        const userPoolId = aws.userPool({ region: REGION });
        aws.domain({ userPoolId, domain: "my-product", version: 1 });
        const stack = await stackIn("examples/prefix-domain", { userPoolId, domain: "my-product" });

        await succeeds(stack, ...UP);
        assert.equal(aws.domainOf("my-product")?.managedLoginVersion, 2);
        assert.deepEqual(await outputsOf(stack), {
            managedLoginVersion: 2,
            signInUrl: "https://my-product.auth.us-west-2.amazoncognito.com/login",
        });
    });

    it("stack-reference: certificate, auth, dns", async () => {
        const { userPoolId, certificateArn } = liveDomain();
        const certificate = await stackIn("examples/stack-reference/certificate", { certificateArn });
        const auth = await stackIn("examples/stack-reference/auth", {
            certificateStack: "organization/certificate/dev",
            userPoolId,
            domain: DOMAIN,
        });
        const dns = await stackIn("examples/stack-reference/dns", { authStack: "organization/auth/dev" });

        await succeeds(certificate, ...UP);
        await succeeds(auth, ...UP);
        await succeeds(dns, ...UP);

        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
        assert.equal(aws.domainOf(DOMAIN)?.certificateArn, certificateArn);
        const { changeBatch } = await outputsOf(dns);
        assert.deepEqual(
            (changeBatch as ChangeBatch).Changes.map(({ ResourceRecordSet }) => ResourceRecordSet),
            ["A", "AAAA"].map((type) => ({
                Name: DOMAIN,
                Type: type,
                AliasTarget: {
                    DNSName: distribution(),
                    HostedZoneId: "Z2FDTNDATAQYW2",
                    EvaluateTargetHealth: false,
                },
            })),
        );
    });

    /** A custom domain with the classic hosted UI, and a new certificate for it. */
    function liveDomain() {
        const userPoolId = aws.userPool({ region: REGION });
        aws.domain({ userPoolId, domain: DOMAIN, version: 1 });
        return { userPoolId, certificateArn: aws.certificate({ domainName: DOMAIN }) };
    }

    /** The stack of that program in a folder, for managed login with the new certificate. */
    async function customDomainIn(folder: string) {
        const { userPoolId, certificateArn } = liveDomain();
        const config = { userPoolId, domain: DOMAIN, managedLoginVersion: "2", certificateArn };
        return { stack: await stackIn(folder, config), certificateArn };
    }

    /** What the last DescribeUserPoolDomain answered. */
    function distribution(): string | undefined {
        const { output } = aws.callsTo("DescribeUserPoolDomain").at(-1) ?? {};
        return (output as { DomainDescription?: { CloudFrontDistribution?: string } } | undefined)?.DomainDescription
            ?.CloudFrontDistribution;
    }

    async function stackIn(folder: string, config: Record<string, string>): Promise<Stack> {
        const stack = await workspace.stack(path.join(ROOT, folder), "dev");
        await setConfig(stack, config);
        return stack;
    }
});

interface ChangeBatch {
    Changes: { ResourceRecordSet: unknown }[];
}

async function setConfig(stack: Stack, config: Record<string, string>): Promise<void> {
    const pairs = Object.entries(config).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
    await succeeds(stack, "config", "set-all", ...pairs);
}

async function outputsOf(stack: Stack): Promise<Record<string, unknown>> {
    return JSON.parse(await succeeds(stack, "stack", "output", "--json"));
}

async function succeeds(stack: Stack, ...args: string[]): Promise<string> {
    const { code, stdout, output } = await stack.pulumi(args);
    assert.equal(code, 0, output);
    return stdout;
}
