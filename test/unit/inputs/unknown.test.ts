import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import { containsUnknown, isUnknown, knownPart, UNKNOWN, unknownPaths } from "../../../provider/inputs/unknown";

const PARTLY = { a: 1, b: UNKNOWN, c: { d: UNKNOWN, e: "x", f: {} }, g: [1, UNKNOWN], h: null };

describe("UNKNOWN", () => {
    it("is Pulumi's", () => {
        assert.equal(UNKNOWN, runtime.unknownValue);
        assert.equal(isUnknown(UNKNOWN), true);
        assert.equal(isUnknown(`${UNKNOWN} `), false);
    });
});

describe("containsUnknown", () => {
    it("looks into objects and lists", () => {
        for (const value of [UNKNOWN, PARTLY, [[UNKNOWN]], { a: { b: [{ c: UNKNOWN }] } }]) {
            assert.equal(containsUnknown(value), true);
        }
        for (const value of [undefined, null, 0, "", {}, [], { [UNKNOWN]: 1 }, { a: null }]) {
            assert.equal(containsUnknown(value), false);
        }
    });
});

describe("knownPart", () => {
    it("leaves out the members that are not known, and lists that are not wholly known", () => {
        assert.deepEqual(knownPart(PARTLY), { a: 1, c: { e: "x", f: {} }, h: null });
        assert.deepEqual(knownPart({ list: [1, { a: 2 }] }), { list: [1, { a: 2 }] });
        assert.deepEqual(knownPart({ list: [1, { a: UNKNOWN }] }), {});
        assert.equal(knownPart(UNKNOWN), undefined);
        assert.equal(knownPart("x"), "x");
        assert.equal(knownPart(null), null);
    });
});

describe("unknownPaths", () => {
    it("names them with their paths", () => {
        assert.deepEqual(unknownPaths(PARTLY), ["b", "c.d", "g[1]"]);
        assert.deepEqual(unknownPaths({ a: 1, n: null }), []);
        assert.deepEqual(unknownPaths(UNKNOWN), [""]);
    });
});
