import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

/** How a command ended. */
export interface Ran {
    /** The exit code; 1 if a signal ended the command. */
    code: number;
    stdout: string;
    /** Both streams, in order of arrival. */
    output: string;
}

/** Running commands, for Ctrl-C to end. */
const running = new Set<ChildProcess>();

/** Runs a command to its end; a non-zero exit code is not an error here. */
export function run(command: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<Ran> {
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
        running.add(child);
        let [stdout, output] = ["", ""];
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
            stdout += text;
            output += text;
        });
        child.stderr.setEncoding("utf8").on("data", (text: string) => {
            output += text;
        });
        child.once("error", (error) => {
            running.delete(child);
            reject(error);
        });
        child.once("close", (code) => {
            running.delete(child);
            resolve({ code: code ?? 1, stdout, output });
        });
    });
}

/** The folder of a working `pulumi`. If one has to be built, this takes minutes, and stderr says so. */
export async function engineFolder(root: string): Promise<string> {
    const child = spawn(process.execPath, ["tools/pulumi/engine.mjs"], {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
    });
    const [folder, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
    if (code !== 0) {
        throw new Error("No Pulumi engine is available; the lines above say why.");
    }
    return folder.trim();
}

/**
 * Ends the running commands and their descendants. An engine that is killed leaves its plugins alive, in process groups of their
 * own: so it gets two SIGINTs first, and only what remains is killed, by id.
 */
export async function stopAll(): Promise<void> {
    const children = [...running];
    const ids = children.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
    const family = [...ids, ...descendantsOf(ids)];
    for (let sent = 0; sent < 2 && running.size > 0; sent++) {
        signal(ids, "SIGINT");
        await sleep(500);
    }
    for (let waited = 0; waited < 10 && running.size > 0; waited++) {
        await sleep(200);
    }
    signal(family, "SIGKILL");
}

function signal(ids: number[], name: NodeJS.Signals): void {
    for (const id of ids) {
        try {
            process.kill(id, name);
        } catch {
            // Gone already.
        }
    }
}

function descendantsOf(ids: number[]): number[] {
    const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
        .trim()
        .split("\n")
        .map((line) => line.trim().split(/\s+/).map(Number));
    const found: number[] = [];
    for (let level = ids; level.length > 0; ) {
        level = table.flatMap(([pid, parent]) => (pid && parent && level.includes(parent) ? [pid] : []));
        found.push(...level);
    }
    return found;
}
