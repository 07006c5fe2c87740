import assert from "node:assert/strict";
import { code, codeBlock, prose } from "../../../../provider/program/report/markdown";

/** That nothing in a text gets out of its place: test/property/comment.test.ts. */
describe("text from AWS or the program, as Markdown", () => {
    const cases: [what: string, markdown: string, expected: string][] = [
        ["a sentence", prose("in 5 days, on 2026-11-28"), "in 5 days, on 2026-11-28"],
        ["HTML", prose("<img src=x> & co"), "&#60;img src=x&#62; &#38; co"],
        ["Markdown", prose("*a* _b_ `c` [d](e) ~f~"), "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~\u200bf\\~"],
        ["a command", prose("run `pulumi up --refresh`."), "run `pulumi up --refresh`."],
        ["a cell of a table", prose("a | b"), "a &#124; b"],
        ["mentions and references", prose("@octocat #12 GH-12 !12"), "@\u200boctocat #\u200b12 GH-\u200b12 !\u200b12"],
        ["links", prose("https://a.b www.a.b"), "https:\u200b/\u200b/a.b www\u200b.a.b"],
        ["colours", prose("\u001b[31mred\u001b[0m"), "red"],
        ["a link of a terminal", prose("\u001b]8;;https://x\u0007text\u001b]8;;\u0007"), "text"],
        ["control characters and text direction", prose("a\u0000b\u202ec"), "a\\\\u0000b\\\\u202ec"],
        ["lines", prose("a\r\n\n# b\n/close"), "a # b /close"],
        ["too long a text", prose("😀".repeat(10), 3), "😀😀…"],
        ["code", code("auth.example.com"), "`auth.example.com`"],
        ["code with backticks", code("a`b``c"), "```a`b``c```"],
        ["a backtick as code", code("`"), "`` ` ``"],
        ["a pipe in code", code("a|b"), "`a¦b`"],
        ["code that nobody sees", code("\u001b[1m\n"), "(empty)"],
        ["lines in code", code("a\nb"), "`a b`"],
        ["a fence in a block", codeBlock("```\n</details>\n````", 100), "`````text\n```\n</details>\n````\n`````"],
        ["the end of a long block", codeBlock("aaaa😀bbb", 4), "```text\n...\nbbb\n```"],
        ["colours in a block", codeBlock("\u001b[31ma\u001b[0m\r\nb\tc\u0007", 100), "```text\na\nb c\\u0007\n```"],
    ];
    for (const [what, markdown, expected] of cases) {
        it(`shows ${what} as ${JSON.stringify(expected)}`, () => assert.equal(markdown, expected));
    }
});
