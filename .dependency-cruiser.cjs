/** The folders of provider/. None imports from one after it; program and plugin do not import from each other. */
const LOWER = ["model", "inputs", "checks", "plan", "aws", "reconcile"];
const FOLDERS = [...LOWER, "program", "plugin"];

const below = (...folders) => `^provider/(${folders.join("|")})/`;

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
    forbidden: [
        ...FOLDERS.map((folder) => ({
            name: `${folder}-imports-from-lower-folders-only`,
            severity: "error",
            from: { path: below(folder) },
            to: { path: "^provider/", pathNot: below(folder, ...LOWER.slice(0, FOLDERS.indexOf(folder))) },
        })),
        {
            name: "every-folder-has-its-place",
            severity: "error",
            from: { path: "^provider/.+/", pathNot: below(...FOLDERS) },
            to: {},
        },
        { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
        {
            name: "only-aws-uses-the-sdk",
            severity: "error",
            from: { pathNot: below("aws") },
            to: { path: "node_modules/(@aws-sdk|@smithy)/" },
        },
        {
            name: "only-program-runs-in-a-pulumi-program",
            severity: "error",
            from: { pathNot: below("program") },
            to: { path: "node_modules/@pulumi/", dependencyTypesNot: ["type-only"] },
        },
    ],
    options: {
        doNotFollow: { path: "node_modules" },
        tsPreCompilationDeps: true,
        tsConfig: { fileName: "tsconfig.json" },
    },
};
