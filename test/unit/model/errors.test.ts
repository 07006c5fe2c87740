import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
    AwsCallError,
    DomainNotFoundError,
    messageOf,
    NotConvergedError,
    PartialUpdateError,
    RefusedError,
    UserPoolDomainSettingsError,
} from "../../../provider/model/errors";
import { oneLine, plainLines } from "../../../provider/model/plainText";

const CAUSE = new Error("the cause");

describe("an error of this package", () => {
    const call = { code: "A", transient: true, lost: true, cause: CAUSE };
    const all: [error: UserPoolDomainSettingsError, members: object][] = [
        [new AwsCallError("text", { code: "A" }), { name: "AwsCallError", code: "A", transient: false, lost: false }],
        [new AwsCallError("text", call), call],
        [
            new NotConvergedError("failed", "This", "text", { cause: CAUSE }),
            { kind: "failed", event: "This", remedy: "text", message: "This text", cause: CAUSE },
        ],
        [
            new PartialUpdateError("id", { a: 1 }, "text", { cause: CAUSE }),
            { id: "id", properties: { a: 1 }, reasons: ["text"], cause: CAUSE },
        ],
    ];
    for (const [error, members] of all) {
        it(`${error.name} has ${Object.keys(members).join(", ")}, and is one line as Pulumi prints it`, () => {
            assert.ok(error instanceof UserPoolDomainSettingsError && error instanceof Error);
            assert.equal(`${error}: ${error.stack}`, `${error.name}: ${error.message}`);
            for (const [member, value] of Object.entries({ message: "text", ...members })) {
                assert.deepEqual(error[member as keyof Error], value);
            }
        });
    }

    it("is one line whatever it is made of; a refusal keeps the lines of its findings", () => {
        const error = new DomainNotFoundError("\u001b[31mone\ntwo");
        error.rephrase((message) => `before\n${message}`);
        assert.equal(`${error}: ${error.stack}`, "DomainNotFoundError: before \\u001b[31mone two");
        const partial = new PartialUpdateError("id", {}, "one\ntwo");
        partial.rephrase((message) => `before ${message}`);
        assert.deepEqual(partial.reasons, ["before one two"]);
        const refused = new RefusedError("refused:\n  - \u202eone", []);
        refused.rephrase((message) => `not restored. ${message}`);
        assert.equal(refused.message, "not restored. refused:\n  - \\u202eone");
    });
});

describe("a text for the terminal", () => {
    it("shows what steers a terminal, the direction of text, or is not seen", () => {
        const steering = "\u001b[31m \u009b2J \b\u007f \u202e\u2066 \u200b\ufeff\u00ad \u{e0041} \ud83d\t.";
        const shown = "\\u001b[31m \\u009b2J \\u0008\\u007f \\u202e\\u2066 \\u200b\\ufeff\\u00ad \\u{e0041} \\ud83d .";
        assert.equal(oneLine(steering), shown);
        assert.equal(messageOf(new Error(steering)), shown);
        assert.equal(plainLines(`heading:\n  - ${steering}\r\u2028two`), `heading:\n  - ${shown}\\u000d\\u2028two`);
    });

    it("has no control characters, and is itself when shown again, whatever it was", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary" }), (text) => {
                const shown = oneLine(text);
                assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
                assert.equal(oneLine(shown), shown);
            }),
        );
    });

    it("has a blank for line breaks of every kind, and keeps all that can be seen", () => {
        assert.equal(oneLine("a\nb\r\nc\u0085d\u2028e\u2029f\vg\fh"), "a b c d e f g h");
        assert.equal(oneLine("\n a  \n\n\t b \n"), "a b");
        for (const text of ["", "two  blanks", "Grüße, 漢字 and 😀", 'is "x"; give [secret]']) {
            assert.equal(oneLine(text), text);
        }
    });

    it("is made of whatever was thrown, takes megabytes, and is short", () => {
        assert.deepEqual(
            [messageOf("a\nb"), messageOf(undefined), messageOf({})],
            ["a b", "undefined", "[object Object]"],
        );
        for (const text of [`a${" ".repeat(2_000_000)}b`, "a \n".repeat(2_000_000), "x".repeat(2_001)]) {
            assert.match(messageOf(text), /^.{2000}\.{3}$/);
        }
        assert.equal(messageOf("x".repeat(2_000)), "x".repeat(2_000));
    });
});
