import assert from "node:assert/strict";
import { mock } from "node:test";
import { AwsCallError } from "../../../provider/model/errors";
import { Deadline, pending, poll } from "../../../provider/reconcile/polling";
import { failureOf } from "../../support/failure";
import { recordingEngine } from "../../support/operation";

const HOUR = 3600;

describe("polling", () => {
    let nowMs: number;
    beforeEach(() => {
        nowMs = 0;
        mock.method(performance, "now", () => nowMs);
    });
    afterEach(() => {
        mock.restoreAll();
        mock.timers.reset();
    });

    const toolsOf = (seconds: number, engine = recordingEngine()) => ({
        deadline: new Deadline(seconds),
        engine,
        pauseFactor: 0.001,
    });

    /** Polls with these answers, the last one for ever; each read takes so many seconds of the clock. */
    async function polled(answers: unknown[], seconds: number, readSeconds = 0) {
        let reads = 0;
        const read = async () => {
            nowMs += readSeconds * 1000;
            return answers[Math.min(reads++, answers.length - 1)];
        };
        return { answer: await poll(read, toolsOf(seconds), String), reads };
    }

    it("reads again while the answer is pending, and takes any other", async () => {
        for (const answer of ["text", null, false, 0, undefined]) {
            assert.deepEqual(await polled([pending, pending, answer], 10), { answer, reads: 3 });
        }
    });

    it("reads once more when the time is over, however it passed, and then gives up", async () => {
        // The machine sleeps for two hours during the first read.
        assert.deepEqual(await polled([pending], HOUR, 2 * HOUR), { answer: undefined, reads: 2 });
        assert.deepEqual(await polled([pending, "arrived"], HOUR, 2 * HOUR), { answer: "arrived", reads: 2 });
        assert.deepEqual(await polled(["seen"], 0), { answer: "seen", reads: 1 });
    });

    it("throws what a read throws, and reads nothing for an engine that has exited", async () => {
        const error = new Error("on purpose");
        assert.equal(await failureOf(poll(() => Promise.reject(error), toolsOf(10), String)), error);
        const gone = { ...recordingEngine(), alive: async () => false };
        const ended = poll(() => assert.fail(), toolsOf(10, gone), String);
        assert.equal((await failureOf(ended)).name, "EngineGoneError");
    });

    it("notices an update within 2 s during the first minute, and within 10 s later, and shows its status", async () => {
        mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
        const reads: number[] = [];
        const read = async () => {
            reads.push(nowMs / 1000);
            return pending;
        };
        const status: string[] = [];
        const engine = { ...recordingEngine(), status: (text: string) => void status.push(text) };
        let isOver = false;
        const over = poll(read, { ...toolsOf(600, engine), pauseFactor: 1 }, () => "UPDATING").finally(() => {
            isOver = true;
        });
        while (!isOver) {
            await new Promise(setImmediate);
            nowMs += 100;
            mock.timers.tick(100);
        }
        assert.equal(await over, undefined);
        const pauses = reads.map((at, index) => at - (reads[index - 1] ?? 0));
        const late = pauses.filter((pause, index) => pause > ((reads[index - 1] ?? 0) < 60 ? 1.9 : 9.5));
        assert.deepEqual(late, []);
        assert.ok(reads.length < 250, String(reads.length));
        assert.equal(status[0], "UPDATING, 15 s");
        assert.ok(status.length < 45, String(status.length));
    });

    it("gives up a call that hangs, as an error that another call may get over, and leaves others as they are", async () => {
        const error = new Error("on purpose");
        assert.equal(await new Deadline(10).cap(Promise.resolve("read"), "It"), "read");
        assert.equal(await failureOf(new Deadline(10).cap(Promise.reject(error), "It")), error);
        mock.timers.enable({ apis: ["setTimeout"] });
        // The last call has to be answered too.
        for (const [seconds, waits] of [
            [30, 30],
            [0, 5],
        ] as const) {
            let isOver = false;
            const hanging = failureOf(new Deadline(seconds).cap(new Promise(() => {}), "Describe"));
            hanging.finally(() => {
                isOver = true;
            });
            mock.timers.tick(waits * 1000 - 1);
            await new Promise(setImmediate);
            assert.equal(isOver, false);
            mock.timers.tick(1);
            const timeout = await hanging;
            assert.ok(timeout instanceof AwsCallError && timeout.transient);
            assert.equal(timeout.message, `AWS did not answer Describe within ${waits} s`);
        }
    });
});
