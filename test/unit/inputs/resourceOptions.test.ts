import assert from "node:assert/strict";
import { resourceOptionsIn, resourceOptionsOf } from "../../../provider/inputs/resourceOptions";

describe("resourceOptionsOf", () => {
    it("is what a program gives of deletedWith and replaceWith", () => {
        assert.deepEqual(resourceOptionsOf({}), {});
        assert.deepEqual(resourceOptionsOf({ replaceWith: [] }), {});
        assert.deepEqual(resourceOptionsOf({ deletedWith: "urn", replaceWith: ["urn"] }), {
            __deletedWith: true,
            __replaceWith: true,
        });
    });
});

describe("resourceOptionsIn", () => {
    it("takes nothing else for one of them", () => {
        const given = { __deletedWith: true, __replaceWith: true };
        assert.deepEqual(resourceOptionsIn({ ...given, onDelete: "restore" }), given);
        assert.deepEqual(resourceOptionsIn({ __deletedWith: "true", __replaceWith: false }), {});
    });
});
