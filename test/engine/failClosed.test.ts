import assert from "node:assert/strict";
import { assertSays, assertTidy, updates } from "./support/expect";
import { failed, type Project, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

const STRICT = "PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT";

describe("a preview that cannot read what it goes by", () => {
    const open = stages();

    for (const preflight of ["error", "warn"]) {
        it(`fails for a strict switch or an identity that it cannot read, and names the key, with preflight "${preflight}"`, async () => {
            const { aws, project, domain } = await open();
            await project.declare(auth({ ...domain(), managedLoginVersion: 2, preflight }));
            project.env[STRICT] = "yes";
            const variable = failed(await project.preview());
            assertSays(variable, `variable ${STRICT} is "yes", neither true nor false`, "[config-unreadable]");
            assertTidy(variable);
            delete project.env[STRICT];

            await configure(project, { "pulumi-cognito-domain-settings:strict": "yes" });
            assertSays(
                failed(await project.preview()),
                'the config value pulumi-cognito-domain-settings:strict is "yes"',
            );
            await configure(project, {
                "pulumi-cognito-domain-settings:strict": "false",
                "aws:allowedAccountIds": "123456789012,",
            });
            const identity = failed(await project.preview());
            assertSays(identity, "the config value aws:allowedAccountIds", "[config-unreadable]");
            assertTidy(identity);
            assert.deepEqual(updates(aws), []);
        });
    }

    it("is strict for TRUE in the environment, and not for 0", async () => {
        const { aws, project, domain } = await open();
        const notAfter = new Date(Date.now() + 24 * 60 * 60 * 1000);
        const certificateArn = aws.certificate({ domainName: DOMAIN, notAfter });
        await project.declare(auth({ ...domain({ certificateArn }), managedLoginVersion: 2 }));
        project.env[STRICT] = "TRUE";
        assertSays(failed(await project.preview()), "which is strict", "[certificate-expires-soon]");
        project.env[STRICT] = "0";
        assertSays(succeeded(await project.preview()), "[certificate-expires-soon]");
    });
});

/** Gives the stack these config values in place of those that it has. */
async function configure(project: Project, values: Record<string, string>): Promise<void> {
    const [settings = ""] = (await project.read("Pulumi.test.yaml").catch(() => "")).split("config:\n");
    const lines = Object.entries(values).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}\n`);
    await project.write("Pulumi.test.yaml", `${settings}config:\n${lines.join("")}`);
}
