import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";

describe("the emulated AWS: the command", () => {
    it("starts as a command, says where, and stops on SIGTERM", async () => {
        const cli = spawn(process.execPath, ["--import=tsx", join(__dirname, "../../emulator/cli.ts"), "--port", "0"]);
        const line = await createInterface(cli.stdout)[Symbol.asyncIterator]().next();
        const ready = JSON.parse(line.value) as { endpoint: string; env: Record<string, string> };
        assert.equal(ready.env.AWS_ENDPOINT_URL, ready.endpoint);
        assert.deepEqual(await (await fetch(`${ready.endpoint}/_emulator/calls`)).json(), []);
        cli.kill("SIGTERM");
        assert.deepEqual(await once(cli, "exit"), [0, null]);
    }).timeout(20_000);
});
