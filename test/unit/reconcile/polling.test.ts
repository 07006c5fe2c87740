import assert from "node:assert/strict";
import { Deadline } from "../../../provider/reconcile/deadline";
import { pending, poll } from "../../../provider/reconcile/polling";

const QUICK = { firstPauseSeconds: 0.001, longestPauseSeconds: 0.002 };
const within = (seconds: number) => new Deadline(seconds);

describe("poll", () => {
    it("answers what the first attempt answers", async () => {
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

    it("looks once more when the time is over, however it passed, and then gives up", async () => {
        let nowMs = 0;
        let looks = 0;
        const deadline = new Deadline(3600, () => nowMs);
        const look = async () => {
            looks++;
            // The machine sleeps for two hours during the first look.
            nowMs += 2 * 3600 * 1000;
            return pending;
        };
        assert.equal(await poll(look, deadline, QUICK), undefined);
        assert.equal(looks, 2);
    });

    it("takes what that last look sees", async () => {
        let nowMs = 0;
        let looks = 0;
        const deadline = new Deadline(3600, () => nowMs);
        const look = async () => {
            nowMs += 2 * 3600 * 1000;
            return ++looks === 2 ? "arrived" : pending;
        };
        assert.equal(await poll(look, deadline, QUICK), "arrived");
    });

    it("looks once however short the time is, even with none at all", async () => {
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
