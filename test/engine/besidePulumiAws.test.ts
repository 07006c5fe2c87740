import assert from "node:assert/strict";
import * as path from "node:path";
import { ROOT, type Stack, Workspace } from "../../demo/workspace";
import { type Emulator, startEmulator } from "../emulator";
import { engineFolder } from "./support/engine";
import { programEnvironment } from "./support/runtimes";

const DOMAIN = "auth.example.com";

describe("settings tied to a domain of another package, with the real engine", () => {
    let aws: Emulator;
    let workspace: Workspace;
    let stack: Stack;
    let userPoolId: string;
    let certificateArn: string;

    before(async () => {
        aws = await startEmulator();
        workspace = new Workspace(await engineFolder(), { ...aws.env(), ...(await programEnvironment()) });
        userPoolId = aws.userPool({ region: "us-west-2" });
        certificateArn = aws.certificate({ domainName: DOMAIN });
        aws.domain({ userPoolId, domain: DOMAIN, version: 1, certificateArn });
        stack = await workspace.stack(path.join(ROOT, "test/fixtures/beside-pulumi-aws"), "dev");
        await config({ userPoolId, domain: DOMAIN, generation: "1" });
        await up();
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });

    after(async () => {
        await aws.close();
        workspace.remove();
    });

    it("are applied to a domain that its owner has created again (replaceWith)", async () => {
        aws.removeDomain(DOMAIN);
        aws.domain({ userPoolId, domain: DOMAIN, version: 1, certificateArn });
        await config({ generation: "2" });
        await up();
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });

    it("are not restored before their domain is replaced, though onDelete says restore", async () => {
        aws.calls = [];
        await config({ generation: "3" });
        await up();
        assert.deepEqual(aws.callsTo("UpdateUserPoolDomain"), []);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });

    it("need no call when their domain is deleted (deletedWith), whatever onDelete says", async () => {
        aws.calls = [];
        await config({ gone: "true" });
        await up();
        assert.deepEqual(aws.calls, []);
    });

    async function config(values: Record<string, string>): Promise<void> {
        for (const [key, value] of Object.entries(values)) {
            const { code, output } = await stack.pulumi(["config", "set", key, value]);
            assert.equal(code, 0, output);
        }
    }

    async function up(): Promise<void> {
        const { code, output } = await stack.pulumi(["up", "--yes", "--skip-preview"]);
        assert.equal(code, 0, output);
    }
});
