import assert from "node:assert/strict";
import { accessKeyOf } from "../emulator/identity";
import { assertSays, assertTidy } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { auth, stages, updates } from "./support/stage";

const HERE = "123456789012";
const ELSEWHERE = "222222222222";
/** Neither printed nor kept in clear. */
const SECRETS = {
    "aws:secretKey": "the-secret-of-the-stack",
    "aws:token": "the-token-of-the-stack",
    "aws:assumeRoles": JSON.stringify([{ roleArn: `arn:aws:iam::${HERE}:role/hush-hush` }]),
};

describe("the identity of the calls to AWS", () => {
    const open = stages();

    it("is that of the stack's config, whose secrets are neither printed nor kept in clear", async () => {
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
        texts.push(succeeded(await project.up()).text);
        const destroy = succeeded(await project.destroy("--refresh"));
        assertTidy(destroy);
        assert.equal(updates(aws).length, 2);
        assert.deepEqual([...new Set(aws.calls.map(({ account }) => account))], [HERE]);
        for (const text of [...texts, destroy.text, ...(await project.stateFiles())]) {
            assert.doesNotMatch(text, /the-secret-of-the-stack|the-token-of-the-stack|hush-hush/);
        }
    });

    it("is that of @pulumi/aws, without a word of the SDK; another account's loses nothing, and the argument that gives it is named", async () => {
        const { aws, project, domain, resource, userPoolId } = await open();
        const keys = `aws_access_key_id = ${accessKeyOf(ELSEWHERE)}\naws_secret_access_key = x\n`;
        await project.write("profiles", `[profile other]\n${keys}`);
        Object.assign(project.env, { AWS_CONFIG_FILE: `${project.folder}/profiles`, AWS_PROFILE: "other" });
        const first = auth({ ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" });
        await project.declare(first);
        await project.configure({ "aws-native:profile": "other" });
        const run = succeeded(await project.preview());
        assertTidy(run);
        assert.doesNotMatch(run.text, /SDK|Warning/i);
        assertSays(run, "aws-native:profile: UserPoolDomainSettings does not read aws-native: config");
        assert.deepEqual([...new Set(aws.calls.map(({ account }) => account))], [HERE]);

        succeeded(await project.up());
        const before = await project.state("auth");
        project.env.AWS_ACCESS_KEY_ID = accessKeyOf(ELSEWHERE);
        for (const command of ["refresh", "destroy"] as const) {
            const refused = failed(await project[command]());
            assertSays(refused, `belong to account ${ELSEWHERE}`, `is in account ${HERE}`);
            assertTidy(refused);
            assert.deepEqual((await project.state("auth"))?.outputs, before?.outputs);
        }

        await project.configure({ "aws:profile": "other" });
        await project.declare(first, resource("second"));
        aws.calls = [];
        const other = failed(await project.up());
        assertSays(other, `there is no user pool ${userPoolId} in us-west-2, in account ${ELSEWHERE}`);
        assertSays(other, "name its profile or role in the argument aws");
        assert.equal(aws.callsTo("GetCallerIdentity").length, 1);
    });

    it('is refused in a configuration that cannot be followed, by the preview and the update, with preflight "warn" too', async () => {
        const { aws, project, resource } = await open();
        await project.declare(...["error", "warn"].map((preflight) => resource(preflight, { preflight })));
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "yes";
        await project.configure({ "aws:customCaBundle": "/etc/ca.pem" });
        const unsupported =
            "the config value aws:customCaBundle is not supported; set the environment variable AWS_CA_BUNDLE instead";
        const strict = 'variable PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT is "yes", neither true nor false';
        const [preview, up] = [failed(await project.preview()), failed(await project.up())];
        assertSays(preview, strict, unsupported, "[config-unreadable]", "2 resources were refused");
        assertSays(up, unsupported);
        assertTidy(preview);
        assertTidy(up);
        assert.deepEqual(updates(aws), []);
    });
});
