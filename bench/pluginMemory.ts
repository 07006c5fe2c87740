import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Milliseconds between two reads; the kernel keeps a process's peak, so only its last moments are missed. */
const EVERY = 200;

/**
 * Watches the dynamic provider processes that work in a folder. The function that it returns stops that, and returns their highest
 * peak in megabytes. Linux only (`VmHWM` of /proc); undefined elsewhere.
 */
export function watchPluginMemory(folder: string): () => number | undefined {
    let most: number | undefined;
    const timer = setInterval(() => {
        for (const kilobytes of peaks(folder)) {
            most = Math.max(most ?? 0, kilobytes / 1000);
        }
    }, EVERY);
    return () => {
        clearInterval(timer);
        return most;
    };
}

function peaks(folder: string): number[] {
    return processes().flatMap((pid) => {
        try {
            const isPlugin = readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("dynamic-provider");
            if (!isPlugin || !readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)) {
                return [];
            }
            const [, kilobytes] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
            return kilobytes ? [Number(kilobytes)] : [];
        } catch {
            // It has exited.
            return [];
        }
    });
}

function processes(): string[] {
    try {
        return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    } catch {
        return [];
    }
}
