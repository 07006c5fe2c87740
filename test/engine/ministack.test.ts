import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ACMClient, RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
    CognitoIdentityProviderClient,
    CreateUserPoolCommand,
    CreateUserPoolDomainCommand,
    DescribeUserPoolDomainCommand,
    UpdateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { installed, pythonOrSkip } from "../support/pypi";
import { killAll } from "./support/cli";
import { assertSays } from "./support/expect";
import { Project, succeeded } from "./support/project";
import { auth, DOMAIN, REGION } from "./support/stage";

describe("on an emulator that others have written (ministack)", () => {
    let ministack: Awaited<ReturnType<typeof startMinistack>> | undefined;
    let project: Project;
    let cognito: CognitoIdentityProviderClient;
    let acm: ACMClient;

    before(async function () {
        ministack = await startMinistack(await pythonOrSkip(this));
        const options = { endpoint: ministack.endpoint, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
        cognito = new CognitoIdentityProviderClient({ ...options, region: REGION });
        acm = new ACMClient({ ...options, region: "us-east-1" });
        project = await Project.create(ministack);
    });

    after(async () => {
        killAll();
        await project?.remove();
        await ministack?.stop();
    });

    const certificate = async () =>
        (await acm.send(new RequestCertificateCommand({ DomainName: "*.example.com" }))).CertificateArn ?? "";

    const inForce = async () => {
        const { DomainDescription } = await cognito.send(new DescribeUserPoolDomainCommand({ Domain: DOMAIN }));
        return {
            version: DomainDescription?.ManagedLoginVersion ?? 1,
            certificateArn: DomainDescription?.CustomDomainConfig?.CertificateArn,
        };
    };

    it("sends whole settings, shows and corrects drift, and restores", async () => {
        const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "pool" }));
        const userPoolId = UserPool?.Id ?? "";
        const [old, next] = [await certificate(), await certificate()];
        await cognito.send(
            new CreateUserPoolDomainCommand({
                UserPoolId: userPoolId,
                Domain: DOMAIN,
                ManagedLoginVersion: 1,
                CustomDomainConfig: { CertificateArn: old },
            }),
        );
        const customDomainConfig = { certificateArn: next };
        await project.declare(
            auth({ userPoolId, domain: DOMAIN, onDelete: "restore", managedLoginVersion: 2, customDomainConfig }),
        );
        succeeded(await project.up());
        assert.deepEqual(await inForce(), { version: 2, certificateArn: next });

        await cognito.send(
            new UpdateUserPoolDomainCommand({
                UserPoolId: userPoolId,
                Domain: DOMAIN,
                ManagedLoginVersion: 1,
                CustomDomainConfig: { CertificateArn: next },
            }),
        );
        assertSays(succeeded(await project.refresh()), /managedLoginVersion/);
        succeeded(await project.up());
        assert.deepEqual(await inForce(), { version: 2, certificateArn: next });

        succeeded(await project.destroy());
        assert.deepEqual(await inForce(), { version: 1, certificateArn: old });
    });
});

/** Starts ministack on a free port, installed into a virtual environment of its own in the user's cache folder. */
async function startMinistack(python: string) {
    const command = join(await installed(python, "ministack", "1.5.33"), "bin", "ministack");
    const placeholder = createServer();
    await once(placeholder.listen(0, "127.0.0.1"), "listening");
    const { port } = placeholder.address() as AddressInfo;
    placeholder.close();
    const endpoint = `http://127.0.0.1:${port}`;
    const server = spawn(command, [], {
        env: { ...process.env, GATEWAY_PORT: String(port), IOT_MTLS_PORT: "0" },
        stdio: "ignore",
    });
    const ended = once(server, "exit");
    while (!(await fetch(endpoint).catch(() => undefined))) {
        assert.equal(server.exitCode, null, "ministack ended at once");
        await sleep(100);
    }
    return {
        endpoint,
        env: () => ({ AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" }),
        stop: async () => {
            server.kill("SIGKILL");
            await ended;
        },
    };
}
