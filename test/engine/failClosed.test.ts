import assert from "node:assert/strict";
import { assertSays, assertTidy, updates } from "./support/expect";
import { failed, type Project, succeeded } from "./support/project";
import { domainOf, stages } from "./support/stage";

const STRICT = "PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT";

describe("a preview that cannot read its configuration", () => {
    const open = stages();

    it('fails for a strict switch or an identity that it cannot read, with preflight "warn" too, and names the key', async () => {
        const { aws, project, domain } = await open();
        const resources = ["error", "warn"].map((preflight) => ({
            name: preflight,
            args: { ...domain({}, domainOf(preflight)), managedLoginVersion: 2, preflight },
        }));
        await project.declare(...resources);
        const refused = async (...texts: string[]) => {
            const preview = failed(await project.preview());
            assertSays(preview, ...texts, "[config-unreadable]", "2 resources were refused");
            assertTidy(preview);
        };
        project.env[STRICT] = "yes";
        await refused(`variable ${STRICT} is "yes", neither true nor false`);
        delete project.env[STRICT];

        await configure(project, { "pulumi-cognito-domain-settings:strict": "yes" });
        await refused('the config value pulumi-cognito-domain-settings:strict is "yes"');
        await configure(project, {
            "pulumi-cognito-domain-settings:strict": "false",
            "aws:allowedAccountIds": "123456789012,",
        });
        await refused("the config value aws:allowedAccountIds");
        assert.deepEqual(updates(aws), []);
    });

    it("is strict for TRUE in the environment, and not for 0", async () => {
        const { aws, project, domain } = await open();
        const notAfter = new Date(Date.now() + 24 * 60 * 60 * 1000);
        const certificateArn = aws.certificate({ domainName: "*.example.com", notAfter });
        await project.declare({ name: "auth", args: { ...domain({ certificateArn }), managedLoginVersion: 2 } });
        project.env[STRICT] = "TRUE";
        assertSays(failed(await project.preview()), "[certificate-expires-soon]", "1 resource was refused");
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
