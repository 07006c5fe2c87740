import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import * as fc from "fast-check";
import { isIgnored } from "../../../provider/inputs/programFacts";
import { memberPath, membersOf, overlap, valueAt } from "../../../provider/inputs/propertyPath";
import { containsUnknown, UNKNOWN } from "../../../provider/inputs/unknown";
import { unknownPaths } from "../../../provider/program/outputFacts";

const pathTo = (...members: (string | number)[]) => members.reduce<string>(memberPath, "");

describe("a property path", () => {
    it("is written as Pulumi does", () => {
        assert.equal(pathTo("customDomainConfig", "certificateArn"), "customDomainConfig.certificateArn");
        assert.equal(pathTo("aws", "assumeRoles", 0, "tags", "a.b"), 'aws.assumeRoles[0].tags["a.b"]');
        assert.equal(pathTo("tags", "0"), 'tags["0"]');
        assert.equal(pathTo("a b"), '["a b"]');
        assert.equal(pathTo("cost-center"), "cost-center");
    });

    it("is read back, whatever the names are", () => {
        const members = fc.array(fc.oneof(fc.string(), fc.nat(20), fc.string({ unit: "binary" })), { minLength: 1 });
        fc.assert(
            fc.property(members, (path) => {
                assert.deepEqual(membersOf(pathTo(...path)), path.map(String));
            }),
            { examples: [[["a.b", '"]', "", "\\", "\n", "\\\n"]]] },
        );
        for (const text of ["", "]", '["', '["\\x"]', "[a", "..", "7"]) {
            assert.ok(Array.isArray(membersOf(text)), text);
        }
    });

    it("overlaps with another if one leads to, or through, the other", () => {
        assert.equal(overlap(["a"], ["a", "b"]), true);
        assert.equal(overlap(["a", "b"], ["a"]), true);
        assert.equal(overlap(["a", "b"], ["a", "c"]), false);
        assert.equal(overlap(["ab"], ["a"]), false);
    });

    it("leads to members of the value's own, and to nothing known inside something unknown", () => {
        assert.equal(valueAt({ a: [{ "b.c": 1 }] }, ["a", "0", "b.c"]), 1);
        assert.equal(valueAt({ a: UNKNOWN }, ["a", "length"]), UNKNOWN);
        for (const path of [["toString"], ["a", "length", "x"], ["x", "y"]]) {
            assert.equal(valueAt({ a: null }, path), undefined);
        }
    });
});

describe("unknown values", () => {
    it("are marked as Pulumi does, and found at any depth", () => {
        assert.equal(UNKNOWN, runtime.unknownValue);
        const value = { a: 1, b: UNKNOWN, c: { d: UNKNOWN, e: "x", f: {} }, g: [1, UNKNOWN], h: null };
        assert.deepEqual(unknownPaths(value), ["b", "c.d", "g[1]"]);
        assert.deepEqual(unknownPaths({ a: 1, n: null }), []);
        for (const inside of [UNKNOWN, value, [[UNKNOWN]], { a: { b: [{ c: UNKNOWN }] } }]) {
            assert.equal(containsUnknown(inside), true);
        }
        for (const known of [undefined, null, 0, "", {}, [], { [UNKNOWN]: 1 }, { a: null }, `${UNKNOWN} `]) {
            assert.equal(containsUnknown(known), false);
        }
    });
});

describe("isIgnored", () => {
    const table: [path: string, ignored: string, expected: boolean][] = [
        ["managedLoginVersion", "managedLoginVersion", true],
        ["managedLoginVersion", "*", true],
        ["customDomainConfig.certificateArn", "customDomainConfig", true],
        ["customDomainConfig.certificateArn", 'customDomainConfig["certificateArn"]', true],
        ["customDomainConfig.certificateArn", "customDomainConfig.*", true],
        ["customDomainConfig.certificateArn", "customDomainConfig.securityPolicy", false],
        ["customDomainConfig", "customDomainConfig.securityPolicy", false],
        ["customDomainConfig", "customDomainConfig.*", false],
        ["customDomainConfig.certificateArn", "*.securityPolicy", false],
        ["managedLoginVersion", "", false],
    ];
    for (const [path, ignored, expected] of table) {
        it(`${expected} for ${path} under ${JSON.stringify(ignored)}`, () => {
            assert.equal(isIgnored(path, [ignored]), expected);
        });
    }
});
