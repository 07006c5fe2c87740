import { stripVTControlCharacters } from "node:util";

/** Keeps a name from being a mention, a reference or a link, without being seen. */
const ZERO_WIDTH_SPACE = "\u200b";

/** Characters that steer instead of being seen: controls, text direction, zero width, tags. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu;

/** One line of prose from AWS or the program, as Markdown that says just that text; `max` counts characters of the text. */
export function prose(text: string, max = 400): string {
    return (
        plainLine(text, max)
            // GitHub and GitLab would make mentions, references and links of these.
            .replace(/([@#!%&$~^])(?=[\w"'])/g, `$1${ZERO_WIDTH_SPACE}`)
            .replace(/\b(GH-)(?=\d)/gi, `$1${ZERO_WIDTH_SPACE}`)
            .replace(/[:/](?=\/)/g, `$&${ZERO_WIDTH_SPACE}`)
            .replace(/\b(www)(?=\.)/gi, `$1${ZERO_WIDTH_SPACE}`)
            .replace(/\b(mailto|xmpp)(?=:)/gi, `$1${ZERO_WIDTH_SPACE}`)
            .replace(/&/g, "&amp;")
            .replace(/</g, "&lt;")
            .replace(/>/g, "&gt;")
            // As an entity: a backslash is not enough in every parser of tables.
            .replace(/\|/g, "&#124;")
            .replace(/[\\`*_[\]~$^{}]/g, "\\$&")
    );
}

/** A name or value as a code span: nothing in it is a mention or a link. A pipe, which would end a table's cell, is `¦`. */
export function code(text: string, max = 200): string {
    const line = plainLine(text, max).replaceAll("|", "¦");
    if (line === "") {
        return "(empty)";
    }
    const fence = "`".repeat(longestRun(line) + 1);
    const space = line.startsWith("`") || line.endsWith("`") ? " " : "";
    return `${fence}${space}${line}${space}${fence}`;
}

/** Text of many lines as a code block that nothing in it can end. Of a text that is too long, begin and end are kept. */
export function codeBlock(text: string, max: number): string {
    const clean = stripVTControlCharacters(text)
        .replace(/\r\n?/g, "\n")
        .replace(UNSEEN, (it) => (it === "\n" || it === "\t" ? it : ""))
        .trim();
    const room = Math.max(0, max);
    const head = Math.floor(room / 3);
    const kept =
        clean.length <= room
            ? clean
            : `${clean.slice(0, head)}\n... (${clean.length - room} characters left out) ...\n${clean.slice(clean.length - (room - head))}`;
    // Cut in two, a pair of surrogates is none.
    const whole = kept.replace(/\p{Cs}/gu, "");
    const fence = "`".repeat(Math.max(3, longestRun(whole) + 1));
    return `${fence}text\n${whole}\n${fence}`;
}

/** A name for an HTML comment, which it cannot end. */
export function commentName(name: string): string {
    return name.replace(/[^\w./-]/gu, "_");
}

function plainLine(text: string, max: number): string {
    const line = [...stripVTControlCharacters(text).replace(/\s/g, " ").replace(UNSEEN, "").replace(/ +/g, " ").trim()];
    return line.length > max
        ? `${line
              .slice(0, max - 1)
              .join("")
              .trimEnd()}…`
        : line.join("");
}

function longestRun(text: string): number {
    return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
