import assert from "node:assert/strict";
import { withStatusLine } from "../../../provider/reconcile/engine";
import { recordingEngine } from "../../support/operation";

describe("withStatusLine", () => {
    it("shows the status while the work goes on, even if a call hangs, and nothing afterwards", async () => {
        let say: (() => void) | undefined;
        const hangs = new Promise<void>((resolve) => {
            say = resolve;
        });
        const said: string[] = [];
        const status = (text: string) => {
            if (said.push(text) === 3) {
                say?.();
            }
        };
        let looks = 0;
        const answer = await withStatusLine(
            { ...recordingEngine(), status },
            () => `look ${++looks}`,
            () => hangs.then(() => "done"),
            1,
        );
        assert.equal(answer, "done");
        assert.deepEqual(said, ["look 1", "look 2", "look 3"]);
    });

    it("shows nothing of short work, and throws what it throws", async () => {
        const said: string[] = [];
        const engine = { ...recordingEngine(), status: (text: string) => said.push(text) };
        const error = new Error("on purpose");
        await assert.rejects(
            withStatusLine(
                engine,
                () => "text",
                () => Promise.reject(error),
            ),
            error,
        );
        assert.deepEqual(said, []);
    });
});
