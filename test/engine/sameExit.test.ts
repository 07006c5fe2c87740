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

    it("where ignoreChanges keeps a certificate, or a domain, that the program does not name", async () => {
        const { aws, project, domain, userPoolId } = await open();
        domain({ version: 1 }, "other.example.com");
        const [kept, theirs, fit] = [1, 2, 3].map(() => aws.certificate({ domainName: DOMAIN }));
        const expired = aws.certificate({
            domainName: "*.example.com",
            status: "EXPIRED",
            notAfter: new Date(Date.now() - 1000),
        });
        const named = domain({ version: 1 });
        const other = (args: object) => ({ name: "other", args: { userPoolId, domain: "other.example.com", ...args } });
        await project.declare(
            auth({ ...named, customDomainConfig: { certificateArn: kept } }),
            other({ managedLoginVersion: 1 }),
        );
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { certificateArn: theirs });
        aws.patchCertificate(String(kept), { status: "EXPIRED", notAfter: new Date(Date.now() - 1000) });
        aws.calls = [];
        const declarations = [
            auth(
                { ...named, customDomainConfig: { certificateArn: fit }, managedLoginVersion: 2 },
                { ignoreChanges: ["customDomainConfig.certificateArn"] },
            ),
            {
                ...other({ domain: DOMAIN, customDomainConfig: { certificateArn: expired } }),
                opts: { ignoreChanges: ["domain"] },
            },
        ];
        for (const declaration of declarations) {
            await project.declare(declaration);
            for (const run of [failed(await project.preview()), failed(await project.up())]) {
                assertSays(run, "[certificate-expired]");
            }
        }
        assert.deepEqual(updates(aws), []);
    });

    it("where the app client of verify is gone: no way back to the classic page is blocked, nor said to have failed", async () => {
        const { aws, project, domain } = await open();
        const args = { ...domain({ version: 2 }), managedLoginVersion: 1, verify: { clientId: "gone" } };
        await project.declare(auth(args));
        for (const run of [succeeded(await project.preview()), succeeded(await project.up())]) {
            assertSays(run, "no app client gone");
        }
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
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
