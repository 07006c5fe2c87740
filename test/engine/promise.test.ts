import assert from "node:assert/strict";
import { type Emulator, startEmulator } from "../emulator";
import { differences } from "./promise/compare";
import { play } from "./promise/play";
import { killAll } from "./support/cli";

/** How many programs are played, each of 2 to 6 resources; `PROMISE_SEED` plays one again. */
const PROGRAMS = Number(process.env.PROMISE_PROGRAMS ?? 16);
const FIRST_SEED = Number(process.env.PROMISE_SEED ?? 1);

/** `PROMISE_SEED` alone plays that program only. */
const COUNT = process.env.PROMISE_SEED && !process.env.PROMISE_PROGRAMS ? 1 : PROGRAMS;

describe("what a preview says is what the up that follows does", () => {
    let aws: Emulator;

    before(async () => {
        aws = await startEmulator();
    });
    after(async () => {
        killAll();
        await aws.close();
    });

    for (const seed of Array.from({ length: COUNT }, (_, index) => FIRST_SEED + index)) {
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
