import { createRequire } from "node:module";
import { connect } from "node:net";
import { oneLine } from "../model/plainText";
import type { Engine } from "../reconcile/engine";

/** The engine at `process.argv[2]`, where the dynamic provider host was given its address. */
export function currentEngine(address: string | undefined = process.argv[2]): Engine {
    if (!address) {
        const silent = () => {};
        return { warn: silent, info: silent, status: silent, alive: async () => true, runsProgram: async () => false };
    }
    const { log, rootResource } = engineClient(address);
    return {
        warn: (text) => log("WARNING", text, false),
        info: (text) => log("INFO", text, false),
        status: (text) => log("INFO", text, true),
        alive: () => reachable(address),
        runsProgram: async () => (await rootResource()) !== "",
    };
}

interface EngineCalls {
    log(severity: "WARNING" | "INFO", text: string, ephemeral: boolean): void;
    /** The stack's URN, which the program sets first of all; empty where none runs. */
    rootResource(): Promise<string>;
}

function engineClient(address: string): EngineCalls {
    // Through @pulumi/pulumi, whose dependency gRPC is: under pnpm it cannot be reached from here.
    const pulumiRequire = createRequire(require.resolve("@pulumi/pulumi/package.json"));
    const { EngineClient } = pulumiRequire("@pulumi/pulumi/proto/engine_grpc_pb");
    const { GetRootResourceRequest, LogRequest, LogSeverity } = pulumiRequire("@pulumi/pulumi/proto/engine_pb");
    const grpc = pulumiRequire("@grpc/grpc-js");
    const client = new EngineClient(address, grpc.credentials.createInsecure());
    return {
        // Not by `console`, which would make every line a lasting one, and knows no severity.
        log: (severity, text, ephemeral) => {
            const request = new LogRequest();
            request.setSeverity(LogSeverity[severity]);
            request.setMessage(oneLine(text));
            request.setEphemeral(ephemeral);
            // A message that does not arrive is no reason to fail an update.
            client.log(request, () => {});
        },
        rootResource: () =>
            new Promise((resolve, reject) =>
                client.getRootResource(
                    new GetRootResourceRequest(),
                    (error: Error | null, response: { getUrn(): string }) =>
                        error ? reject(error) : resolve(response.getUrn()),
                ),
            ),
    };
}

const CONNECTION_TIMEOUT_MS = 5_000;

function reachable(address: string): Promise<boolean> {
    const at = address.lastIndexOf(":");
    const port = Number(address.slice(at + 1));
    if (at < 0 || !(port > 0 && port < 65536)) {
        // Not the address of an engine: the process was not started by Pulumi.
        return Promise.resolve(true);
    }
    return new Promise((resolve) => {
        const socket = connect({ host: address.slice(0, at), port });
        const answer = (alive: boolean) => {
            socket.destroy();
            resolve(alive);
        };
        socket.once("connect", () => answer(true));
        // Any other error is this machine's own: it says nothing about the engine.
        socket.once("error", ({ code }: NodeJS.ErrnoException) => answer(code !== "ECONNREFUSED" && code !== "ENOENT"));
        socket.setTimeout(CONNECTION_TIMEOUT_MS, () => answer(true));
    });
}
