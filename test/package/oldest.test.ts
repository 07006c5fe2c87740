import assert from "node:assert/strict";
import { killAll } from "../engine/support/cli";
import { testSideBySide } from "./support/automation";
import { itWith, OLDEST } from "./support/consumer";
import { testInstallation } from "./support/installed";
import { BEFORE, liveDomain } from "./support/liveDomain";
import { EVERY_RUN, tryCells } from "./support/matrix";
import { PROGRAMS } from "./support/programs";

testInstallation(OLDEST);

describe("the package beside the oldest Pulumi", () => {
    const aws = liveDomain();
    after(killAll);

    tryCells(
        EVERY_RUN.filter(([manager]) => manager === "npm"),
        aws,
    );
    testSideBySide(OLDEST, aws);

    itWith(OLDEST, "tells the plugin the stack's aws: config", async (installed) => {
        const program = PROGRAMS.ESM(installed.layout.maker, aws.args());
        const run = await installed.project(program, aws.emulator());
        const config = ["--config", 'aws:allowedAccountIds=["999999999999"]'];
        await assert.rejects(run("up", "--yes", "--skip-preview", ...config), /\[account-not-allowed\]/);
        assert.deepEqual(aws.settings(), BEFORE);
    });
});
