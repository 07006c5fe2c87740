import { createRequire } from "node:module";
import { oneLine } from "../model/plainText";
import type { Engine } from "../reconcile/operation";

/** Milliseconds. An engine that has exited refuses at once; one that is slow to answer is alive. */
const ANSWER_TIMEOUT_MS = 5_000;

/** The engine at `process.argv[2]`, where the dynamic provider host was given its address. */
export function currentEngine(address: string | undefined = process.argv[2]): Engine {
    if (!address?.match(/:\d+$/)) {
        // The process was not started by Pulumi.
        const silent = () => {};
        return { warn: silent, info: silent, status: silent, alive: async () => true, runsProgram: async () => false };
    }
    // Through @pulumi/pulumi, whose dependency gRPC is: under pnpm it cannot be reached from here.
    const pulumiRequire = createRequire(require.resolve("@pulumi/pulumi/package.json"));
    const { EngineClient } = pulumiRequire("@pulumi/pulumi/proto/engine_grpc_pb");
    const { GetRootResourceRequest, LogRequest, LogSeverity } = pulumiRequire("@pulumi/pulumi/proto/engine_pb");
    const grpc = pulumiRequire("@grpc/grpc-js");
    // The engine is on this machine: a proxy in the environment is for AWS.
    const client = new EngineClient(address, grpc.credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });

    // Not with `console`: every line would be permanent, and without a severity.
    const log = (severity: "WARNING" | "INFO", text: string, isEphemeral = false) => {
        const request = new LogRequest();
        request.setSeverity(LogSeverity[severity]);
        request.setMessage(oneLine(text));
        request.setEphemeral(isEphemeral);
        // A message that does not arrive is no reason to fail an update.
        client.log(request, () => {});
    };
    /** The stack's URN, which the program sets first of all; empty if none runs. */
    const rootResource = () =>
        new Promise<string>((resolve, reject) => {
            const options = { deadline: Date.now() + ANSWER_TIMEOUT_MS };
            const answer = (error: Error | null, response: { getUrn(): string }) =>
                error ? reject(error) : resolve(response.getUrn());
            client.getRootResource(new GetRootResourceRequest(), options, answer);
        });
    return {
        warn: (text) => log("WARNING", text),
        info: (text) => log("INFO", text),
        status: (text) => log("INFO", text, true),
        alive: async () => (await rootResource().catch(({ code }) => code)) !== grpc.status.UNAVAILABLE,
        runsProgram: async () => (await rootResource()) !== "",
    };
}
