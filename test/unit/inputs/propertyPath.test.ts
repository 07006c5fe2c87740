import assert from "node:assert/strict";
import * as fc from "fast-check";
import { isIgnored } from "../../../provider/inputs/programFacts";
import { memberPath, membersOf, overlap, valueAt } from "../../../provider/inputs/propertyPath";

const pathTo = (...members: (string | number)[]) => members.reduce<string>(memberPath, "");

describe("memberPath", () => {
    it("writes paths as Pulumi does", () => {
        assert.equal(pathTo("customDomainConfig", "certificateArn"), "customDomainConfig.certificateArn");
        assert.equal(pathTo("aws", "assumeRoles", 0, "tags", "a.b"), 'aws.assumeRoles[0].tags["a.b"]');
        assert.equal(pathTo("tags", "0"), 'tags["0"]');
        assert.equal(pathTo("a b"), '["a b"]');
        assert.equal(pathTo("cost-center"), "cost-center");
    });

    it("has a reverse, whatever the names are", () => {
        const members = fc.array(fc.oneof(fc.string(), fc.nat(20), fc.string({ unit: "binary" })), { minLength: 1 });
        fc.assert(
            fc.property(members, (path) => {
                assert.deepEqual(membersOf(pathTo(...path)), path.map(String));
            }),
            { examples: [[["a.b", '"]', "", "\\", "\n"]]] },
        );
    });
});

describe("membersOf", () => {
    it("reads the paths in older states, and what is no path", () => {
        assert.deepEqual(membersOf("aws.assumeRoles.0.roleArn"), ["aws", "assumeRoles", "0", "roleArn"]);
        for (const text of ["", "]", '["', '["\\x"]', "[a", "..", "7"]) {
            assert.ok(Array.isArray(membersOf(text)), text);
        }
    });
});

describe("overlap", () => {
    it("holds where one path leads to, or through, the other", () => {
        assert.equal(overlap(["a"], ["a", "b"]), true);
        assert.equal(overlap(["a", "b"], ["a"]), true);
        assert.equal(overlap(["a", "b"], ["a", "c"]), false);
        assert.equal(overlap(["ab"], ["a"]), false);
    });
});

describe("valueAt", () => {
    it("takes only members of the value's own", () => {
        assert.equal(valueAt({ a: [{ "b.c": 1 }] }, ["a", "0", "b.c"]), 1);
        for (const path of [["toString"], ["a", "length", "x"], ["x", "y"]]) {
            assert.equal(valueAt({ a: null }, path), undefined);
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
        ["customDomainConfig.certificateArn", "*.securityPolicy", false],
        ["managedLoginVersion", "", false],
    ];
    for (const [path, ignored, expected] of table) {
        it(`${expected} for ${path} under ${JSON.stringify(ignored)}`, () => {
            assert.equal(isIgnored(path, [ignored]), expected);
        });
    }
});
