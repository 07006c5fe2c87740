import {
    distinctFindings,
    findingLine,
    outputsLine,
    outsideLines,
    revertLine,
    type SharedFinding,
} from "./commentLines";
import { domainTable, isRefused, isUnread } from "./commentTable";
import { code, codeBlock, commentName, prose } from "./markdown";
import type { Report, ReportEntry } from "./report";

/** Everything that a comment is made from. */
export interface CommentSource {
    /** The report that the preview wrote; absent if it ended before it could. */
    report?: Report;
    /** How the preview ended, as GitHub names it. A preview that did not succeed is never called ready to deploy. */
    outcome: "success" | "failure" | "cancelled";
    /** Pulumi's output. */
    log?: string;
    /** The stack as the pipeline names it, `[organization/][project/]stack`; default: the report's project and stack. */
    stack?: string;
    /** The commit that the preview was of. */
    commit?: string;
    /** Why the report cannot be read; then nothing is called ready to deploy. */
    unreadable?: string;
    /** The URL of docs/findings.md; without it, codes are not links. */
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
function marker(source: CommentSource): string {
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
    const reverts = shown.flatMap(revertLine);
    const outputs = shown.flatMap(outputsLine);
    const items = [
        ...open.map(lineOf),
        ...(findings.length > open.length
            ? [
                  `- ${findings.length - open.length === 1 ? "1 more finding" : `${findings.length - open.length} more findings`}: below.`,
              ]
            : []),
        ...shown.flatMap((it) => outsideLines(it, page)),
        ...(isOne ? [...reverts, ...outputs] : []),
    ];
    return [
        `### ${verdictOf(source, resources)}: ${code(stackName(source))}${commit ? `, commit ${code(commit.slice(0, 12))}` : ""}`,
        "",
        `${nextStep(source, resources)}.`,
        ...(shown.length > 0 ? ["", ...domainTable(shown, resources.length - shown.length)] : []),
        ...(items.length > 0 ? ["", ...items] : []),
        ...(more.length > 0 ? folded("More findings", more.map(lineOf).join("\n")) : []),
        ...(!isOne && reverts.length > 0 ? folded("To revert", reverts.join("\n")) : []),
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
    return resources.some(isWarned) ? "⚠️ Ready to deploy, with warnings" : "✅ Ready to deploy";
}

/** The effect of `pulumi up`, or why it must not run, and so the next step. */
function nextStep({ report, outcome, unreadable }: CommentSource, resources: ReportEntry[]): string {
    if (unreadable !== undefined) {
        return `The preview's report cannot be read: ${prose(unreadable)}`;
    }
    if (outcome === "cancelled") {
        return "The preview was cancelled, so this may be incomplete. Run it again";
    }
    if (!report) {
        return outcome === "success"
            ? "The preview succeeded but wrote no report. Set `PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT` to the file's name"
            : "The preview failed before it checked any domain. See the job's log for the reason";
    }
    const refused = resources.filter(isRefused);
    if (refused.length > 0) {
        return refused.some(({ findings }) => findings.length === 0)
            ? "Nothing was deployed. A domain is blocked because its arguments are invalid: see Pulumi's log"
            : "Nothing was deployed. Fix what is listed below, then push again";
    }
    if (outcome === "failure") {
        return "Nothing was deployed. No domain is blocked: the preview failed elsewhere in the program. See Pulumi's log for the reason";
    }
    const hasErrors = resources.some((it) =>
        it.findings.some(({ severity, accepted }) => severity === "error" && !accepted),
    );
    const warned = resources.some(isWarned) ? ". Read the warnings below before you merge" : "";
    const failing = hasErrors ? `: ${code("pulumi up")} refuses what is still an **error** then` : "";
    return `${effectText(resources)}${warned}${failing}`;
}

/** With a finding, or about to overwrite a change made outside Pulumi. */
function isWarned({ verdict, overwrites }: ReportEntry): boolean {
    return verdict === "warned" || overwrites.length > 0;
}

function effectText(resources: ReportEntry[]): string {
    if (resources.length === 0) {
        return "This preview contains no Cognito domains";
    }
    const changed = resources.filter(({ changes }) => changes.length > 0).length;
    if (changed > 0) {
        return `${code("pulumi up")} changes ${changed === 1 ? "one live sign-in domain" : `${changed} live sign-in domains`}`;
    }
    return resources.some((it) => isUnread(it) || it.notKnownYet.length > 0)
        ? `What ${code("pulumi up")} changes is not fully known before it runs`
        : `${code("pulumi up")} changes no setting of a sign-in domain`;
}

/** Refused domains first, then those with warnings, then those that change. */
function byUrgency(resources: ReportEntry[]): ReportEntry[] {
    const rank = ({ verdict, action }: ReportEntry) =>
        ({ refused: 0, warned: 1, ok: action === "none" ? 3 : 2 })[verdict];
    return [...resources].sort((a, b) => rank(a) - rank(b));
}
