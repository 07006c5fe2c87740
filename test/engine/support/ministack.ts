import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const VERSION = "1.5.33";
const run = promisify(execFile);

/** An AWS emulator that others have written, as a second opinion. */
export interface Ministack {
    endpoint: string;
    env(): Record<string, string>;
    stop(): Promise<void>;
}

/** Python 3.10 or later, or why there is none. */
export async function findPython(): Promise<{ python: string } | { missing: string }> {
    try {
        const { stdout } = await run("python3", ["-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"]);
        const [major = 0, minor = 0] = stdout.trim().split(".").map(Number);
        return major > 3 || (major === 3 && minor >= 10)
            ? { python: "python3" }
            : { missing: `python3 is ${stdout.trim()}, ministack needs 3.10` };
    } catch {
        return { missing: "there is no python3 with venv" };
    }
}

/** Starts ministack on a free port, installed into a virtual environment of its own in the user's cache folder. */
export async function startMinistack(python: string): Promise<Ministack> {
    const command = join(await installed(python), "bin", "ministack");
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${port}`;
    const server = spawn(command, [], {
        env: { ...process.env, GATEWAY_PORT: String(port), IOT_MTLS_PORT: "0" },
        stdio: "ignore",
    });
    const ended = once(server, "exit");
    await answering(endpoint, () => server.exitCode !== null);
    return {
        endpoint,
        env: () => ({ AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" }),
        stop: async () => {
            server.kill("SIGKILL");
            await ended;
        },
    };
}

async function installed(python: string): Promise<string> {
    const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "pulumi-cognito-domain-settings");
    const folder = join(cache, `ministack-${VERSION}`);
    if (!existsSync(join(folder, "complete"))) {
        await rm(folder, { recursive: true, force: true });
        await mkdir(cache, { recursive: true });
        await run(python, ["-m", "venv", folder]);
        await run(join(folder, "bin", "pip"), ["install", "--quiet", `ministack==${VERSION}`]);
        await mkdir(join(folder, "installing"));
        await rename(join(folder, "installing"), join(folder, "complete"));
    }
    return folder;
}

async function freePort(): Promise<number> {
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    server.close();
    return typeof address === "object" && address ? address.port : 0;
}

/** Waits until the server answers anything; throws when it has ended instead. */
async function answering(endpoint: string, hasEnded: () => boolean): Promise<void> {
    for (;;) {
        try {
            await fetch(endpoint);
            return;
        } catch (error) {
            if (hasEnded()) {
                throw new Error("ministack ended at once", { cause: error });
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
    }
}
