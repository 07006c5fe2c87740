import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { judgeReplacement } from "../../../provider/program/replacementFindings";

describe("judgeReplacement", () => {
    const owner = {} as pulumi.Resource;
    const codes = (args: Record<string, unknown>, opts: pulumi.CustomResourceOptions) =>
        judgeReplacement(args, opts).map(({ code }) => code);

    it("warns of a restore with replaceWith and without deletedWith", () => {
        assert.deepEqual(codes({ onDelete: "restore" }, { replaceWith: [owner] }), ["restored-between"]);
    });

    it("has nothing to say of anything else", () => {
        assert.deepEqual(codes({ onDelete: "restore" }, { replaceWith: [owner], deletedWith: owner }), []);
        assert.deepEqual(codes({ onDelete: "restore" }, { replaceWith: [owner], retainOnDelete: true }), []);
        assert.deepEqual(codes({ onDelete: "restore" }, { replaceWith: [] }), []);
        assert.deepEqual(codes({ onDelete: "restore" }, {}), []);
        assert.deepEqual(codes({ onDelete: "retain" }, { replaceWith: [owner] }), []);
        assert.deepEqual(codes({ onDelete: "restore", preflight: "off" }, { replaceWith: [owner] }), []);
    });
});
