import assert from "node:assert/strict";
import { mock } from "node:test";
import { AwsCallError } from "../../../provider/model/errors";
import { Deadline, pending, poll } from "../../../provider/reconcile/polling";
import { failureOf } from "../../support/failure";

const QUICK = { firstPauseSeconds: 0.001, longestPauseSeconds: 0.002 };
const within = (seconds: number) => new Deadline(seconds);

describe("poll", () => {
    it("answers what the first read answers", async () => {
        let attempts = 0;
        const answer = await poll(async () => `attempt ${++attempts}`, within(10));
        assert.deepEqual([answer, attempts], ["attempt 1", 1]);
    });

    it("tries again while the answer is pending", async () => {
        let attempts = 0;
        const answer = await poll(async () => (++attempts < 5 ? pending : attempts), within(10), QUICK);
        assert.deepEqual([answer, attempts], [5, 5]);
    });

    it("takes any answer but pending for one: null, false, 0, undefined", async () => {
        for (const value of [null, false, 0, undefined]) {
            let attempts = 0;
            const answer = await poll(
                async () => {
                    attempts++;
                    return value;
                },
                within(10),
                QUICK,
            );
            assert.deepEqual([answer, attempts], [value, 1]);
        }
    });

    it("throws what an attempt throws, the very same, and tries no more", async () => {
        const error = new Error("on purpose");
        let attempts = 0;
        const thrown = await poll(
            async () => {
                if (++attempts < 3) {
                    return pending;
                }
                throw error;
            },
            within(10),
            QUICK,
        ).catch((it: unknown) => it);
        assert.equal(thrown, error);
        assert.equal(attempts, 3);
    });

    it("throws what is no error, too", async () => {
        const thrown = await poll(() => Promise.reject("text"), within(10), QUICK).catch((it: unknown) => it);
        assert.equal(thrown, "text");
    });

    it("reads once more when the time is over, however it passed, and then gives up", async () => {
        let nowMs = 0;
        let reads = 0;
        const deadline = new Deadline(3600, () => nowMs);
        const read = async () => {
            reads++;
            // The machine sleeps for two hours during the first read.
            nowMs += 2 * 3600 * 1000;
            return pending;
        };
        assert.equal(await poll(read, deadline, QUICK), undefined);
        assert.equal(reads, 2);
    });

    it("takes what that last read sees", async () => {
        let nowMs = 0;
        let reads = 0;
        const deadline = new Deadline(3600, () => nowMs);
        const read = async () => {
            nowMs += 2 * 3600 * 1000;
            return ++reads === 2 ? "arrived" : pending;
        };
        assert.equal(await poll(read, deadline, QUICK), "arrived");
    });

    it("reads once however short the time is, even with none at all", async () => {
        for (const seconds of [0, -5, 0.0001]) {
            assert.equal(await poll(async () => "seen", within(seconds)), "seen");
        }
    });

    it("takes a longest pause that is shorter than the first", async () => {
        let attempts = 0;
        const pauses = { firstPauseSeconds: 0.002, longestPauseSeconds: 0.001 };
        assert.equal(await poll(async () => (++attempts < 3 ? pending : "done"), within(5), pauses), "done");
    });
});

describe("the pauses", () => {
    afterEach(() => mock.timers.reset());

    it("let an update be noticed within 2 s during the first minute, and within 10 s later", async () => {
        mock.timers.enable({ apis: ["setTimeout"] });
        let nowMs = 0;
        const reads: number[] = [];
        const read = async () => {
            reads.push(nowMs / 1000);
            return pending;
        };
        let isOver = false;
        const polled = poll(read, new Deadline(600, () => nowMs)).finally(() => {
            isOver = true;
        });
        while (!isOver) {
            await new Promise(setImmediate);
            nowMs += 100;
            mock.timers.tick(100);
        }
        assert.equal(await polled, undefined);
        const pauses = reads.map((at, index) => at - (reads[index - 1] ?? 0));
        const late = pauses.filter((pause, index) => pause > ((reads[index - 1] ?? 0) < 60 ? 1.9 : 9.5));
        assert.deepEqual(late, []);
        assert.ok(reads.length < 250, String(reads.length));
    });
});

describe("Deadline", () => {
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
        const { now } = Date;
        const deadline = new Deadline(60);
        try {
            Date.now = () => now() + 2 * 3600 * 1000;
            assert.equal(deadline.isOver, false);
        } finally {
            Date.now = now;
        }
    });

    describe("cap", () => {
        it("answers what the read answers, and throws what it throws", async () => {
            const deadline = new Deadline(10);
            assert.equal(await deadline.cap(Promise.resolve("read"), "It"), "read");
            const error = new Error("on purpose");
            assert.equal(await failureOf(deadline.cap(Promise.reject(error), "It")), error);
        });

        it("gives up a read that hangs, as an error that another read may get over", async () => {
            const { setTimeout: original } = globalThis;
            const waited: number[] = [];
            globalThis.setTimeout = ((run: () => void, milliseconds: number) => {
                waited.push(milliseconds);
                return original(run, 0);
            }) as never;
            try {
                for (const seconds of [30, 0]) {
                    const error = await failureOf(
                        new Deadline(seconds, () => 0).cap(new Promise(() => {}), "DescribeUserPoolDomain"),
                    );
                    assert.ok(error instanceof AwsCallError && error.transient);
                    assert.match(error.message, /^AWS did not answer DescribeUserPoolDomain within (30|5) s$/);
                }
            } finally {
                globalThis.setTimeout = original;
            }
            assert.deepEqual(waited, [30_000, 5_000]);
        });
    });
});
