import assert from "node:assert/strict";
import * as path from "node:path";
import { engineFolder } from "../../demo/shell";
import { ROOT, type Stack, Workspace } from "../../demo/workspace";
import { type Emulator, startEmulator } from "../emulator";
import { makeCertificate, startTlsServer, type TestCertificate } from "../support/tlsServer";
import { assertSays, assertTidy, updates } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

describe("a proof that is still missing", () => {
    const open = stages();
    let inForce: TestCertificate;
    let desired: TestCertificate;

    before(async () => {
        inForce = await makeCertificate("0a01", DOMAIN);
        desired = await makeCertificate("0b02", DOMAIN);
    });

    it("does not vanish with --refresh: each `up` makes it again, until it succeeds", async () => {
        const { aws, project, domain } = await open();
        let presented = inForce;
        const server = await startTlsServer(() => presented);
        await project.write("ca.pem", `${inForce.cert}\n${desired.cert}\n`);
        project.env.NODE_EXTRA_CA_CERTS = `${project.folder}/ca.pem`;
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO = `::127.0.0.1:${server.port}`;
        const certificateArn = aws.certificate({ domainName: DOMAIN, serial: "0b:02" });
        const args = { ...domain(), customDomainConfig: { certificateArn }, wait: "served", waitTimeoutSeconds: 3 };
        await project.declare(auth(args));
        assertSays(failed(await project.up()), /not seen to serve|not proved that/);
        for (const flags of [["--refresh"], []]) {
            const run = failed(await project.up(...flags));
            assertSays(run, /not seen to serve|not proved that/);
            assertTidy(run);
        }
        presented = desired;
        succeeded(await project.up("--refresh"));
        succeeded(await project.preview("--expect-no-changes"));
        assert.equal(updates(aws).length, 1, "what had arrived was sent again");
        await server.close();
    });
});

describe("a domain that its owner replaces", () => {
    let aws: Emulator;
    let workspace: Workspace;
    let stack: Stack;

    before(async () => {
        aws = await startEmulator();
        workspace = new Workspace(await engineFolder(ROOT), aws.env());
        const userPoolId = aws.userPool({ region: "us-west-2" });
        aws.domain({ userPoolId, domain: DOMAIN, version: 1 });
        stack = await workspace.stack(path.join(ROOT, "test/fixtures/beside-pulumi-aws"), "dev");
        await config({ userPoolId, domain: DOMAIN, generation: "1" });
        await up();
    });
    after(async () => {
        await aws.close();
        workspace.remove();
    });

    it("gets no old settings put back before it goes, though onDelete says restore", async () => {
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
        aws.calls = [];
        await config({ generation: "2" });
        await up();
        assert.deepEqual(aws.callsTo("UpdateUserPoolDomain"), []);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
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
