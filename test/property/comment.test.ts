import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as fc from "fast-check";
import { comment } from "../../provider/program/report/comment";
import type { ReportEntry } from "../../provider/program/report/report";
import { report } from "../support/reports";

interface Token {
    type: string;
    content: string;
    children: Token[] | null;
}

/** The parser that TypeDoc brings: an opinion about Markdown that is not ours. */
const MarkdownIt = createRequire(require.resolve("typedoc"))("markdown-it");
const parser = new MarkdownIt({ html: true, linkify: true });
// GitHub makes no links of bare domain names; what begins with www. is looked for below.
parser.linkify.set({ fuzzyLink: false });

const OURS = /^(<\/?details>|<summary>[\w', ]*<\/summary>|<!-- pulumi-cognito-domain-settings: [\w./-]+ -->|\n)*$/;

const SIGNS = "\\`*_~[]()<>|#@!&$%^{}-+=:/.\n\r\t ";
const HTML = ["<b>", "</details>", "<!--", "-->", "<img src=x onerror=a>", "&lt;", "&#64;"];
const MARKDOWN = ["```", "~~~", "| a |", "|---|", "# a", "- a", "[a](b)", "![a](b)", "<http://a>"];
const REFERENCES = "@octocat @org/team #12 o/r#12 GH-12 !12 %12 &12 $12 ~bug /close a@b.example".split(" ");
const LINKS = ["https://a.example", "www.a.example", "mailto:a@b.example"];
const STEERING = ["\u001b[31m", "\u001b]8;;https://a\u0007", "\u0000", "\u202e", "\u200b", "\ud800", "\u2028"];
const TEXTS = [...HTML, ...MARKDOWN, ...REFERENCES, ...LINKS, ...STEERING];

/** Text that means something to Markdown, HTML, GitHub, GitLab or a terminal. */
const hostile = fc
    .array(fc.oneof(fc.constantFrom(...SIGNS, ...TEXTS, "a", "12"), fc.string({ unit: "binary", maxLength: 5 })), {
        maxLength: 12,
    })
    .map((parts) => parts.join(""));

const differences = fc.array(fc.record({ setting: hostile, desired: hostile, observed: hostile }), { maxLength: 2 });
const values = fc.dictionary(fc.oneof(hostile, fc.constant("certificateExpiry")), hostile, { maxKeys: 2 });
const names = fc.array(hostile, { maxLength: 2 });
const setting = fc.oneof(hostile, fc.constantFrom("managedLoginVersion", "customDomainConfig.certificateArn"));
const from = fc.oneof(hostile, fc.constant(undefined), fc.record({ secondaryRegion: hostile }));
const resource: fc.Arbitrary<Partial<ReportEntry>> = fc.record({
    name: hostile,
    domain: fc.option(hostile, { nil: undefined }),
    verdict: fc.constantFrom("ok", "warned", "refused"),
    action: fc.constantFrom("none", "adopt", "update", "replace"),
    changes: fc.array(fc.record({ setting, from, to: hostile }), { maxLength: 3 }),
    replaces: fc.option(hostile, { nil: undefined }),
    notKnownYet: names,
    drift: differences,
    overwrites: differences,
    findings: fc.array(
        fc.record({
            code: hostile,
            kind: fc.constant("fixable" as const),
            severity: fc.constantFrom("error", "warning"),
            property: hostile,
            message: hostile,
            remedy: hostile,
        }),
        { maxLength: 3 },
    ),
    outputs: values,
    unknown: names,
    before: fc.option(values, { nil: undefined }),
});

/** Known texts that a parser takes for links are without number: one run stays the same, `PROPERTY_SEED` tries others. */
const SEED = Number(process.env.PROPERTY_SEED ?? 1);

describe("The comment on a pull request", () => {
    it("keeps what came from AWS or the program as text: no HTML, link, mention, reference or cell of its own", () => {
        fc.assert(
            fc.property(fc.array(resource, { maxLength: 3 }), hostile, hostile, (resources, log, stack) => {
                const text = comment({ report: report(...resources), outcome: "success", log, stack });
                const tokens = flat(parser.parse(text, {}));
                const count = (type: string) => tokens.filter((token) => token.type === type).length;
                for (const { content } of tokens.filter(({ type }) => type.startsWith("html_"))) {
                    assert.match(content, OURS);
                }
                for (const { content } of tokens.filter(({ type }) => type === "text")) {
                    assert.doesNotMatch(content, /(^|\W)[@#!~$%&^]\w|\bGH-\d|:\/\/|\bwww\./i, content);
                    assert.doesNotMatch(content, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
                }
                for (const type of ["link_open", "image", "em_open", "s_open", "blockquote_open", "hr", "code_block"]) {
                    assert.equal(count(type), 0, `${type}\n${text}`);
                }
                assert.equal(count("heading_open"), 1);
                assert.equal(count("fence"), /\S/.test(log) ? 1 : 0);
                const rows = resources.length > 0 ? resources.length + 1 : 0;
                assert.equal(count("tr_open"), rows, text);
                assert.equal(count("th_open") + count("td_open"), rows * 3, text);
                assert.match(text, /\n<!-- pulumi-cognito-domain-settings: [\w./-]+ -->\n$/);
            }),
            { numRuns: 1000, seed: SEED },
        );
    });
});

function flat(tokens: Token[]): Token[] {
    return tokens.flatMap((token) => [token, ...flat(token.children ?? [])]);
}
