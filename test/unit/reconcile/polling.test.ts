import assert from "node:assert/strict";
import { pending, poll } from "../../../provider/reconcile/polling";

const QUICK = { timeoutSeconds: 10, firstPauseSeconds: 0.001, longestPauseSeconds: 0.002 };

describe("attemptUntil", () => {
    it("answers what the first attempt answers", async () => {
        let attempts = 0;
        const answer = await poll(async () => `attempt ${++attempts}`, { timeoutSeconds: 10 });
        assert.deepEqual([answer, attempts], ["attempt 1", 1]);
    });

    it("tries again while the answer is pending", async () => {
        let attempts = 0;
        const answer = await poll(async () => (++attempts < 5 ? pending : attempts), QUICK);
        assert.deepEqual([answer, attempts], [5, 5]);
    });

    it("takes any answer but pending for one: null, false, 0, undefined", async () => {
        for (const value of [null, false, 0, undefined]) {
            let attempts = 0;
            const answer = await poll(async () => {
                attempts++;
                return value;
            }, QUICK);
            assert.deepEqual([answer, attempts], [value, 1]);
        }
    });

    it("throws what an attempt throws, the very same, and tries no more", async () => {
        const error = new Error("on purpose");
        let attempts = 0;
        const thrown = await poll(async () => {
            if (++attempts < 3) {
                return pending;
            }
            throw error;
        }, QUICK).catch((it: unknown) => it);
        assert.equal(thrown, error);
        assert.equal(attempts, 3);
    });

    it("throws what is no error, too", async () => {
        const thrown = await poll(() => Promise.reject("text"), QUICK).catch((it: unknown) => it);
        assert.equal(thrown, "text");
    });

    it("gives up when the time is over, after more than one look", async () => {
        let attempts = 0;
        const answer = await poll(
            async () => {
                attempts++;
                return pending;
            },
            { timeoutSeconds: 0.05, firstPauseSeconds: 0.001, longestPauseSeconds: 0.002 },
        );
        assert.equal(answer, undefined);
        assert.ok(attempts > 1, String(attempts));
    });

    it("looks once however short the time is, even with none at all", async () => {
        for (const timeoutSeconds of [0, -5, 0.0001]) {
            assert.equal(await poll(async () => "seen", { timeoutSeconds }), "seen");
        }
    });

    it("takes a longest pause that is shorter than the first", async () => {
        let attempts = 0;
        const patience = { timeoutSeconds: 5, firstPauseSeconds: 0.002, longestPauseSeconds: 0.001 };
        assert.equal(await poll(async () => (++attempts < 3 ? pending : "done"), patience), "done");
    });
});
