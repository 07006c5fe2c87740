import assert from "node:assert/strict";
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
