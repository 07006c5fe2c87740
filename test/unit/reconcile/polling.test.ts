import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { mock } from "node:test";
import { AwsCallError } from "../../../provider/model/errors";
import { withStatusLine } from "../../../provider/reconcile/engine";
import { Deadline, pending, poll } from "../../../provider/reconcile/polling";
import { failureOf } from "../../support/failure";
import { recordingEngine } from "../../support/operation";

const QUICK = { firstPauseSeconds: 0.002, longestPauseSeconds: 0.001 };
const HOUR = 3600;

describe("polling", () => {
    /** Polls with these answers, the last one for ever; each read takes so many seconds of the clock. */
    async function polled(answers: unknown[], seconds: number, readSeconds = 0) {
        let nowMs = 0;
        let reads = 0;
        const read = async () => {
            nowMs += readSeconds * 1000;
            return answers[Math.min(reads++, answers.length - 1)];
        };
        const answer = await poll(read, new Deadline(seconds, () => nowMs), QUICK);
        return { answer, reads };
    }

    it("reads again while the answer is pending, and takes any other, also null, false, 0 and undefined", async () => {
        for (const answer of ["text", null, false, 0, undefined]) {
            assert.deepEqual(await polled([answer], 10), { answer, reads: 1 });
            assert.deepEqual(await polled([pending, pending, answer], 10), { answer, reads: 3 });
        }
    });

    it("reads once more when the time is over, however it passed, and then gives up", async () => {
        // The machine sleeps for two hours during the first read.
        assert.deepEqual(await polled([pending], HOUR, 2 * HOUR), { answer: undefined, reads: 2 });
        assert.deepEqual(await polled([pending, "arrived"], HOUR, 2 * HOUR), { answer: "arrived", reads: 2 });
    });

    it("reads once however short the time is, even with none at all", async () => {
        for (const seconds of [0, -5, 0.0001]) {
            assert.deepEqual(await polled(["seen"], seconds), { answer: "seen", reads: 1 });
        }
    });

    it("throws what a read throws, the very same, and reads no more", async () => {
        for (const thrown of [new Error("on purpose"), "text"]) {
            let reads = 0;
            const read = async () => {
                if (++reads < 3) {
                    return pending;
                }
                throw thrown;
            };
            assert.equal(await failureOf(poll(read, new Deadline(10), QUICK)), thrown);
            assert.equal(reads, 3);
        }
    });

    it("notices an update within 2 s during the first minute, and within 10 s later", async () => {
        mock.timers.enable({ apis: ["setTimeout"] });
        let nowMs = 0;
        const reads: number[] = [];
        const read = async () => {
            reads.push(nowMs / 1000);
            return pending;
        };
        let isOver = false;
        const ended = poll(read, new Deadline(600, () => nowMs)).finally(() => {
            isOver = true;
        });
        while (!isOver) {
            await new Promise(setImmediate);
            nowMs += 100;
            mock.timers.tick(100);
        }
        mock.timers.reset();
        assert.equal(await ended, undefined);
        const pauses = reads.map((at, index) => at - (reads[index - 1] ?? 0));
        const late = pauses.filter((pause, index) => pause > ((reads[index - 1] ?? 0) < 60 ? 1.9 : 9.5));
        assert.deepEqual(late, []);
        assert.ok(reads.length < 250, String(reads.length));
    });
});

describe("a deadline", () => {
    it("counts on the clock that it is given, and is over when its seconds are", () => {
        let nowMs = 5000;
        const deadline = new Deadline(10, () => nowMs);
        assert.deepEqual([deadline.elapsedSeconds, deadline.secondsLeft, deadline.isOver], [0, 10, false]);
        nowMs += 9_999;
        assert.equal(deadline.isOver, false);
        nowMs += 2;
        assert.deepEqual([deadline.secondsLeft, deadline.isOver, deadline.elapsed], [0, true, "10 s"]);
    });

    it("does not follow the wall clock", () => {
        const deadline = new Deadline(60);
        mock.method(Date, "now", () => Number.MAX_SAFE_INTEGER);
        assert.equal(deadline.isOver, false);
        mock.restoreAll();
    });

    it("gives up a call that hangs, as an error that another call may get over, and leaves others as they are", async () => {
        const deadline = new Deadline(10);
        assert.equal(await deadline.cap(Promise.resolve("read"), "It"), "read");
        const error = new Error("on purpose");
        assert.equal(await failureOf(deadline.cap(Promise.reject(error), "It")), error);
        mock.timers.enable({ apis: ["setTimeout"] });
        // The last call has to be answered too.
        for (const [seconds, waits] of [
            [30, 30],
            [0, 5],
        ] as const) {
            let isOver = false;
            const hanging = failureOf(new Deadline(seconds, () => 0).cap(new Promise(() => {}), "Describe"));
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
        mock.timers.reset();
    });
});

describe("the status line", () => {
    it("is shown while the work goes on, even if a call hangs, and not afterwards", async () => {
        const said: string[] = [];
        const ended = new EventEmitter();
        const hangs = once(ended, "end");
        const status = (text: string) => said.push(text) === 3 && ended.emit("end", "done");
        const engine = { ...recordingEngine(), status };
        const text = () => `line ${said.length}`;
        const answer = await withStatusLine(engine, text, () => hangs, 1);
        assert.deepEqual([answer, said], [["done"], ["line 0", "line 1", "line 2"]]);
    });

    it("is not shown for short work, which may throw", async () => {
        const engine = { ...recordingEngine(), status: () => assert.fail() };
        const error = new Error("on purpose");
        assert.equal(await failureOf(withStatusLine(engine, String, () => Promise.reject(error))), error);
    });
});
