import assert from "node:assert/strict";
import { assertSays, updates } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

describe("a preview exits as the update does", () => {
    const open = stages();

    it("where TLS_V1 meets a managed login that the program does not manage", async () => {
        const { aws, project, domain } = await open();
        const named = domain({ version: 2, securityPolicy: "TLS_V1_2_2021" });
        await project.declare(auth({ ...named, customDomainConfig: { securityPolicy: "TLS_V1" } }));
        assertSays(failed(await project.preview()), "[tls-policy-too-low]");
        assertSays(failed(await project.up()), "[tls-policy-too-low]");
        assert.deepEqual(updates(aws), []);
    });

    it('where ignoreChanges ["*"] keeps everything from the check, and an update goes on with one that has failed', async () => {
        const { aws, project, domain } = await open();
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/report.json`;
        const certificateArn = aws.certificate({ domainName: DOMAIN });
        const args = { ...domain(), customDomainConfig: { certificateArn } };
        await project.declare(auth(args, { ignoreChanges: ["*"] }));
        aws.behaviour.outcome = "failed";
        failed(await project.up());
        aws.behaviour.outcome = "active";
        aws.patchCertificate(certificateArn, { status: "EXPIRED", notAfter: new Date(Date.now() - 1000) });
        assertSays(failed(await project.preview()), "[certificate-expired]");
        assert.equal(JSON.parse(await project.read("report.json")).resources[0].verdict, "refused");
        assertSays(failed(await project.up()), "[certificate-expired]");
    });

    it("where the report cannot be written: a warning, since no update depends on it", async () => {
        const { project, domain } = await open();
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/index.js/report.json`;
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2 }));
        assertSays(
            succeeded(await project.preview()),
            /warning: PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT: the report .* could not be written: /,
            "managed login 1 -> 2",
        );
    });
});
