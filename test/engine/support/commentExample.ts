import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./engine";

const FILE = join(REPOSITORY, "examples/pr-pipeline/comments.md");
const HEAD = `# The comment on a pull request

Examples from real previews. Pulumi's log, folded below each, is left out here.
`;

/** What stands for the end of a certificate that has so many days left at most. */
const ENDS: [days: number, end: string][] = [
    [30, "2026-12-01"],
    [120, "2027-03-01"],
    [Number.POSITIVE_INFINITY, "2027-12-26"],
];
const DAY_MS = 24 * 60 * 60 * 1000;

/** What stands for the part of a certificate's id after its first 8 digits. */
const REST_OF_ID = "-2222-3333-4444-555555555555";

/**
 * The comments, made from runs, are the examples in examples/pr-pipeline, which the formatter may have formatted. With
 * UPDATE_EXAMPLES set, they become them.
 * @param certificates Their ARNs: each has the same id in every example.
 */
export function assertExamples(comments: ReadonlyMap<string, string>, certificates: string[]): void {
    const examples = [...comments].map(([title, comment]) => `## ${title}\n\n${asExample(comment, certificates)}\n`);
    const text = [HEAD, ...examples].join("\n");
    if (process.env.UPDATE_EXAMPLES) {
        writeFileSync(FILE, text);
    }
    const kept = unformatted(readFileSync(FILE, "utf8"));
    assert.equal(kept, unformatted(text), `run this test with UPDATE_EXAMPLES=1 to write ${FILE} anew`);
}

/** Without the alignment of tables, and blank lines. */
function unformatted(markdown: string): string {
    return markdown
        .replace(/-{3,}/g, "---")
        .replace(/ +/g, " ")
        .replace(/\n{2,}/g, "\n");
}

/** The comment without its log, and with certificates and dates that are the same in every run. */
function asExample(comment: string, certificates: string[]): string {
    const ids = certificates.map((arn) => arn.slice(arn.lastIndexOf("/") + 1).slice(0, 8));
    const [text = ""] = comment.split("\n\n<details>");
    return text
        .replace(/\b20\d\d-\d\d-\d\d(?!\d)/g, endFor)
        .replace(/\b(us-west-2)_\w+/g, "$1_AbCdEfGhI")
        .replace(/T\d\d:\d\d:\d\d\.\d+Z/g, "T12:00:00.000Z")
        .replace(/\b([0-9a-f]{8})(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\.\.\.)/g, (_, id, rest) => {
            const digit = String(ids.indexOf(id) + 1);
            return digit.repeat(8) + (rest === "..." ? rest : REST_OF_ID);
        })
        .replace(/\bd[0-9a-z]{13}(?=\.cloudfront\.net)/g, "d111111abcdef8")
        .replaceAll("organization/", "my-org/");
}

function endFor(day: string): string {
    const daysLeft = (Date.parse(day) - Date.now()) / DAY_MS;
    return ENDS.find(([most]) => daysLeft <= most)?.[1] ?? day;
}
