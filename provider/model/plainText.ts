/** Characters that end a line on some terminal or in some log. */
const LINE_BREAKS = /[\n\v\f\r\u0085\u2028\u2029]+/;

/** Characters that steer a terminal or the direction of text instead of being seen, and halves of surrogate pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029\p{Cs}]/gu;

/**
 * Text from AWS or the program as one line that a terminal or a log shows as it is: line breaks become spaces; other control
 * characters, text direction marks and their like are shown as `\u001b`. Takes time linear in the text's length.
 */
export function oneLine(text: string): string {
    const lines = text.split(LINE_BREAKS).map((line) => line.trim());
    return visible(lines.filter((line) => line !== "").join(" "));
}

/** The same for a text of several lines: only `\n` breaks them. Parts from outside have to go through {@link oneLine} before. */
export function plainLines(text: string): string {
    return text.split("\n").map(visible).join("\n");
}

function visible(text: string): string {
    return text.replaceAll("\t", " ").replace(UNSEEN, escaped);
}

function escaped(character: string): string {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** The day of a date in UTC, as `2026-11-26`. */
export function day(date: Date): string {
    return date.toISOString().slice(0, 10);
}
