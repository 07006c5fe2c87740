import * as assert from "node:assert/strict";
import * as path from "node:path";
import { ROOT, type Stack, Workspace } from "../../demo/workspace";
import { type Emulator, startEmulator } from "../emulator";
import { engineFolder } from "./support/engine";
import { programEnvironment } from "./support/runtimes";
import { DOMAIN, REGION } from "./support/stage";

describe("the examples, with the real engine", () => {
    let aws: Emulator;
    let workspace: Workspace;
    let userPoolId: string;
    let certificateArn: string;

    beforeEach(async () => {
        aws = await startEmulator();
        workspace = new Workspace(await engineFolder(), { ...aws.env(), ...(await programEnvironment()) });
        userPoolId = aws.userPool({ region: REGION });
        aws.domain({ userPoolId, domain: DOMAIN, version: 1 });
        certificateArn = aws.certificate({ domainName: DOMAIN });
    });

    afterEach(async () => {
        await aws.close();
        workspace.remove();
    });

    it("custom-domain", async () => {
        const config = { userPoolId, domain: DOMAIN, managedLoginVersion: "2", certificateArn };
        const outputs = await deployed(".", config);
        const domain = aws.domainOf(DOMAIN);
        assert.deepEqual([domain?.managedLoginVersion, domain?.certificateArn], [2, certificateArn]);
        assert.equal(outputs.cloudFrontDomain, distribution());
        assert.equal(outputs.cloudFrontHostedZoneId, "Z2FDTNDATAQYW2");
        assert.equal(outputs.signInUrl, `https://${DOMAIN}/login`);
    });

    it("prefix-domain", async () => {
        aws.domain({ userPoolId, domain: "my-product", version: 1 });
        const outputs = await deployed("examples/prefix-domain", { userPoolId, domain: "my-product" });
        assert.equal(aws.domainOf("my-product")?.managedLoginVersion, 2);
        assert.deepEqual(outputs, {
            managedLoginVersion: 2,
            signInUrl: "https://my-product.auth.us-west-2.amazoncognito.com/login",
        });
    });

    it("stack-reference: certificate, auth, dns", async () => {
        const certificateStack = "organization/certificate/dev";
        await deployed("examples/stack-reference/certificate", { certificateArn });
        await deployed("examples/stack-reference/auth", { certificateStack, userPoolId, domain: DOMAIN });
        const outputs = await deployed("examples/stack-reference/dns", { authStack: "organization/auth/dev" });
        const domain = aws.domainOf(DOMAIN);
        assert.deepEqual([domain?.managedLoginVersion, domain?.certificateArn], [1, certificateArn]);
        const { Changes } = outputs.changeBatch as { Changes: { ResourceRecordSet: unknown }[] };
        assert.deepEqual(
            Changes.map(({ ResourceRecordSet }) => ResourceRecordSet),
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

    /** What the last DescribeUserPoolDomain answered. */
    function distribution(): string | undefined {
        const { output } = aws.callsTo("DescribeUserPoolDomain").at(-1) ?? {};
        return (output as { DomainDescription?: { CloudFrontDistribution?: string } } | undefined)?.DomainDescription
            ?.CloudFrontDistribution;
    }

    /** The outputs of the program in a folder, after an `up` with this config. */
    async function deployed(folder: string, config: Record<string, string>): Promise<Record<string, unknown>> {
        const stack = await workspace.stack(path.join(ROOT, folder), "dev");
        const pairs = Object.entries(config).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
        await succeeds(stack, "config", "set-all", ...pairs);
        // Without the preview that it begins with: it has a test of its own, and takes as long as the rest.
        await succeeds(stack, "up", "--yes", "--skip-preview");
        return JSON.parse(await succeeds(stack, "stack", "output", "--json"));
    }
});

async function succeeds(stack: Stack, ...args: string[]): Promise<string> {
    const { code, stdout, output } = await stack.pulumi(args);
    assert.equal(code, 0, output);
    return stdout;
}
