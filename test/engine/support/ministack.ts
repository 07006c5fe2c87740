import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { installed } from "../../support/pypi";

/** An AWS emulator that others have written, as a second opinion. */
export interface Ministack {
    endpoint: string;
    env(): Record<string, string>;
    stop(): Promise<void>;
}

/** Starts ministack on a free port, installed into a virtual environment of its own in the user's cache folder. */
export async function startMinistack(python: string): Promise<Ministack> {
    const command = join(await installed(python, "ministack", "1.5.33"), "bin", "ministack");
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
