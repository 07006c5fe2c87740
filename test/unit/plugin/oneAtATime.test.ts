import assert from "node:assert/strict";
import { OneAtATime } from "../../../provider/plugin/oneAtATime";
import { failureOf } from "../../support/failure";

describe("OneAtATime", () => {
    it("begins with the second only when the first is done, and lets other domains go on", async () => {
        const domains = new OneAtATime();
        const log: string[] = [];
        let finish: () => void = () => {};
        const first = domains.run("a", async () => {
            log.push("first begins");
            await new Promise<void>((resolve) => {
                finish = resolve;
            });
            log.push("first ends");
        });
        const second = domains.run("a", async () => log.push("second"));
        await domains.run("b", async () => log.push("other"));
        finish();
        await Promise.all([first, second]);
        assert.deepEqual(log, ["first begins", "other", "first ends", "second"]);
    });

    it("goes on after a failure, which its own caller gets", async () => {
        const domains = new OneAtATime();
        const error = new Error("on purpose");
        const first = failureOf(domains.run("a", () => Promise.reject(error)));
        const second = domains.run("a", async () => "done");
        assert.deepEqual([await first, await second], [error, "done"]);
    });
});
