import assert from "node:assert/strict";
import { makeCertificate, startTlsServer, type TestCertificate } from "../support/tlsServer";
import { assertSays, assertSaysNot, assertTidy, updates } from "./support/expect";
import { secret } from "./support/program";
import { failed, type Project, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

describe("what an update verifies before it says updated", () => {
    const open = stages();
    let oldCertificate: TestCertificate;
    let newCertificate: TestCertificate;

    before(async () => {
        oldCertificate = await makeCertificate("0a01", DOMAIN);
        newCertificate = await makeCertificate("0b02", DOMAIN);
    });

    /** The domain's edge is this server, and its certificate is trusted. */
    async function reach(project: Project, port: number, trusted = newCertificate.cert): Promise<void> {
        await project.write("ca.pem", trusted);
        project.env.NODE_EXTRA_CA_CERTS = `${project.folder}/ca.pem`;
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO = `::127.0.0.1:${port}`;
    }

    /** The same, with no sign-in page there. */
    async function reachWithoutPage(project: Project): ReturnType<typeof startTlsServer> {
        const server = await startTlsServer(
            () => newCertificate,
            (_request, response) => response.writeHead(403).end("Login pages unavailable"),
        );
        await reach(project, server.port);
        return server;
    }

    it('waits with wait "served" until the new certificate is presented', async () => {
        const { aws, project, domain } = await open();
        const certificateArn = aws.certificate({ domainName: DOMAIN, serial: "0b:02" });
        let handshakes = 0;
        const server = await startTlsServer(() => (handshakes++ < 3 ? oldCertificate : newCertificate));
        await reach(project, server.port);
        await project.declare(auth({ ...domain(), customDomainConfig: { certificateArn }, wait: "served" }));
        succeeded(await project.up());
        await server.close();
        assert.ok(handshakes >= 6, String(handshakes));
        assert.equal((await project.state("auth"))?.outputs.status, "ACTIVE");
    });

    it("repeats a failed verification with each `up`, with --refresh too, until it succeeds", async () => {
        const { aws, project, domain } = await open();
        let presented = oldCertificate;
        const server = await startTlsServer(() => presented);
        await reach(project, server.port, `${oldCertificate.cert}\n${newCertificate.cert}\n`);
        const certificateArn = aws.certificate({ domainName: DOMAIN, serial: "0b:02" });
        const args = { ...domain(), customDomainConfig: { certificateArn }, wait: "served", waitTimeoutSeconds: 3 };
        await project.declare(auth(args));
        for (const flags of [[], ["--refresh"], []]) {
            const run = failed(await project.up(...flags));
            assertSays(run, /not seen to serve/);
            assertTidy(run);
        }
        presented = newCertificate;
        succeeded(await project.up("--refresh"));
        succeeded(await project.preview("--expect-no-changes"));
        assert.equal(updates(aws).length, 1, "what had arrived was sent again");
        await server.close();
    });

    it("leaves a change by hand after a failed verification: the preview and the `up` say why, and --refresh tries again", async () => {
        const { aws, project, domain, userPoolId } = await open();
        const clientId = aws.client({ userPoolId, withBranding: true });
        const server = await reachWithoutPage(project);
        const [old, fresh] = [1, 2].map(() => aws.certificate({ domainName: DOMAIN })) as [string, string];
        await project.declare(
            auth({
                ...domain({ version: 1, certificateArn: old }),
                customDomainConfig: { certificateArn: secret(fresh) },
                managedLoginVersion: 2,
                verify: { clientId },
                waitTimeoutSeconds: 4,
            }),
        );
        assertSays(failed(await project.up()), "Login pages unavailable");
        aws.patchDomain(DOMAIN, { managedLoginVersion: 1, certificateArn: old });
        aws.calls = [];
        for (const run of [failed(await project.preview()), failed(await project.up())]) {
            assertSays(
                run,
                /somebody has changed the domain since: managed login 1, where Pulumi had set 2; certificate \[secret\], where/,
            );
            for (const arn of [old, fresh]) {
                assertSaysNot(run, arn.slice(arn.lastIndexOf("/")));
            }
        }
        assert.deepEqual(updates(aws), []);
        failed(await project.up("--refresh"));
        assert.equal(updates(aws).length, 1);
        await server.close();
    });

    it("lets the program go back to the classic page after a failed verification, whatever else has drifted", async () => {
        const { aws, project, domain, userPoolId } = await open();
        const server = await reachWithoutPage(project);
        const args = {
            ...domain({ version: 1, securityPolicy: "TLS_V1_2_2021" }),
            customDomainConfig: { securityPolicy: "TLS_V1_2_2021" },
            waitTimeoutSeconds: 4,
        };
        const clientId = aws.client({ userPoolId, withBranding: true });
        await project.declare(auth({ ...args, managedLoginVersion: 2, verify: { clientId } }));
        failed(await project.up());
        await server.close();
        aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025" });
        await project.declare(auth({ ...args, managedLoginVersion: 1 }));
        assertSays(succeeded(await project.preview()), "managed login 2 -> 1");
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
    });

    it("fails where the sign-in page is definitely not served, rolls back, and says both; the next `up` tries again", async () => {
        const { aws, project, domain, userPoolId } = await open();
        const clientId = aws.client({ userPoolId, withSecret: true, callbackUrls: ["https://app.example.com/in"] });
        let isServed = false;
        const server = await startTlsServer(
            () => newCertificate,
            (_request, response) =>
                isServed
                    ? response.end("<!doctype html><div id=root></div>")
                    : response.writeHead(403).end("Login pages unavailable"),
        );
        await reach(project, server.port);
        const args = {
            ...domain(),
            managedLoginVersion: 2,
            verify: { clientId },
            onFailure: "rollback",
            waitTimeoutSeconds: 4,
        };
        await project.declare(auth(args));
        const first = failed(await project.up());
        assertSays(first, "Login pages unavailable", "Rolled back: the domain is as before, with managed login 1");
        assertTidy(first);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
        assert.equal((await project.state("auth"))?.outputs.managedLoginVersion, 1);
        isServed = true;
        succeeded(await project.up());
        await server.close();
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
        const { output } = aws.callsTo("DescribeUserPoolClient")[0] as {
            output?: { UserPoolClient?: { ClientSecret?: string } };
        };
        const secret = output?.UserPoolClient?.ClientSecret;
        assert.ok(secret);
        assert.ok(!`${first.text}${await project.export()}`.includes(secret), "the app client's secret");
    });

    it("looks at the sign-in page of an update that was only late, too, before it says updated", async () => {
        const { aws, project, domain, userPoolId } = await open();
        const server = await reachWithoutPage(project);
        await project.declare(
            auth({
                ...domain({ version: 1 }),
                managedLoginVersion: 2,
                verify: { clientId: aws.client({ userPoolId, withBranding: true }) },
                onFailure: "rollback",
                waitTimeoutSeconds: 3,
            }),
        );
        aws.behaviour.settleMs = 4500;
        const up = failed(await project.up());
        await server.close();
        assertSays(up, "the update has arrived after all, later than 3 s", "Login pages unavailable");
        // It is undone by AWS's own record, too.
        assert.deepEqual(
            updates(aws).map(({ ManagedLoginVersion }) => ManagedLoginVersion),
            [2, 1],
        );
    });

    it("takes an update as failed at once when somebody else changes the domain meanwhile", async () => {
        const { aws, project, domain } = await open();
        await project.declare(auth({ ...domain({ securityPolicy: "TLS_V1_2_2021" }), managedLoginVersion: 2 }));
        aws.behaviour.faults = [
            {
                operation: "UpdateUserPoolDomain",
                when: "after",
                times: 1,
                action: { run: () => aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025", status: "ACTIVE" }) },
            },
        ];
        assertSays(failed(await project.up()), "somebody else changed the domain meanwhile: it has", "TLS_V1_3_2025");
        succeeded(await project.up());
        const { managedLoginVersion, securityPolicy } = aws.domainOf(DOMAIN) ?? {};
        assert.deepEqual(
            { managedLoginVersion, securityPolicy },
            { managedLoginVersion: 2, securityPolicy: "TLS_V1_3_2025" },
        );
    });

    it("goes on after a collision with another pipeline, and takes over what that one has changed", async () => {
        const { aws, project, domain } = await open();
        await project.declare(auth({ ...domain(), managedLoginVersion: 2 }));
        aws.behaviour.faults = [
            {
                operation: "UpdateUserPoolDomain",
                times: 1,
                action: { run: () => aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025" }) },
            },
            {
                operation: "UpdateUserPoolDomain",
                times: 1,
                action: { exception: "ConcurrentModificationException", message: "Another update is in progress." },
            },
        ];
        succeeded(await project.up());
        const { managedLoginVersion, securityPolicy } = aws.domainOf(DOMAIN) ?? {};
        assert.deepEqual(
            { managedLoginVersion, securityPolicy },
            { managedLoginVersion: 2, securityPolicy: "TLS_V1_3_2025" },
        );
    });
});
