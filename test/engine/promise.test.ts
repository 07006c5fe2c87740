import assert from "node:assert/strict";
import { type Emulator, startEmulator } from "../emulator";
import { differences } from "./promise/compare";
import { play } from "./promise/play";
import { killAll } from "./support/cli";

/** `PROMISE_SEED` plays one program again, of 5 to 12 resources. */
const { PROMISE_SEED, PROMISE_PROGRAMS = PROMISE_SEED ? 1 : 8 } = process.env;

describe("what a preview says is what the up that follows does", () => {
    let aws: Emulator;

    before(async () => {
        aws = await startEmulator();
    });
    after(async () => {
        killAll();
        await aws.close();
    });

    for (let seed = Number(PROMISE_SEED ?? 1), left = Number(PROMISE_PROGRAMS); left > 0; seed++, left--) {
        it(`program ${seed}`, async () => {
            const performance = await play(seed, aws);
            const found = differences(performance);
            assert.deepEqual(
                found,
                [],
                `PROMISE_SEED=${seed}\n${found.join("\n")}\n${JSON.stringify(performance.scene.resources)}\n` +
                    `${performance.preview.run.text}\n${performance.up.run.text}`,
            );
        });
    }
});
