import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { currentEngine } from "../../../provider/plugin/currentEngine";

// As the provider reaches them: through @pulumi/pulumi, whose dependency gRPC is.
const pulumiRequire = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const grpc = pulumiRequire("@grpc/grpc-js");
const { EngineService } = pulumiRequire("@pulumi/pulumi/proto/engine_grpc_pb");
const { GetRootResourceResponse, LogSeverity } = pulumiRequire("@pulumi/pulumi/proto/engine_pb");
const { Empty } = pulumiRequire("google-protobuf/google/protobuf/empty_pb");

interface LogRequest {
    getSeverity(): number;
    getMessage(): string;
    getEphemeral(): boolean;
}

interface Call {
    request: LogRequest;
}

describe("currentEngine", () => {
    describe("with an engine", () => {
        let address: string;
        let stop: () => void;
        let heard: LogRequest[];
        let hear: () => void;
        let rootResource: string;

        beforeEach(async () => {
            heard = [];
            hear = () => {};
            rootResource = "";
            const server = new grpc.Server();
            server.addService(EngineService, {
                log: ({ request }: Call, answer: (error: unknown, value: unknown) => void) => {
                    heard.push(request);
                    answer(null, new Empty());
                    hear();
                },
                getRootResource: (_: Call, answer: (error: unknown, value: unknown) => void) => {
                    const response = new GetRootResourceResponse();
                    response.setUrn(rootResource);
                    answer(null, response);
                },
            });
            const port = await new Promise<number>((resolve, reject) =>
                server.bindAsync(
                    "127.0.0.1:0",
                    grpc.ServerCredentials.createInsecure(),
                    (error: Error | null, bound: number) => (error ? reject(error) : resolve(bound)),
                ),
            );
            address = `127.0.0.1:${port}`;
            // The proxy that AWS is called through: it reaches no engine on this machine.
            process.env.grpc_proxy = "http://127.0.0.1:1";
            stop = () => server.forceShutdown();
        });
        afterEach(() => {
            delete process.env.grpc_proxy;
            stop();
        });

        it("warns, informs and shows a status that vanishes, each as one line without control characters", async () => {
            const all = new Promise<void>((resolve) => {
                hear = () => heard.length === 3 && resolve();
            });
            const engine = currentEngine(address);
            engine.warn("\u001b[2Ja\nwarning\u202e");
            engine.info("a fact");
            engine.status("a status");
            await all;
            const said = heard.map((it) => [it.getMessage(), it.getSeverity(), it.getEphemeral()]);
            assert.deepEqual(said.sort(), [
                ["\\u001b[2Ja warning\\u202e", LogSeverity.WARNING, false],
                ["a fact", LogSeverity.INFO, false],
                ["a status", LogSeverity.INFO, true],
            ]);
        });

        it("runs a program once that has told its stack", async () => {
            const engine = currentEngine(address);
            assert.equal(await engine.runsProgram(), false);
            rootResource = "urn:pulumi:dev::site::pulumi:pulumi:Stack::site-dev";
            assert.equal(await engine.runsProgram(), true);
        });

        it("is alive, and no longer once it is gone; what is said then is lost without harm", async () => {
            const engine = currentEngine(address);
            assert.equal(await engine.alive(), true);
            stop();
            assert.equal(await engine.alive(), false);
            engine.warn("nobody hears it");
        });
    });

    it("without an engine says nothing, and takes it for alive", async () => {
        const engine = currentEngine("test/unit");
        engine.warn("nobody");
        engine.info("nobody");
        engine.status("nobody");
        assert.deepEqual([await engine.alive(), await engine.runsProgram()], [true, false]);
    });
});
