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
        const expired = { exception: "ExpiredToken", message: "The security token is expired", status: 403 };
        aws.behaviour.faults = [{ action: expired }];
        assertSays(
            await project.preview(),
            "They are those in the stack's config: set new ones, and run `pulumi up` first",
        );
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

describe("the identity in the environment", () => {
    const open = stages();

    it("is that of @pulumi/aws, without a word of the SDK; another account is named, with the argument that gives it", async () => {
        const { aws, project, domain, userPoolId } = await open();
        const keys = `aws_access_key_id = ${accessKeyOf(ELSEWHERE)}\naws_secret_access_key = x\n`;
        await project.write("profiles", `[profile other]\n${keys}`);
        Object.assign(project.env, { AWS_CONFIG_FILE: `${project.folder}/profiles`, AWS_PROFILE: "other" });
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2 }));
        await project.configure({ "aws-native:profile": "other" });
        const run = succeeded(await project.preview());
        assertTidy(run);
        assert.doesNotMatch(run.text, /SDK|Warning/i);
        assertSays(run, "aws-native:profile: UserPoolDomainSettings does not read aws-native: config");
        assert.deepEqual([...new Set(aws.calls.map(({ account }) => account))], [HERE]);

        await project.configure({ "aws:profile": "other" });
        for (const command of ["preview", "up"] as const) {
            aws.calls = [];
            const other = failed(await project[command]());
            assertSays(other, `there is no user pool ${userPoolId} in us-west-2, in account ${ELSEWHERE}`);
            assertSays(other, "name its profile or role in the argument aws");
            assert.equal(aws.callsTo("GetCallerIdentity").length, 1);
        }
    });

    it("is not blamed on this package if the way to AWS cannot be used", async () => {
        const { aws, project, domain } = await open();
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2 }));
        project.env.HTTPS_PROXY = "socks5://me:the-proxys-password@127.0.0.1:1";
        for (const run of [succeeded(await project.preview()), failed(await project.up())]) {
            assertSays(
                run,
                "could not be checked: cognito-idp:DescribeUserPoolDomain in us-west-2 could not be called",
            );
            assertSays(run, "the environment variable HTTPS_PROXY is not the URL of an HTTP proxy");
            assert.doesNotMatch(run.text, /the-proxys-password|report it/);
            assertTidy(run);
        }
        assert.deepEqual(aws.calls, []);
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
        await project.configure({ "aws:customCaBundle": "/etc/ca.pem" });
        const preview = failed(await project.preview());
        assertSays(
            preview,
            'variable PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT is "yes", neither true nor false',
            "the config value aws:customCaBundle is not supported; set the environment variable AWS_CA_BUNDLE instead",
            "[config-unreadable]",
            "2 resources were refused",
        );
        assertTidy(preview);
        const up = failed(await project.up());
        assertSays(
            up,
            "the config value aws:customCaBundle is not supported; set the environment variable AWS_CA_BUNDLE instead",
        );
        assertTidy(up);
        assert.deepEqual(updates(aws), []);
    });
});
