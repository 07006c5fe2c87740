import { distinctFindings, findingLine, type SharedFinding } from "./commentFindings";
import { driftLine, leavingLine, outputsLine, uncheckedLine, undoLine } from "./commentNotes";
import { type CommentSource, stackName } from "./commentSource";
import { byUrgency, domainTable } from "./commentTable";
import { missingLines, verdictOf } from "./commentVerdict";
import { code, codeBlock, commentName } from "./markdown";

/** GitHub takes 65,536 characters. */
const MAX_CHARACTERS = 60_000;

/** Of that, for everything but Pulumi's log. */
const MAX_CHARACTERS_WITHOUT_LOG = 40_000;

/** How many domains and findings are told at most. */
const MAX_TOLD = 50;

/** The comment under a pull request, as Markdown. Its last line is the marker by which the next run finds it. */
export function comment(source: CommentSource): string {
    const end = `\n${marker(source)}\n`;
    let max = MAX_TOLD;
    let body = bodyOf(source, max);
    while (body.length > MAX_CHARACTERS_WITHOUT_LOG && max > 1) {
        max = Math.floor(max / 2);
        body = bodyOf(source, max);
    }
    const log = source.log?.trim()
        ? folded("Pulumi's log", codeBlock(source.log, MAX_CHARACTERS - body.length - end.length - 200))
        : [];
    return [...body.split("\n"), ...log, end].join("\n");
}

/** The hidden line that tells the comment of one stack from all others. */
export function marker(source: CommentSource): string {
    const name = stackName(source).split("/").slice(-2).join("/");
    return `<!-- pulumi-cognito-domain-settings: ${commentName(name)} -->`;
}

/** Everything but the log and the marker; `max` bounds how many domains and findings are told. */
function bodyOf(source: CommentSource, max: number): string {
    const resources = byUrgency(source.report?.resources ?? []);
    const shown = resources.slice(0, max);
    const isOne = resources.length === 1;
    const findings = distinctFindings(resources);
    const open = findings.slice(0, Math.min(max, 2 + shown.length));
    const more = findings.slice(open.length, open.length + max);
    const lineOf = (finding: SharedFinding) => findingLine(finding, !isOne, source.findingsPage);
    const outputs = shown.flatMap(outputsLine);
    const undo = shown.flatMap(undoLine);
    const items = [
        ...missingLines(source, resources),
        ...open.map(lineOf),
        ...(findings.length > open.length ? [`- ${findings.length - open.length} more findings: below.`] : []),
        ...shown.flatMap((it) => [...leavingLine(it), ...driftLine(it), ...uncheckedLine(it)]),
        ...(isOne ? [...undo, ...outputs] : []),
    ];
    return [
        `### ${verdictOf(source, resources)}: ${code(stackName(source))}${commitOf(source)}`,
        ...(shown.length > 0 ? ["", ...domainTable(shown, resources.length - shown.length)] : []),
        ...(items.length > 0 ? ["", ...items] : []),
        ...(more.length > 0 ? folded("More findings", more.map(lineOf).join("\n")) : []),
        ...(!isOne && undo.length > 0 ? folded("How to undo", undo.join("\n")) : []),
        ...(!isOne && outputs.length > 0 ? folded("Outputs", outputs.join("\n")) : []),
    ].join("\n");
}

function commitOf({ commit }: CommentSource): string {
    return commit ? `, commit ${code(commit.slice(0, 12))}` : "";
}

function folded(summary: string, content: string): string[] {
    return ["", "<details>", `<summary>${summary}</summary>`, "", content, "", "</details>", ""];
}
