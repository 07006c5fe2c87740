import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { engineFolder, type Ran } from "../../demo/shell";
import { ROOT, type Stack, Workspace } from "../../demo/workspace";
import { stepOf } from "../../tools/pipelineStep";
import { type Emulator, startEmulator } from "../emulator";

const DOMAIN = "auth.example.com";
const DAY = 24 * 60 * 60 * 1000;

describe("the nightly job of examples/pr-pipeline, with the real engine", () => {
    const workflow = readFileSync(path.join(ROOT, "examples/pr-pipeline/pulumi.yml"), "utf8");
    let aws: Emulator;
    let workspace: Workspace;
    let stack: Stack;
    let certificateArn: string;

    before(async () => {
        aws = await startEmulator();
        workspace = new Workspace(await engineFolder(ROOT), {
            ...aws.env(),
            PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT: "true",
        });
        const userPoolId = aws.userPool({ region: "us-west-2" });
        certificateArn = aws.certificate({ domainName: DOMAIN });
        aws.domain({ userPoolId, domain: DOMAIN, version: 2, certificateArn });
        stack = await workspace.stack(path.join(ROOT, "examples/custom-domain"), "prod");
        for (const [key, value] of Object.entries({ userPoolId, domain: DOMAIN, certificateArn })) {
            await stack.pulumi(["config", "set", key, value]);
        }
        await stack.pulumi(["config", "set", "managedLoginVersion", "2"]);
        const { code, output } = await stack.pulumi(["up", "--yes", "--skip-preview"]);
        assert.equal(code, 0, output);
    });

    after(async () => {
        await aws.close();
        workspace.remove();
    });

    /** Runs what the workflow's step runs; the stack is ours. */
    function step(name: string): Promise<Ran> {
        const [command, ...args] = stepOf(workflow, name).split(" ");
        assert.equal(command, "pulumi");
        const at = args.indexOf("--stack");
        return stack.pulumi(args.filter((arg, index) => ![at, at + 1].includes(index) && arg !== "--non-interactive"));
    }

    async function codes(): Promise<{ preview: boolean; drift: boolean }> {
        const [preview, drift] = [await step("Strict preview"), await step("Drift")];
        return { preview: preview.code === 0, drift: drift.code === 0 };
    }

    it("is strict", () => {
        assert.match(workflow, /name: Strict preview\n\s+env:\n\s+PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT: "true"/);
    });

    it("succeeds while all is well", async () => {
        assert.deepEqual(await codes(), { preview: true, drift: true });
    });

    it("needs no more than what docs/iam.md gives to PREVIEW_ROLE", async () => {
        const { Statement } = JSON.parse(readFileSync(path.join(ROOT, "docs/iam-policy.json"), "utf8"));
        const allowed: string[] = Statement.slice(0, 3).flatMap(({ Action }: { Action: string | string[] }) => Action);
        aws.calls = [];
        assert.deepEqual(await codes(), { preview: true, drift: true });
        const called = new Set(aws.calls.map(({ service, operation }) => `${service}:${operation}`));
        assert.ok(called.size > 1);
        assert.deepEqual(
            [...called].filter((action) => !allowed.includes(action)),
            [],
        );
        // What may be read there is no secret, and nothing can be changed.
        assert.ok(allowed.every((action) => /:(Describe|List|Get)/.test(action)));
        assert.ok(!allowed.includes("cognito-idp:DescribeUserPoolClient"));
    });

    it("finds a certificate that nears its end, by its strict preview", async () => {
        const notAfter = new Date(Date.now() + 5 * DAY);
        // Of 198 days: what is soon is a share of the lifetime.
        aws.patchCertificate(certificateArn, { notBefore: new Date(Date.now() - 193 * DAY), notAfter });
        const { code, output } = await step("Strict preview");
        assert.notEqual(code, 0);
        assert.match(output, /\[certificate-expires-soon\]/);
        aws.patchCertificate(certificateArn, { notAfter: new Date(Date.now() + 300 * DAY) });
    });

    it("finds what somebody has changed by hand, by its refresh", async () => {
        aws.patchDomain(DOMAIN, { managedLoginVersion: 1 });
        const { code, output } = await step("Drift");
        assert.notEqual(code, 0, output);
        assert.match(output, /managedLoginVersion/);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
    });
});
