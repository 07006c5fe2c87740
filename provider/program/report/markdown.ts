import { stripVTControlCharacters } from "node:util";
import { oneLine, plainLines } from "../../model/plainText";

/** Keeps a name from being a mention, a reference or a link, without being seen. */
const ZERO_WIDTH_SPACE = "\u200b";

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
            // As entities: a backslash is not enough in every parser of tables.
            .replace(/[&<>|]/g, (it) => `&#${it.charCodeAt(0)};`)
            .replace(/[\\`*_[\]~$^{}]/g, "\\$&")
            // Commands in messages stay code.
            .replace(/\\`(pulumi [a-z -]+)\\`/g, "`$1`")
    );
}

/** A name or value as a code span: nothing in it is a mention or a link. A pipe, which would end a table's cell, is `¦`. */
export function code(text: string): string {
    const line = plainLine(text, 200).replaceAll("|", "¦");
    if (line === "") {
        return "(empty)";
    }
    const fence = "`".repeat(longestRun(line) + 1);
    const space = line.startsWith("`") || line.endsWith("`") ? " " : "";
    return `${fence}${space}${line}${space}${fence}`;
}

/** Text of many lines as a code block that nothing in it can end. If it is too long, the end is kept. */
export function codeBlock(text: string, max: number): string {
    const clean = plainLines(stripVTControlCharacters(text).replace(/\r\n?/g, "\n")).trim();
    // The cut may have split a surrogate pair.
    const kept = clean.length > max ? `...\n${clean.slice(-max).replace(/^\p{Cs}/u, "")}` : clean;
    const fence = "`".repeat(Math.max(3, longestRun(kept) + 1));
    return `${fence}text\n${kept}\n${fence}`;
}

function plainLine(text: string, max: number): string {
    const characters = [...oneLine(stripVTControlCharacters(text)).replace(/ +/g, " ").trim()];
    const kept = characters.slice(0, max - 1).join("");
    return characters.length > max ? `${kept.trimEnd()}…` : characters.join("");
}

function longestRun(text: string): number {
    return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
