"use strict";
// Mocha's spec reporter, which also leaves the counts in test/reports/ for `.ci/run` to add up.
const { mkdirSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const { reporters, Runner } = require("mocha");

module.exports = class Reporter extends reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        runner.once(Runner.constants.EVENT_RUN_END, () => {
            const { passes, failures, pending } = this.stats;
            const folder = path.join(__dirname, "..", "reports");
            const file = path.join(folder, `${options.reporterOptions?.suite ?? "tests"}.json`);
            mkdirSync(folder, { recursive: true });
            writeFileSync(file, `${JSON.stringify({ passes, failures, pending })}\n`);
        });
    }
};
