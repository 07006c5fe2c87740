import assert from "node:assert/strict";
import { differingPaths } from "../../../provider/inputs/differingPaths";
import { UNKNOWN } from "../../../provider/inputs/unknown";

describe("differingPaths", () => {
    const table: [name: string, a: unknown, b: unknown, paths: string[]][] = [
        ["the same", { a: 1, b: { c: [1] } }, { a: 1, b: { c: [1] } }, []],
        ["one member of two", { a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, ["a.c"]],
        ["an object that one of them has", { a: { b: 1, c: 2 } }, {}, ["a.b", "a.c"]],
        ["an object that the other has", undefined, { a: { b: 1 } }, ["a.b"]],
        ["null and left out", { a: null, b: { c: null } }, { b: {} }, []],
        ["lists", { a: ["x", "y"] }, { a: ["y", "x"] }, ["a"]],
        ["a list and an object", { a: [1] }, { a: { b: 1 } }, ["a"]],
        ["a value and an object", { a: UNKNOWN }, { a: { b: 1 } }, ["a"]],
    ];
    for (const [name, a, b, paths] of table) {
        it(`of ${name}: ${paths.join(", ") || "none"}`, () => assert.deepEqual(differingPaths(a, b), paths));
    }
});
