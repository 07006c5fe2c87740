import assert from "node:assert/strict";
import { code, codeBlock, commentName, prose } from "../../../../provider/program/report/markdown";

describe("prose", () => {
    const cases: [what: string, text: string, markdown: string][] = [
        [
            "a sentence",
            "the certificate ends on 2026-11-28, in 5 days",
            "the certificate ends on 2026-11-28, in 5 days",
        ],
        ["HTML", "<img src=x> & co", "&lt;img src=x&gt; &amp; co"],
        ["Markdown", "*a* _b_ `c` [d](e) ~f~", "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~\u200bf\\~"],
        ["a table's cell", "a | b", "a &#124; b"],
        ["a mention", "ask @octocat", "ask @\u200boctocat"],
        ["references", "#12 o/r#12 GH-12 !12", "#\u200b12 o/r#\u200b12 GH-\u200b12 !\u200b12"],
        ["links", "https://a.b www.a.b", "https:\u200b/\u200b/a.b www\u200b.a.b"],
        ["colours", "\u001b[31mred\u001b[0m", "red"],
        ["a terminal's link", "\u001b]8;;https://x\u0007text\u001b]8;;\u0007", "text"],
        ["control characters and text direction", "a\u0000b\u0008c\u202ed\u200be", "abcde"],
        ["lines", "a\r\n\n# b\n/close", "a # b /close"],
    ];
    for (const [what, text, markdown] of cases) {
        it(`of ${what}`, () => assert.equal(prose(text), markdown));
    }

    it("is cut where it is too long, never inside a character", () => {
        assert.equal(prose("😀".repeat(10), 3), "😀😀…");
        assert.equal(prose("<".repeat(10), 3), "&lt;&lt;…");
    });
});

describe("code", () => {
    const cases: [text: string, markdown: string][] = [
        ["auth.example.com", "`auth.example.com`"],
        ["a`b``c", "```a`b``c```"],
        ["`", "`` ` ``"],
        ["a|b", "`a¦b`"],
        ["\u001b[1m\n", "(empty)"],
        ["a\nb", "`a b`"],
    ];
    for (const [text, markdown] of cases) {
        it(`of ${JSON.stringify(text)}`, () => assert.equal(code(text), markdown));
    }
});

describe("codeBlock", () => {
    it("has a fence that nothing in it ends", () => {
        assert.equal(codeBlock("```\n</details>\n````", 100), "`````text\n```\n</details>\n````\n`````");
    });

    it("keeps begin and end of a long text, and says what is missing", () => {
        assert.equal(
            codeBlock(`${"a".repeat(50)}${"b".repeat(50)}`, 9),
            "```text\naaa\n... (91 characters left out) ...\nbbbbbb\n```",
        );
    });

    it("has no colours, carriage returns or control characters", () => {
        assert.equal(codeBlock("\u001b[31ma\u001b[0m\r\nb\tc\u0007", 100), "```text\na\nb\tc\n```");
    });
});

describe("commentName", () => {
    it("keeps what a stack's name may hold, and nothing that ends a comment", () => {
        assert.equal(commentName("my-org/my_project.x/dev"), "my-org/my_project.x/dev");
        assert.equal(commentName("--><script>"), "--__script_");
    });
});
