import assert from "node:assert/strict";
import { accessKeyOf } from "../emulator/identity";
import { assertSays, assertTidy, updates } from "./support/expect";
import { failed, type Project, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

const HERE = "123456789012";
const ELSEWHERE = "222222222222";
/** Neither printed nor kept in clear. */
const SECRETS = { "aws:secretKey": "the-secret-of-the-stack", "aws:token": "the-token-of-the-stack" };

describe("the identity in the stack's config", () => {
    const open = stages();

    async function configure(project: Project, text: string): Promise<void> {
        const plain = await project.read("Pulumi.test.yaml");
        await project.write("Pulumi.test.yaml", plain.includes("config:") ? plain + text : `${plain}config:\n${text}`);
    }

    it("calls with its secret keys in every command, and they are neither printed nor kept in clear", async () => {
        const { aws, project, domain } = await open();
        project.env.AWS_ACCESS_KEY_ID = accessKeyOf(ELSEWHERE);
        for (const [key, value] of Object.entries({ "aws:accessKey": accessKeyOf(HERE), ...SECRETS })) {
            await project.setSecret(key, value);
        }
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" }));
        const texts: string[] = [];
        for (const command of ["preview", "up", "refresh", "destroy"] as const) {
            const run = succeeded(await project[command]());
            assertTidy(run);
            texts.push(run.text, await project.export());
        }
        assert.equal(updates(aws).length, 2);
        assert.deepEqual([...new Set(aws.calls.map(({ account }) => account))], [HERE]);
        for (const text of texts) {
            for (const secret of Object.values(SECRETS)) {
                assert.ok(!text.includes(secret), text);
            }
        }
    });

    it("fails the preview and the update if a key is not supported, naming it", async () => {
        const { aws, project, domain } = await open();
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2 }));
        await configure(project, "  aws:ec2MetadataServiceEndpoint: http://10.0.0.1\n");
        for (const command of ["preview", "up"] as const) {
            const run = failed(await project[command]());
            assertSays(run, "the config value aws:ec2MetadataServiceEndpoint cannot be followed here");
            assertTidy(run);
        }
        assert.deepEqual(aws.calls, []);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
    });

    it("names a profile that does not exist, and writes nothing", async () => {
        const { aws, project, domain } = await open();
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2 }));
        await configure(project, "  aws:profile: no-such-profile\n");
        const text = 'the profile "no-such-profile" (config value aws:profile, or argument aws.profile) is in neither';
        assertSays(await project.preview(), text);
        const run = failed(await project.up());
        assertSays(run, text);
        assertTidy(run);
        assert.deepEqual(aws.calls, []);
    });

    it("names a proxy setting that cannot be used", async () => {
        const { aws, project, domain } = await open();
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2 }));
        project.env.HTTPS_PROXY = "socks5://me:the-proxys-password@127.0.0.1:1";
        for (const command of ["preview", "up"] as const) {
            const run = failed(await project[command]());
            assertSays(run, "the environment variable HTTPS_PROXY is not the URL of an HTTP proxy");
            assert.ok(!run.text.includes("the-proxys-password"), run.text);
            assertTidy(run);
        }
        assert.deepEqual(aws.calls, []);
    });
});
