import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Emulator, startEmulator } from "../test/emulator";
import type { Contestant } from "./contestants";
import type { Machine } from "./machine";
import type { Entry, Measurement } from "./measure";
import { Project } from "./project";

const ROOT = path.join(__dirname, "..");

/** The folder of the Pulumi CLI that the repository's own commands use. */
export function findEngine(): string {
    return execFileSync("node", [path.join(ROOT, "tools/pulumi/engine.mjs")], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
    }).trim();
}

/** Runs the work with a project and an AWS account for each contestant, all in one emulated AWS in this process. */
export async function withProjects<T>(
    contestants: Contestant[],
    engine: string,
    work: (aws: Emulator, entries: Entry[]) => Promise<T>,
): Promise<T> {
    const folder = mkdtempSync(path.join(os.tmpdir(), "cognito-bench-"));
    // Settles at once: AWS's own time is not measured.
    const aws = await startEmulator({ behaviour: { settleAfterDescribes: 0 } });
    try {
        const entries: Entry[] = contestants.map((contestant, index) => {
            const account = String(100000000001 + index);
            return { account, project: new Project(contestant, { folder, engine }, aws.env(account)) };
        });
        for (const { project } of entries) {
            await project.create();
        }
        return await work(aws, entries);
    } finally {
        await aws.close();
        rmSync(folder, { recursive: true, force: true });
    }
}

/** Writes the measurements to bench/results/, as JSON. */
export function keep(machine: Machine, measurements: Measurement[]): void {
    const results = path.join(__dirname, "results");
    mkdirSync(results, { recursive: true });
    const file = path.join(results, `${new Date().toISOString().replace(/[:.]/g, "-")}.json`);
    writeFileSync(file, JSON.stringify({ machine, measurements }, undefined, 4));
    console.error(`\nWritten: ${path.relative(process.cwd(), file)}`);
}

/** Replaces a section of docs/benchmark.md. */
export function writeSection(title: string, text: string): void {
    const page = path.join(ROOT, "docs/benchmark.md");
    const [head = "", ...sections] = readFileSync(page, "utf8").split(/^(?=## )/m);
    const others = sections.map((section) =>
        section.startsWith(`## ${title}\n`) ? `## ${title}\n\n${text}\n\n` : section,
    );
    writeFileSync(page, `${[head, ...others].join("").trimEnd()}\n`);
}
