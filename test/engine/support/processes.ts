import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** What runs in a project's folder: Linux only, from /proc. */
export interface Processes {
    /** The `pulumi` command itself. */
    engine: number[];
    /** The dynamic provider host, which runs our provider. */
    plugin: number[];
}

export function processesIn(folder: string): Processes {
    const found: Processes = { engine: [], plugin: [] };
    for (const pid of readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .map(Number)) {
        try {
            const [command = "", ...args] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
            if (readlinkSync(`/proc/${pid}/cwd`) !== folder) {
                continue;
            }
            if (/\/pulumi$/.test(command)) {
                found.engine.push(pid);
            } else if (args.some((arg) => arg.includes("cmd/dynamic-provider"))) {
                found.plugin.push(pid);
            }
        } catch {
            // It has ended while it was looked at.
        }
    }
    return found;
}

/**
 * Resolves once the processes are gone. One that is ending shows no command any more while its sockets still answer; they are
 * closed by the time that its parent has been told of the end.
 */
export async function ended(pids: number[]): Promise<void> {
    while (pids.some((pid) => existsSync(`/proc/${pid}`))) {
        await sleep(10);
    }
}

export function signal(pids: number[], name: NodeJS.Signals): void {
    for (const pid of pids) {
        try {
            process.kill(pid, name);
        } catch {
            // It has ended already.
        }
    }
}
