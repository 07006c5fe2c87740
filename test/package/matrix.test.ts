import assert from "node:assert/strict";
import { killAll } from "../engine/support/cli";
import { RUNTIMES } from "../engine/support/runtimes";
import { consumer } from "./support/consumer";
import { OLDEST } from "./support/installations";
import { LAYOUTS } from "./support/layouts";
import { BEFORE, liveDomain } from "./support/liveDomain";
import { MANAGERS } from "./support/managers";
import { CELLS, tryCells } from "./support/matrix";
import { PROGRAMS } from "./support/programs";
import { tried } from "./support/table";
import { PULUMI } from "./support/versions";

describe("the package, installed from its tarball", () => {
    const aws = liveDomain();
    after(killAll);

    // matrixPnpm.test.ts has the others, in parallel.
    tryCells(
        CELLS.filter(([manager]) => !manager.startsWith("pnpm")),
        aws,
    );

    const stackConfig = {
        cell: "the stack's aws: config, in the plugin",
        runtime: OLDEST.runtime,
        pulumi: OLDEST.pulumi,
    };
    tried("tells the plugin the stack's aws: config, with the oldest Pulumi too", stackConfig, async () => {
        const installed = await consumer(OLDEST);
        const run = await installed.project(PROGRAMS.CommonJS(installed.layout.maker, aws.args()), aws.emulator());
        await run("config", "set", "aws:allowedAccountIds", '["999999999999"]');
        await assert.rejects(run("up", "--yes", "--skip-preview"), /\[account-not-allowed\]/);
        assert.deepEqual(aws.settings(), BEFORE);
    });

    it("is tried with every value of every column", () => {
        const columns = [MANAGERS, LAYOUTS, PROGRAMS, RUNTIMES, PULUMI];
        assert.deepEqual(
            columns.map((_, column) => [...new Set(CELLS.map((cell) => String(cell[column])))].sort()),
            columns.map((values) => Object.keys(values).sort()),
        );
    });
});
