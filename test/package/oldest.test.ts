import assert from "node:assert/strict";
import { killAll } from "../engine/support/cli";
import { testSideBySide } from "./support/automation";
import { consumer } from "./support/consumer";
import { OLDEST } from "./support/installations";
import { testInstallation } from "./support/installed";
import { BEFORE, liveDomain } from "./support/liveDomain";
import { EVERY_RUN, tryCells } from "./support/matrix";
import { PROGRAMS } from "./support/programs";
import { tried } from "./support/table";

testInstallation(OLDEST);

describe("the package beside the oldest Pulumi", () => {
    const aws = liveDomain();
    after(killAll);

    tryCells(
        EVERY_RUN.filter(([manager]) => manager === "npm"),
        aws,
    );
    testSideBySide(OLDEST, aws);

    const { runtime, pulumi } = OLDEST;
    const stackConfig = { cell: "the stack's aws: config, in the plugin", runtime, pulumi };
    tried("tells the plugin the stack's aws: config", stackConfig, async () => {
        const installed = await consumer(OLDEST);
        const program = PROGRAMS.ESM(installed.layout.maker, aws.args());
        const run = await installed.project(program, aws.emulator());
        const config = ["--config", 'aws:allowedAccountIds=["999999999999"]'];
        await assert.rejects(run("up", "--yes", "--skip-preview", ...config), /\[account-not-allowed\]/);
        assert.deepEqual(aws.settings(), BEFORE);
    });
});
