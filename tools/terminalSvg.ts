/** A run of characters that look the same. */
interface Span {
    text: string;
    color: string;
    bold: boolean;
}

const COLUMNS = 116;
const FONT_SIZE = 13;
const CHARACTER = FONT_SIZE * 0.602;
const LINE = 18;
const MARGIN = 18;
const TITLE_BAR = 34;

const PLAIN = "#d5dae1";
const BACKGROUND = "#161b22";

/** The foreground colours that Pulumi's output uses: SGR codes, and the 256-colour palette's first sixteen. */
const PALETTE = [
    "#484f58",
    "#ff7b72",
    "#3fb950",
    "#d29922",
    "#58a6ff",
    "#bc8cff",
    "#39c5cf",
    "#b1bac4",
    "#6e7681",
    "#ffa198",
    "#56d364",
    "#e3b341",
    "#79c0ff",
    "#d2a8ff",
    "#56d4dd",
    "#f0f6fc",
];

/** What a terminal would show of the text, escape sequences for colours included, as an SVG picture. */
export function terminalSvg(title: string, text: string): string {
    const lines = spansByLine(text.replace(/\s+$/, "")).flatMap((line) => wrapped(line));
    const width = Math.ceil(COLUMNS * CHARACTER + 2 * MARGIN);
    const height = TITLE_BAR + lines.length * LINE + MARGIN;
    const rows = lines.map((spans, index) => {
        const y = TITLE_BAR + LINE * (index + 1) - 5;
        return `<text x="${MARGIN}" y="${y}" xml:space="preserve">${spans.map(tspan).join("")}</text>`;
    });
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
        `<title>${escaped(title)}</title>`,
        `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
        ...["#ff5f57", "#febc2e", "#28c840"].map(
            (color, index) => `<circle cx="${MARGIN + 2 + index * 18}" cy="17" r="5" fill="${color}"/>`,
        ),
        `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="${FONT_SIZE}" fill="${PLAIN}">`,
        ...rows,
        "</g>",
        "</svg>",
        "",
    ].join("\n");
}

/** Lines of spans, from text with SGR escape sequences. */
function spansByLine(text: string): Span[][] {
    const lines: Span[][] = [[]];
    let color = PLAIN;
    let bold = false;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of.
    for (const part of text.split(/(\u001b\[[0-9;]*m|\n)/)) {
        if (part === "\n") {
            lines.push([]);
        } else if (part.startsWith("\u001b[")) {
            const codes = part.slice(2, -1).split(";").map(Number);
            for (let at = 0; at < codes.length; at++) {
                const code = codes[at] ?? 0;
                if (code === 0) {
                    color = PLAIN;
                    bold = false;
                } else if (code === 1) {
                    bold = true;
                } else if (code === 38 && codes[at + 1] === 5) {
                    color = PALETTE[codes[at + 2] ?? 7] ?? PLAIN;
                    at += 2;
                } else if (code >= 30 && code <= 37) {
                    color = PALETTE[code - 30] ?? PLAIN;
                } else if (code >= 90 && code <= 97) {
                    color = PALETTE[code - 82] ?? PLAIN;
                } else if (code === 39) {
                    color = PLAIN;
                }
            }
        } else if (part !== "") {
            lines.at(-1)?.push({ text: part, color, bold });
        }
    }
    return lines;
}

/** A line broken at spaces where it is too long, the rest indented a little deeper than its beginning. */
function wrapped(line: Span[], indent?: number): Span[][] {
    const text = line.map((span) => span.text).join("");
    if (text.length <= COLUMNS) {
        return [line];
    }
    indent ??= /^\s*(- )?/.exec(text)?.[0].length ?? 0;
    const space = text.lastIndexOf(" ", COLUMNS);
    const at = space > indent ? space : COLUMNS;
    const [head, tail] = [cut(line, 0, at), cut(line, space > indent ? at + 1 : at, text.length)];
    const rest = [{ text: " ".repeat(indent), color: PLAIN, bold: false }, ...tail];
    return [head, ...wrapped(rest, indent)];
}

function cut(line: Span[], from: number, to: number): Span[] {
    let start = 0;
    return line.flatMap((span) => {
        const text = span.text.slice(Math.max(from - start, 0), Math.max(to - start, 0));
        start += span.text.length;
        return text === "" ? [] : [{ ...span, text }];
    });
}

function tspan({ text, color, bold }: Span): string {
    const style = `${color === PLAIN ? "" : ` fill="${color}"`}${bold ? ' font-weight="bold"' : ""}`;
    return style === "" ? escaped(text) : `<tspan${style}>${escaped(text)}</tspan>`;
}

function escaped(text: string): string {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
