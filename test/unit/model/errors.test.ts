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
        ground: "introduced" as const,
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
});
