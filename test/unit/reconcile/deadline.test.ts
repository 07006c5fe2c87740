import assert from "node:assert/strict";
import { AwsCallError } from "../../../provider/model/errors";
import { Deadline } from "../../../provider/reconcile/deadline";
import { failureOf } from "../../support/failure";

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

        it("gives up a read that hangs, as an error that another look may mend", async () => {
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
