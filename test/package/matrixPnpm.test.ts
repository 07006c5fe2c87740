import { killAll } from "../engine/support/cli";
import { liveDomain } from "./support/liveDomain";
import { CELLS, tryCells } from "./support/matrix";

describe("the package, installed from its tarball by pnpm", () => {
    const aws = liveDomain();
    after(killAll);

    tryCells(
        CELLS.filter(([manager]) => manager.startsWith("pnpm")),
        aws,
    );
});
