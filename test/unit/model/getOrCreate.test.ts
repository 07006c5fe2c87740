import assert from "node:assert/strict";
import { getOrCreate } from "../../../provider/model/objects";

describe("getOrCreate", () => {
    it("creates a value once a key, false and zero too", () => {
        const cache = new Map<string, number | boolean>();
        const created: string[] = [];
        const get = (key: string, value: number | boolean) =>
            getOrCreate(cache, key, () => {
                created.push(key);
                return value;
            });
        assert.deepEqual([get("a", 0), get("a", 1), get("b", false), get("b", true)], [0, 0, false, false]);
        assert.deepEqual(created, ["a", "b"]);
    });

    it("keeps nothing where the creation fails", () => {
        const cache = new Map<string, string>();
        assert.throws(() =>
            getOrCreate(cache, "a", () => {
                throw new Error("no");
            }),
        );
        assert.equal(
            getOrCreate(cache, "a", () => "b"),
            "b",
        );
    });

    it("keeps by identity in a WeakMap", () => {
        const cache = new WeakMap<object, object>();
        const [key, other] = [{}, {}];
        const value = getOrCreate(cache, key, () => ({}));
        assert.equal(
            getOrCreate(cache, key, () => ({})),
            value,
        );
        assert.notEqual(
            getOrCreate(cache, other, () => ({})),
            value,
        );
    });
});
