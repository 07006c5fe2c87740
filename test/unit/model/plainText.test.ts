import assert from "node:assert/strict";
import { oneLine, plainLines } from "../../../provider/model/plainText";

const STEERING = {
    "an escape sequence": ["\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m"],
    "a control sequence introducer of C1": ["\u009b2J", "\\u009b2J"],
    "a backspace, a bell and a DEL": ["a\bb\u0007c\u007f", "a\\u0008b\\u0007c\\u007f"],
    "a bidi override and an isolate": ["\u202eabc\u2066", "\\u202eabc\\u2066"],
    "zero width, a byte order mark, a soft hyphen": ["a\u200bb\ufeffc\u00ad", "a\\u200bb\\ufeffc\\u00ad"],
    "tag characters": ["a\u{e0041}", "a\\u{e0041}"],
    "half a surrogate pair": ["a\ud83d", "a\\ud83d"],
    "a tab": ["a\tb", "a b"],
} as const;

describe("oneLine", () => {
    for (const [what, [text, shown]] of Object.entries(STEERING)) {
        it(`shows ${what}`, () => {
            assert.equal(oneLine(text), shown);
            assert.equal(oneLine(shown), shown);
        });
    }

    it("makes a blank of line breaks of every kind, and of the blanks around them", () => {
        assert.equal(oneLine("a\nb\r\nc\u0085d\u2028e\u2029f\vg\fh"), "a b c d e f g h");
        assert.equal(oneLine("\n a  \n\n\t b \n"), "a b");
    });

    it("leaves what is seen as it is, blanks included", () => {
        for (const text of ["", "  two  blanks ", "Grüße, 漢字 and 😀", 'is "x"; give [secret]']) {
            assert.equal(oneLine(text), text);
        }
    });

    it("takes a text of megabytes of blanks", () => {
        assert.equal(oneLine(`a${" ".repeat(5_000_000)}b\n`).length, 5_000_002);
        assert.equal(oneLine(`a${"\n".repeat(5_000_000)}b`), "a b");
        assert.equal(oneLine(" \n".repeat(2_000_000)), "");
    });
});

describe("plainLines", () => {
    it("keeps our own line breaks, and shows everything else", () => {
        assert.equal(plainLines("heading:\n  - one\n  - two"), "heading:\n  - one\n  - two");
        for (const [text, shown] of Object.values(STEERING)) {
            assert.equal(plainLines(`a\n${text}`), `a\n${shown}`);
        }
        assert.equal(plainLines("a\r\u2028b"), "a\\u000d\\u2028b");
    });
});
