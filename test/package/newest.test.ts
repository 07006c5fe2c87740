import { killAll } from "../engine/support/cli";
import { testCommands, testSideBySide } from "./support/automation";
import { NEWEST } from "./support/consumer";
import { testInstallation } from "./support/installed";
import { liveDomain } from "./support/liveDomain";
import { EVERY_RUN, OTHERS, tryCells } from "./support/matrix";

testInstallation(NEWEST);

describe("the package beside the newest Pulumi", () => {
    const aws = liveDomain();
    after(killAll);

    tryCells(
        EVERY_RUN.filter(([manager]) => manager !== "npm"),
        aws,
    );
    testCommands(NEWEST, aws);
    if (process.env.TEST_ALL !== undefined) {
        testSideBySide(NEWEST, aws);
        tryCells(OTHERS, aws);
    }
});
