import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** How a command ended, and what it printed. */
export interface Run {
    /** The exit code; null for one that was killed. */
    code: number | null;
    stdout: string;
    stderr: string;
    /** Everything that it printed, in the order of arrival. */
    text: string;
}

const children = new Set<ChildProcess>();

/**
 * Runs a command to its end, in a process group of its own, with exactly this environment.
 * @param onText Sees what it prints, as it comes; may end it by its process id.
 */
export async function run(
    command: string,
    args: string[],
    options: { cwd: string; env: Record<string, string> },
    onText: (text: string, pid: number) => void = () => {},
): Promise<Run> {
    const child = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    children.add(child);
    const result: Run = { code: null, stdout: "", stderr: "", text: "" };
    for (const stream of ["stdout", "stderr"] as const) {
        child[stream].setEncoding("utf8").on("data", (chunk: string) => {
            result[stream] += chunk;
            result.text += chunk;
            onText(chunk, child.pid as number);
        });
    }
    try {
        [result.code] = await once(child, "close");
    } finally {
        children.delete(child);
    }
    return result;
}

/** The environment of package managers: what they need to reach their registry, with a cache that they share. */
export function shellEnvironment(): Record<string, string> {
    const inherited = Object.entries(process.env).filter(
        ([name, value]) => value !== undefined && !/^(npm_|NODE_OPTIONS$|AWS_|PULUMI_|INIT_CWD$)/.test(name),
    ) as [string, string][];
    return { ...Object.fromEntries(inherited), CI: "1" };
}

/** Runs a command to its end, and throws all that it printed where that was a failure. */
export async function must(command: string, args: string[], cwd: string, env = shellEnvironment()): Promise<Run> {
    const result = await run(command, args, { cwd, env });
    if (result.code !== 0) {
        throw new Error(`${command} ${args.join(" ")} exited with ${result.code}:\n${result.text}`);
    }
    return result;
}

/** Kills what still runs, with the plugins that it has started. */
export function killAll(): void {
    for (const { pid } of children) {
        try {
            process.kill(-(pid as number), "SIGKILL");
        } catch {
            // It has ended meanwhile.
        }
    }
    children.clear();
}

process.once("exit", killAll);
// Mocha's worker, when mocha itself is stopped.
process.once("disconnect", killAll);
