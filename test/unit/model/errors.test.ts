import assert from "node:assert/strict";
import {
    AwsCallError,
    DomainNotFoundError,
    EngineGoneError,
    InvalidIdError,
    messageOf,
    NotConvergedError,
    PartialUpdateError,
    RefusedError,
    UserPoolDomainSettingsError,
} from "../../../provider/model/errors";

const CAUSE = new Error("the cause");
const FINDINGS = [
    {
        code: "x",
        property: "domain",
        kind: "introduced" as const,
        severity: "error" as const,
        message: "m",
        remedy: "R",
    },
];

describe("the errors", () => {
    const all: [error: UserPoolDomainSettingsError, name: string][] = [
        [new DomainNotFoundError("text"), "DomainNotFoundError"],
        [new InvalidIdError("text"), "InvalidIdError"],
        [new RefusedError("text", FINDINGS), "RefusedError"],
        [new AwsCallError("text", { code: "Code", cause: CAUSE }), "AwsCallError"],
        [new NotConvergedError("failed", "text"), "NotConvergedError"],
        [new EngineGoneError("text"), "EngineGoneError"],
        [new PartialUpdateError("id", {}, "text"), "PartialUpdateError"],
    ];
    for (const [error, name] of all) {
        it(`${name} has its name, is ours, and prints as one line the way Pulumi prints it`, () => {
            assert.equal(error.name, name);
            assert.equal(error.message, "text");
            assert.ok(error instanceof UserPoolDomainSettingsError && error instanceof Error);
            assert.equal(`${error}: ${error.stack}`, `${name}: text`);
        });
    }

    it("are one line, whatever they are made of; a refusal keeps the lines of its findings", () => {
        const error = new DomainNotFoundError("\u001b[31mone\ntwo");
        assert.equal(error.message, "\\u001b[31mone two");
        error.rephrase((message) => `before\n${message}`);
        assert.equal(`${error}: ${error.stack}`, "DomainNotFoundError: before \\u001b[31mone two");
        const partial = new PartialUpdateError("id", {}, "one\ntwo");
        assert.deepEqual(partial.reasons, ["one two"]);
        const refused = new RefusedError("refused:\n  - \u202eone", FINDINGS);
        assert.equal(refused.message, "refused:\n  - \\u202eone");
        refused.rephrase((message) => `not restored. ${message}`);
        assert.equal(refused.message, "not restored. refused:\n  - \\u202eone");
    });

    it("keep the cause", () => {
        assert.equal(new AwsCallError("text", { code: "Code", cause: CAUSE }).cause, CAUSE);
        assert.equal(new NotConvergedError("failed", "text", { cause: CAUSE }).cause, CAUSE);
        assert.equal(new PartialUpdateError("id", {}, "text", { cause: CAUSE }).cause, CAUSE);
        assert.equal("cause" in new NotConvergedError("failed", "text"), false);
    });

    it("carry what is needed to go on", () => {
        const call = new AwsCallError("text", { code: "Code", transient: true, lost: true });
        assert.deepEqual([call.code, call.transient, call.lost], ["Code", true, true]);
        const refusal = new AwsCallError("text", { code: "Code" });
        assert.deepEqual([refusal.transient, refusal.lost], [false, false]);
        assert.equal(new RefusedError("text", FINDINGS).findings, FINDINGS);
        assert.equal(new NotConvergedError("gone", "text").kind, "gone");
        const partial = new PartialUpdateError("id", { a: 1 }, "the reason");
        assert.deepEqual([partial.id, partial.properties, partial.reasons], ["id", { a: 1 }, ["the reason"]]);
    });
});

describe("messageOf", () => {
    it("is the message of an error, or the text of anything else", () => {
        assert.equal(messageOf(CAUSE), "the cause");
        assert.equal(messageOf("text"), "text");
        assert.equal(messageOf(undefined), "undefined");
        assert.equal(messageOf({ message: "no error" }), "[object Object]");
    });

    it("is on one line", () => {
        assert.equal(messageOf(new Error("one\n   two \n\n three")), "one two three");
        assert.equal(messageOf("a\nb"), "a b");
    });

    it("shows control characters instead of sending them to a terminal", () => {
        assert.equal(messageOf(new Error("\u001b[2Jgone\r\u202e")), "\\u001b[2Jgone \\u202e");
    });

    it("takes a message of any length, and is short", () => {
        const blanks = " ".repeat(2_000_000);
        for (const text of [blanks, `a${blanks}b`, `${blanks}\n${blanks}`, "x".repeat(5_000_000)]) {
            assert.ok(messageOf(text).length <= 2_003);
        }
        assert.match(messageOf("x".repeat(2_001)), /^x{2000}\.\.\.$/);
        assert.equal(messageOf("x".repeat(2_000)), "x".repeat(2_000));
    });
});
