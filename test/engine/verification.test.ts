import assert from "node:assert/strict";
import { makeCertificate, startTlsServer, type TestCertificate } from "../support/tlsServer";
import { assertSays, assertTidy, updates } from "./support/expect";
import { failed, type Project, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

describe("what an update verifies before it reports success", () => {
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

    it("fails at once if the domain is changed outside Pulumi meanwhile", async () => {
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
        assertSays(
            failed(await project.up()),
            "someone else changed the domain meanwhile: it has TLS policy TLS_V1_3_2025",
        );
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
