import assert from "node:assert/strict";
import { killAll } from "../engine/support/cli";
import { type Consumer, consumer, type Installation } from "./support/consumer";
import { NEWEST, OLDEST } from "./support/installations";
import { liveDomain } from "./support/liveDomain";
import { tried } from "./support/table";

describe("the Automation API, with inline programs", () => {
    const aws = liveDomain();
    after(killAll);

    function proves(name: string, installation: Installation, proof: (installed: Consumer) => Promise<void>): void {
        const { runtime, pulumi } = installation;
        const row = { cell: `Automation API, ${name}`, runtime, pulumi };
        tried(`${name}, ${runtime}, Pulumi ${pulumi}`, row, async () => proof(await consumer(installation)));
    }

    proves("preview, up, refresh, destroy", NEWEST, async (installed) => {
        const { summary, outputs } = await automate(
            installed,
            `const stack = await create("one");
            const { changeSummary: summary } = await stack.preview();
            await stack.up();
            await stack.refresh();
            const outputs = await stack.outputs();
            await stack.destroy();
            return { summary, outputs };`,
        );
        assert.deepEqual(summary, { create: 2 });
        assert.match(outputs.cloudFrontDomain.value, /^\w+\.cloudfront\.net$/);
        assert.deepEqual(
            aws.updates().map(({ ManagedLoginVersion }) => ManagedLoginVersion),
            [2, 1],
        );
    });

    for (const installation of [NEWEST, OLDEST]) {
        proves("two previews side by side", installation, async (installed) => {
            const [refused, planned] = await automate(
                installed,
                `const stacks = [await create("refused"), await create("planned")];
                await stacks[0].setConfig("aws:allowedAccountIds", { value: '["999999999999"]' });
                const told = (stack) => stack.preview().then(({ stdout }) => stdout, ({ message }) => message);
                return Promise.all(stacks.map(told));`,
            );
            // Each has its own config, findings and calls, and does not see the other's resource.
            assert.match(refused, /\[account-not-allowed\]/);
            assert.match(planned, /managed login 1 -> 2/);
            assert.doesNotMatch(planned, /\[account-not-allowed\]/);
            assert.doesNotMatch(refused + planned, /\[domain-managed-twice\]/);
            assert.equal(aws.emulator().callsTo("DescribeUserPoolDomain").length, 2);
        });
    }

    /** Runs a script that creates stacks of one program with `create`. Returns its result. */
    // biome-ignore lint/suspicious/noExplicitAny: it comes out of another process.
    async function automate(installed: Consumer, script: string): Promise<any> {
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
});
