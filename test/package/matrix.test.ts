import assert from "node:assert/strict";
import { killAll } from "../engine/support/cli";
import { RUNTIMES } from "../engine/support/runtimes";
import { isAll } from "../support/extent";
import { LAYOUTS } from "./support/layouts";
import { liveDomain } from "./support/liveDomain";
import { MANAGERS } from "./support/managers";
import { EVERY_RUN, OTHERS, tryCells } from "./support/matrix";
import { PROGRAMS } from "./support/programs";
import { PULUMI } from "./support/versions";

describe("the package, installed from its tarball", () => {
    it("is tried with every value of every column, by `npm run test:all`", () => {
        const columns = [MANAGERS, LAYOUTS, PROGRAMS, RUNTIMES, PULUMI];
        const cells = [...EVERY_RUN, ...OTHERS];
        assert.deepEqual(
            columns.map((_, column) => [...new Set(cells.map((cell) => String(cell[column])))].sort()),
            columns.map((values) => Object.keys(values).sort()),
        );
    });

    if (isAll) {
        const aws = liveDomain();
        after(killAll);
        tryCells(OTHERS, aws);
    }
});
