import assert from "node:assert/strict";
import { type Emulator, startEmulator } from "../emulator";
import { differences } from "./promise/compare";
import { play } from "./promise/play";
import { killAll } from "./support/cli";

/** How many programs are played, each of 5 to 12 resources; `PROMISE_SEED` plays one again. */
const PROGRAMS = Number(process.env.PROMISE_PROGRAMS ?? 8);
const FIRST_SEED = Number(process.env.PROMISE_SEED ?? 1);

/** `PROMISE_SEED` alone plays that program only. */
const COUNT = process.env.PROMISE_SEED && !process.env.PROMISE_PROGRAMS ? 1 : PROGRAMS;

/** What `npm test` plays at least, counted in resources. */
const FEWEST_RESOURCES = 60;

describe("what a preview says is what the up that follows does", () => {
    let aws: Emulator;
    let resources = 0;

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
            resources += performance.scene.resources.length;
            const found = differences(performance);
            assert.deepEqual(
                found,
                [],
                `PROMISE_SEED=${seed}\n${found.join("\n")}\n${JSON.stringify(performance.scene.resources)}\n` +
                    `${performance.preview.run.text}\n${performance.up.run.text}`,
            );
        });
    }

    it(`has been seen of at least ${FEWEST_RESOURCES} resources`, function () {
        if (COUNT < PROGRAMS || process.env.PROMISE_PROGRAMS) {
            console.log(`      ${resources} resources`);
            this.skip();
        }
        assert.ok(resources >= FEWEST_RESOURCES, `${resources}`);
    });
});
