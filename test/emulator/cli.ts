import { parseArgs } from "node:util";
import { startEmulator } from "./server";

/** `npm run -s emulator -- --port 4566`: one line of JSON when it is ready, then it serves until it is stopped. */
async function main(): Promise<void> {
    const { values } = parseArgs({
        options: { port: { type: "string", default: "0" }, "settle-ms": { type: "string" } },
    });
    const settleMs = values["settle-ms"] === undefined ? undefined : Number(values["settle-ms"]);
    const aws = await startEmulator({ port: Number(values.port), behaviour: { settleMs } });
    console.log(JSON.stringify({ endpoint: aws.endpoint, pid: process.pid, env: aws.env() }));
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.once(signal, () => void aws.close());
    }
}

main().catch((error: unknown) => {
    console.error(`emulator: ${(error as Error).message}`);
    process.exitCode = 1;
});
