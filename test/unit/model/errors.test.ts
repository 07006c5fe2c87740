import assert from "node:assert/strict";
import * as fc from "fast-check";
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
import { oneLine, plainLines } from "../../../provider/model/plainText";

const CAUSE = new Error("the cause");

describe("an error of this package", () => {
    const all: [name: string, error: UserPoolDomainSettingsError, members: object][] = [
        ["DomainNotFoundError", new DomainNotFoundError("text"), {}],
        ["InvalidIdError", new InvalidIdError("text"), {}],
        ["RefusedError", new RefusedError("text", []), { findings: [] }],
        ["AwsCallError", new AwsCallError("text", { code: "A" }), { code: "A", transient: false, lost: false }],
        [
            "AwsCallError",
            new AwsCallError("text", { code: "A", transient: true, lost: true, cause: CAUSE }),
            { transient: true, lost: true, cause: CAUSE },
        ],
        ["NotConvergedError", new NotConvergedError("gone", "text"), { kind: "gone" }],
        ["NotConvergedError", new NotConvergedError("failed", "text", { cause: CAUSE }), { cause: CAUSE }],
        ["EngineGoneError", new EngineGoneError("text"), {}],
        [
            "PartialUpdateError",
            new PartialUpdateError("id", { a: 1 }, "text", { cause: CAUSE }),
            { id: "id", properties: { a: 1 }, reasons: ["text"], cause: CAUSE },
        ],
    ];
    for (const [name, error, members] of all) {
        it(`${name} has ${Object.keys(members).join(", ") || "a message"}, and is one line as Pulumi prints it`, () => {
            assert.ok(error instanceof UserPoolDomainSettingsError && error instanceof Error);
            assert.equal(`${error}: ${error.stack}`, `${name}: text`);
            for (const [member, value] of Object.entries({ name, message: "text", ...members })) {
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
    const steering: Record<string, [text: string, shown: string]> = {
        "an escape sequence": ["\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m"],
        "a control sequence introducer of C1": ["\u009b2J", "\\u009b2J"],
        "a backspace, a bell and a DEL": ["a\bb\u0007c\u007f", "a\\u0008b\\u0007c\\u007f"],
        "a bidi override and an isolate": ["\u202eabc\u2066", "\\u202eabc\\u2066"],
        "zero width, a byte order mark, a soft hyphen": ["a\u200bb\ufeffc\u00ad", "a\\u200bb\\ufeffc\\u00ad"],
        "tag characters": ["a\u{e0041}", "a\\u{e0041}"],
        "half a surrogate pair": ["a\ud83d", "a\\ud83d"],
        "a tab": ["a\tb", "a b"],
    };
    for (const [what, [text, shown]] of Object.entries(steering)) {
        it(`shows ${what}`, () => {
            assert.equal(oneLine(text), shown);
            assert.equal(plainLines(`a\n${text}`), `a\n${shown}`);
            assert.equal(messageOf(new Error(text)), shown);
        });
    }

    it("has no control characters, and is itself when shown again, whatever it was", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary" }), (text) => {
                const shown = oneLine(text);
                assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
                assert.equal(oneLine(shown), shown);
            }),
        );
    });

    it("has a blank for line breaks of every kind, and keeps our own, and all that can be seen", () => {
        assert.equal(oneLine("a\nb\r\nc\u0085d\u2028e\u2029f\vg\fh"), "a b c d e f g h");
        assert.equal(oneLine("\n a  \n\n\t b \n"), "a b");
        assert.equal(plainLines("heading:\n  - one\r\u2028two"), "heading:\n  - one\\u000d\\u2028two");
        for (const text of ["", "two  blanks", "Grüße, 漢字 and 😀", 'is "x"; give [secret]']) {
            assert.equal(oneLine(text), text);
        }
    });

    it("is made of whatever was thrown, takes megabytes, and is short", () => {
        assert.deepEqual(
            [messageOf("a\nb"), messageOf(undefined), messageOf({})],
            ["a b", "undefined", "[object Object]"],
        );
        const blanks = " ".repeat(2_000_000);
        for (const text of [blanks, `a${blanks}b`, `${blanks}\n${blanks}`, " \n".repeat(2_000_000)]) {
            assert.ok(messageOf(text).length <= 2_003);
        }
        assert.equal(messageOf("x".repeat(5_000_000)), `${"x".repeat(2_000)}...`);
        assert.equal(messageOf("x".repeat(2_000)), "x".repeat(2_000));
        assert.equal(oneLine(`a${"\n".repeat(5_000_000)}b`), "a b");
    });
});
