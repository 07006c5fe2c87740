import assert from "node:assert/strict";
import { defined } from "../../../provider/model/objects";

describe("defined", () => {
    it("drops undefined and nothing else", () => {
        const made = defined({ a: undefined, b: null, c: 0, d: "", e: false });
        assert.deepEqual(Object.entries(made), [
            ["b", null],
            ["c", 0],
            ["d", ""],
            ["e", false],
        ]);
    });
});
