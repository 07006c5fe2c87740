// Mocha 12's files are `.cjs`, and Stryker's runner requires them without an extension: in this process, and in those that it starts.
const { _extensions: extensions } = require("node:module");
extensions[".cjs"] ??= extensions[".js"];
process.env.NODE_OPTIONS = `--require "${__filename}" --import tsx`;

module.exports = {
    mutate: ["provider/{plan,checks}/**/*.ts"],
    testRunner: "mocha",
    mochaOptions: { spec: ["test/unit/{plan,checks}/**/*.test.ts"] },
    coverageAnalysis: "perTest",
    concurrency: 2,
    timeoutMS: 10_000,
    ignorePatterns: ["/*", "!/package.json", "!/tsconfig.json", "!/provider", "!/test", "!/docs"],
    tempDirName: "stryker-tmp",
    reporters: ["clear-text"],
    clearTextReporter: { logTests: false },
    thresholds: { high: 100, low: 95, break: 95 },
};
