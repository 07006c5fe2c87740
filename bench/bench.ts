import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startEmulator } from "../test/emulator";
import { describeMachine } from "./machine";
import { type Entry, type Measurement, measure } from "./measure";
import { HELP, type Options, readOptions } from "./options";
import { Project } from "./project";
import { report } from "./report";
import { scenarioTitle } from "./scenario";

const ROOT = path.join(__dirname, "..");

/** `npm run bench`: whole commands of the real engine, against the emulated AWS in this process. */
async function main(): Promise<void> {
    const options = readOptions(process.argv.slice(2));
    if (options === "help") {
        console.log(HELP);
        return;
    }
    const engine = execFileSync("node", [path.join(ROOT, "tools/pulumi/engine.mjs")], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
    }).trim();
    const machine = describeMachine(engine);
    const measurements = await measureAll(options, engine);
    const text = report(measurements, options, machine);
    console.log(text);
    const results = path.join(__dirname, "results");
    mkdirSync(results, { recursive: true });
    const file = path.join(results, `${new Date().toISOString().replace(/[:.]/g, "-")}.json`);
    writeFileSync(file, JSON.stringify({ machine, runs: options.runs, measurements }, undefined, 4));
    console.error(`\nWritten: ${path.relative(process.cwd(), file)}`);
    if (options.writeDocs) {
        mkdirSync(path.join(ROOT, "docs"), { recursive: true });
        writeFileSync(
            path.join(ROOT, "docs/benchmark.md"),
            `# Benchmark\n\n\`npm run bench -- --write-docs\`\n\n${text}\n`,
        );
    }
}

async function measureAll(options: Options, engine: string): Promise<Measurement[]> {
    const folder = mkdtempSync(path.join(os.tmpdir(), "cognito-bench-"));
    // Settles at once: how long AWS takes is not what is measured.
    const aws = await startEmulator({ behaviour: { settleAfterDescribes: 0 } });
    try {
        const entries: Entry[] = options.contestants.map((contestant, index) => {
            const account = String(100000000001 + index);
            return { account, project: new Project(contestant, { folder, engine }, aws.env(account)) };
        });
        for (const { project } of entries) {
            await project.create();
        }
        const measurements: Measurement[] = [];
        for (const scenario of options.scenarios) {
            const say = (text: string) => console.error(`${scenarioTitle(scenario)}: ${text}`);
            measurements.push(...(await measure(aws, entries, scenario, options, say)));
        }
        return measurements;
    } finally {
        await aws.close();
        rmSync(folder, { recursive: true, force: true });
    }
}

main().catch((error: unknown) => {
    console.error(`bench: ${(error as Error).message}`);
    process.exitCode = 1;
});
