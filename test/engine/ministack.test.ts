import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { ACMClient, RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
    CognitoIdentityProviderClient,
    CreateUserPoolCommand,
    CreateUserPoolDomainCommand,
    DescribeUserPoolDomainCommand,
    UpdateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { findPython, installed } from "../support/pypi";
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
        const found = await findPython();
        if ("missing" in found) {
            console.log(`      skipped: ${found.missing}`);
            return this.skip();
        }
        ministack = await startMinistack(found.python);
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
        const named = { userPoolId, domain: DOMAIN, onDelete: "restore" };

        await project.declare(auth({ ...named, managedLoginVersion: 1, customDomainConfig: { certificateArn: next } }));
        succeeded(await project.up());
        assert.deepEqual(await inForce(), { version: 1, certificateArn: next });

        await project.declare(auth({ ...named, managedLoginVersion: 2, customDomainConfig: { certificateArn: next } }));
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
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${port}`;
    const server = spawn(command, [], {
        env: { ...process.env, GATEWAY_PORT: String(port), IOT_MTLS_PORT: "0" },
        stdio: "ignore",
    });
    const ended = once(server, "exit");
    await answering(endpoint, () => server.exitCode !== null);
    return {
        endpoint,
        env: () => ({ AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" }),
        stop: async () => {
            server.kill("SIGKILL");
            await ended;
        },
    };
}

async function freePort(): Promise<number> {
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    server.close();
    return typeof address === "object" && address ? address.port : 0;
}

/** Waits until the server answers anything; throws when it has ended instead. */
async function answering(endpoint: string, hasEnded: () => boolean): Promise<void> {
    for (;;) {
        try {
            await fetch(endpoint);
            return;
        } catch (error) {
            if (hasEnded()) {
                throw new Error("ministack ended at once", { cause: error });
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
    }
}
