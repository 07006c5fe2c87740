import assert from "node:assert/strict";
import { accessKeyOf } from "../emulator/identity";
import { assertSays, assertTidy, updates } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { auth, DOMAIN, domainOf, stages } from "./support/stage";

const HERE = "123456789012";
const ELSEWHERE = "222222222222";
const ROLE = `arn:aws:iam::${HERE}:role/hush-hush`;
/** Neither printed nor kept in clear. */
const SECRETS = {
    "aws:secretKey": "the-secret-of-the-stack",
    "aws:token": "the-token-of-the-stack",
    "aws:assumeRoles": JSON.stringify([{ roleArn: ROLE }]),
};

describe("the identity in the stack's config", () => {
    const open = stages();

    it("is used in every command, and its secrets are neither printed nor kept in clear, a role that fails too", async () => {
        const { aws, project, domain } = await open();
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/report.json`;
        project.env.AWS_ACCESS_KEY_ID = accessKeyOf(ELSEWHERE);
        await project.setSecrets({ "aws:accessKey": accessKeyOf(HERE), ...SECRETS });
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" }));
        const action = { exception: "AccessDenied", message: "no", status: 403 };
        aws.behaviour.faults = [{ operation: "AssumeRole", action }];
        const denied = succeeded(await project.preview());
        assertSays(denied, "[domain-unseen]");
        const texts = [denied.text, await project.read("report.json")];
        aws.behaviour.faults = [];
        for (const command of ["up", "refresh", "destroy"] as const) {
            const run = succeeded(await project[command]());
            assertTidy(run);
            texts.push(run.text, ...(await project.stateFiles()));
        }
        assert.equal(updates(aws).length, 2);
        assert.deepEqual([...new Set(aws.calls.map(({ account }) => account))], [HERE]);
        for (const text of texts) {
            for (const secret of ["the-secret-of-the-stack", "the-token-of-the-stack", "hush-hush"]) {
                assert.ok(!text.includes(secret), text);
            }
        }
    });

    it("of another account loses nothing in refresh and destroy, and an account that is not allowed is refused", async () => {
        const { aws, project, domain } = await open();
        const args = { ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" };
        await project.declare(auth(args));
        succeeded(await project.up());
        const before = await project.state("auth");
        const refuses = async (command: "up" | "refresh" | "destroy", ...texts: string[]) => {
            const run = failed(await project[command]());
            assertSays(run, ...texts);
            assertTidy(run);
            assert.deepEqual((await project.state("auth"))?.outputs, before?.outputs);
        };

        project.env.AWS_ACCESS_KEY_ID = accessKeyOf(ELSEWHERE);
        for (const command of ["refresh", "destroy"] as const) {
            await refuses(command, `belong to account ${ELSEWHERE}`, `is in account ${HERE}`);
        }

        project.env.AWS_ACCESS_KEY_ID = accessKeyOf(HERE);
        // Describe may not name the account: STS does then.
        aws.behaviour.silentAccount = true;
        await project.configure({ "aws:allowedAccountIds": JSON.stringify([ELSEWHERE]) });
        await project.declare(auth({ ...args, managedLoginVersion: 1 }));
        aws.calls = [];
        const text = `is in account ${HERE}; allowedAccountIds has ${ELSEWHERE}`;
        await refuses("up", text, "[account-not-allowed]");
        assert.deepEqual(updates(aws), []);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });
});

describe("a configuration that cannot be read or followed", () => {
    const open = stages();

    it('fails the preview and the update, with preflight "warn" too, and names the keys', async () => {
        const { aws, project, domain } = await open();
        const resources = ["error", "warn"].map((preflight) => ({
            name: preflight,
            args: { ...domain({ version: 1 }, domainOf(preflight)), managedLoginVersion: 2, preflight },
        }));
        await project.declare(...resources);
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "yes";
        await project.configure({ "aws:ec2MetadataServiceEndpoint": "http://10.0.0.1" });
        const preview = failed(await project.preview());
        assertSays(
            preview,
            'variable PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT is "yes", neither true nor false',
            "the config value aws:ec2MetadataServiceEndpoint cannot be followed here",
            "[config-unreadable]",
            "2 resources were refused",
        );
        assertTidy(preview);
        const up = failed(await project.up());
        assertSays(up, "the config value aws:ec2MetadataServiceEndpoint cannot be followed here");
        assertTidy(up);
        assert.deepEqual(updates(aws), []);
    });
});
