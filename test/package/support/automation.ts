import assert from "node:assert/strict";
import { type Consumer, type Installation, itWith } from "./consumer";
import type { liveDomain } from "./liveDomain";

type LiveDomain = ReturnType<typeof liveDomain>;

/** A test of the Automation API with inline programs: the commands one after another. */
export function testCommands(installation: Installation, aws: LiveDomain): void {
    itWith(installation, "Automation API, inline programs: up, refresh, destroy", async (installed) => {
        const { summary, outputs } = await automate(
            installed,
            aws,
            `const stack = await create("one");
            const { resourceChanges: summary } = (await stack.up()).summary;
            await stack.refresh();
            const outputs = await stack.outputs();
            await stack.destroy();
            return { summary, outputs };`,
        );
        assert.deepEqual(summary, { create: 2 });
        assert.match(outputs.cloudFrontDomain.value, /^\w+\.cloudfront\.net$/);
        const versions = aws.updates().map(({ ManagedLoginVersion }) => ManagedLoginVersion);
        assert.deepEqual(versions, [2, 1]);
    });
}

/** A test that programs in one process have each their own config, findings and calls, and do not see the other's resource. */
export function testSideBySide(installation: Installation, aws: LiveDomain): void {
    itWith(installation, "Automation API, inline programs: two previews side by side", async (installed) => {
        const [refused, planned] = await automate(
            installed,
            aws,
            `const stacks = [await create("refused"), await create("planned")];
            await stacks[0].setConfig("aws:allowedAccountIds", { value: '["999999999999"]' });
            const told = (stack) => stack.preview().then(({ stdout }) => stdout, ({ message }) => message);
            return Promise.all(stacks.map(told));`,
        );
        assert.match(refused, /\[account-not-allowed\]/);
        assert.match(planned, /managed login 1 -> 2/);
        assert.doesNotMatch(planned, /\[account-not-allowed\]/);
        assert.doesNotMatch(refused + planned, /\[domain-managed-twice\]/);
        assert.equal(aws.emulator().callsTo("DescribeUserPoolDomain").length, 2);
    });
}

/** Runs a script that creates stacks of one program with `create`. Returns its result. */
// biome-ignore lint/suspicious/noExplicitAny: it comes out of another process.
async function automate(installed: Consumer, aws: LiveDomain, script: string): Promise<any> {
    await installed.write(
        "automation.mjs",
        `import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
        import { UserPoolDomainSettings } from "pulumi-cognito-domain-settings";
        const program = async () => {
            const auth = new UserPoolDomainSettings("auth", ${JSON.stringify(aws.args())});
            return { cloudFrontDomain: auth.cloudFrontDomain };
        };
        const create = (name) => LocalWorkspace.createStack({ stackName: name, projectName: name, program });
        const run = async () => { ${script} };
        console.log(JSON.stringify(await run()));`,
    );
    const env = await installed.environment(aws.emulator(), "state-automation");
    const { code, stdout, text } = await installed.script(["automation.mjs"], env);
    assert.equal(code, 0, text);
    return JSON.parse(stdout);
}
