import assert from "node:assert/strict";
import { request } from "node:http";
import { type Emulator, startEmulator } from "../../emulator";

const MIB = 1024 * 1024;

describe("the emulated AWS: what it refuses to take", () => {
    let aws: Emulator;

    before(async () => {
        aws = await startEmulator();
    });
    after(() => aws.close());

    interface Sent {
        path: string;
        headers?: Record<string, string>;
        chunks?: (string | Buffer)[];
    }

    function send({ path, headers = {}, chunks = [] }: Sent): Promise<{ status: number; body: string }> {
        return new Promise((resolve, reject) => {
            const call = request(`${aws.endpoint}${path}`, { method: "POST", headers }, (response) => {
                let body = "";
                response.setEncoding("utf8").on("data", (text: string) => {
                    body += text;
                });
                response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
            });
            call.on("error", reject);
            for (const chunk of chunks) {
                call.write(chunk);
            }
            call.end();
        });
    }

    const scene = (headers?: Record<string, string>) =>
        send({
            path: "/_emulator/scene",
            headers,
            chunks: [JSON.stringify({ userPool: { region: "us-west-2", tier: "LITE" } })],
        });
    const poolCount = () => aws.state.pools.size;

    const port = () => new URL(aws.endpoint).port;

    it("a control request of this machine's own is taken", async () => {
        for (const host of [`127.0.0.1:${port()}`, `localhost:${port()}`]) {
            const before = poolCount();
            assert.equal((await scene({ host })).status, 200);
            assert.equal(poolCount(), before + 1);
        }
    });

    it("a control request with an Origin is refused, and does nothing", async () => {
        for (const origin of ["https://example.com", "null", aws.endpoint]) {
            const before = poolCount();
            const { status, body } = await scene({ origin });
            assert.equal(status, 403);
            assert.match(body, /Origin/);
            assert.equal(poolCount(), before);
        }
    });

    it("a control request for another host is refused, as of a name that was made to resolve here", async () => {
        for (const host of ["rebound.example.com", `rebound.example.com:${port()}`, "127.0.0.1", "127.0.0.1:1"]) {
            const before = poolCount();
            assert.equal((await scene({ host })).status, 403, host);
            assert.equal(poolCount(), before);
        }
    });

    for (const path of ["/_emulator/behaviour", "/"]) {
        it(`a body above 1 MiB is refused at ${path}, announced or not`, async () => {
            const calls = aws.calls.length;
            const announced = await send({ path, headers: { "content-length": String(MIB + 1) }, chunks: ["{"] }).catch(
                (error: Error) => error,
            );
            assert.ok(!(announced instanceof Error), String(announced));
            assert.equal(announced.status, 413);
            const chunked = await send({ path, chunks: [Buffer.alloc(MIB, " "), "{}"] });
            assert.equal(chunked.status, 413);
            assert.equal(aws.calls.length, calls);
        });
    }

    it("a body of 1 MiB is taken", async () => {
        const { status } = await send({ path: "/_emulator/behaviour", chunks: [Buffer.alloc(MIB - 2, " "), "{}"] });
        assert.equal(status, 200);
    });
});
