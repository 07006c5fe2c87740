import { distinctFindings, findingLine, outputsLine, outsideLines, type SharedFinding, undoLine } from "./commentLines";
import { domainTable, isRefused } from "./commentTable";
import { code, codeBlock, commentName, prose } from "./markdown";
import type { Report, ReportEntry } from "./report";

/** What a comment is made of. */
export interface CommentSource {
    /** What the preview wrote; absent if it ended before it could. */
    report?: Report;
    /** How the preview ended, as GitHub names it. A preview that did not succeed is never called ready to deploy. */
    outcome?: "success" | "failure" | "cancelled";
    /** What Pulumi printed. */
    log?: string;
    /** The stack as the pipeline names it, `[organization/][project/]stack`; default: the report's project and stack. */
    stack?: string;
    /** The commit that the preview was of. */
    commit?: string;
    /** Why the report cannot be read; then nothing is called ready to deploy. */
    unreadable?: string;
    /** Where docs/findings.md can be read; without it, codes are not links. */
    findingsPage?: string;
}

/** GitHub takes 65,536 characters. */
const MAX_CHARACTERS = 60_000;

/** Of that, for everything but Pulumi's log. */
const MAX_CHARACTERS_WITHOUT_LOG = 40_000;

/** Domains and findings that are listed at most. */
const MAX_LISTED = 50;

/** The comment under a pull request, as Markdown. Its last line is the marker by which the next run finds it. */
export function comment(source: CommentSource): string {
    const end = `\n${marker(source)}\n`;
    let max = MAX_LISTED;
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
    return `<!-- pulumi-cognito-domain-settings: ${commentName(stackName(source).split("/").slice(-2).join("/"))} -->`;
}

function stackName({ report, stack }: CommentSource): string {
    return stack || (report ? `${report.project}/${report.stack}` : "preview");
}

/** Everything but the log and the marker; `max` bounds how many domains and findings are listed. */
function bodyOf(source: CommentSource, max: number): string {
    const { findingsPage: page, commit } = source;
    const resources = byUrgency(source.report?.resources ?? []);
    const shown = resources.slice(0, max);
    const isOne = resources.length === 1;
    const findings = distinctFindings(resources);
    const open = findings.slice(0, Math.min(max, 2 + shown.length));
    const more = findings.slice(open.length, open.length + max);
    const lineOf = (finding: SharedFinding) => findingLine(finding, !isOne, page);
    const undo = shown.flatMap(undoLine);
    const outputs = shown.flatMap(outputsLine);
    const items = [
        ...missingLines(source, resources),
        ...open.map(lineOf),
        ...(findings.length > open.length ? [`- ${findings.length - open.length} more findings: below.`] : []),
        ...shown.flatMap((it) => outsideLines(it, page)),
        ...(isOne ? [...undo, ...outputs] : []),
    ];
    return [
        `### ${verdictOf(source, resources)}: ${code(stackName(source))}${commit ? `, commit ${code(commit.slice(0, 12))}` : ""}`,
        ...(shown.length > 0 ? ["", ...domainTable(shown, resources.length - shown.length)] : []),
        ...(items.length > 0 ? ["", ...items] : []),
        ...(more.length > 0 ? folded("More findings", more.map(lineOf).join("\n")) : []),
        ...(!isOne && undo.length > 0 ? folded("How to go back", undo.join("\n")) : []),
        ...(!isOne && outputs.length > 0 ? folded("Outputs", outputs.join("\n")) : []),
    ].join("\n");
}

function folded(summary: string, content: string): string[] {
    return ["", "<details>", `<summary>${summary}</summary>`, "", content, "", "</details>", ""];
}

/** Whatever is not known to be ready is never called so. */
function verdictOf({ report, outcome, unreadable }: CommentSource, resources: ReportEntry[]): string {
    if (outcome === "cancelled") {
        return "❌ Blocked: the preview was cancelled";
    }
    if (outcome === "failure" || unreadable !== undefined || resources.some(isRefused)) {
        return "❌ Blocked";
    }
    if (!report) {
        return "❌ Blocked: the preview produced no report";
    }
    const isWarned = resources.some(({ verdict }) => verdict === "warned");
    return isWarned ? "⚠️ Ready to deploy, with warnings" : "✅ Ready to deploy";
}

/** What the report does not tell, and a reader has to know. */
function missingLines(source: CommentSource, resources: ReportEntry[]): string[] {
    const text = missingText(source, resources);
    return text ? [`- ${text}.`] : [];
}

function missingText({ report, outcome, unreadable }: CommentSource, resources: ReportEntry[]): string | undefined {
    if (unreadable !== undefined) {
        return `The report of the preview cannot be read: ${prose(unreadable)}`;
    }
    if (outcome === "cancelled") {
        return "The preview was cancelled, so this may be incomplete. Run it again";
    }
    if (!report) {
        return outcome === "success"
            ? "The preview succeeded and wrote no report. Name a file for it in `PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT`"
            : "The preview failed before it checked any domain. See the job's log for the reason";
    }
    if (outcome === "failure" && !resources.some(isRefused)) {
        return "The preview failed elsewhere in the program, not at a Cognito domain. See Pulumi's log for the reason";
    }
    if (resources.some((it) => isRefused(it) && it.findings.length === 0)) {
        return "A domain is blocked since its arguments are invalid. See Pulumi's log for the reason";
    }
    return resources.length === 0 ? "This preview contains no Cognito domains" : undefined;
}

/** Refused domains first, then those with warnings, then those that change. */
function byUrgency(resources: ReportEntry[]): ReportEntry[] {
    const rank = ({ verdict, action }: ReportEntry) =>
        ({ refused: 0, warned: 1, ok: action === "none" ? 3 : 2 })[verdict];
    return [...resources].sort((a, b) => rank(a) - rank(b));
}
