import { commentLines } from "./commentLines";
import { domainTable, isRefused, isUnread } from "./commentTable";
import { code, codeBlock, prose } from "./markdown";
import { REPORT_FILE, type Report, type ReportEntry } from "./report";

/** Everything that a comment is made from. */
export interface CommentSource {
    /** The report that the preview wrote; absent if it ended before it could, or has no resource to report on. */
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

/** GitHub takes 65,536 characters. Most are for Pulumi's log. */
const MAX_CHARACTERS = 60_000;
const MAX_CHARACTERS_WITHOUT_LOG = 40_000;

/** Domains, and lines below the table, that are listed at most; of the lines, those that are not folded. */
const MAX_LISTED = 50;
const MAX_OPEN = 8;

/** Says what the absence of findings means. */
const COVERAGE =
    "AWS was asked about each domain and, as far as a change needs them, its certificate, feature plan, and app clients until one had branding. What is not listed was in order. Other resources are not covered here.";

const LOG_TITLE = "Pulumi's log, which also lists removed resources";

/** The comment under a pull request, as Markdown. Its last line is the marker by which the next run finds it. */
export function comment(source: CommentSource): string {
    const end = `\n${marker(source)}\n`;
    let max = MAX_LISTED;
    let body = bodyOf(source, max);
    while (body.length > MAX_CHARACTERS_WITHOUT_LOG && max > 1) {
        max = Math.floor(max / 2);
        body = bodyOf(source, max);
    }
    const room = MAX_CHARACTERS - body.length - end.length - 200;
    const log = source.log?.trim() ? folded(LOG_TITLE, codeBlock(source.log, room)) : [];
    return [body, ...log, end].join("\n");
}

/** The hidden line that tells the comment of one stack from all others. No name can end it. */
function marker(source: CommentSource): string {
    const name = stackName(source).split("/").slice(-2).join("/");
    return `<!-- pulumi-cognito-domain-settings: ${name.replace(/[^\w./-]/gu, "_")} -->`;
}

function stackName({ report, stack }: CommentSource): string {
    return stack || (report ? `${report.project}/${report.stack}` : "preview");
}

/** Everything but the log and the marker; `max` bounds how many domains and lines are listed. */
function bodyOf(source: CommentSource, max: number): string {
    const { outcome, commit, findingsPage } = source;
    const resources = byUrgency(source.report?.resources ?? []);
    const shown = resources.slice(0, max);
    const [verdict, sentence] = verdictOf(source, resources);
    const lines = commentLines(resources, findingsPage);
    const [open, more] = [lines.slice(0, MAX_OPEN), lines.slice(MAX_OPEN, max)];
    const rest = lines.length - open.length - more.length;
    return [
        `### ${verdict}: ${code(stackName(source))}${commit ? `, commit ${code(commit.slice(0, 12))}` : ""}`,
        "",
        `${sentence}.`,
        ...(shown.length > 0 ? ["", ...domainTable(shown, resources.length - shown.length)] : []),
        ...(open.length > 0 ? ["", ...open] : []),
        ...(outcome === "success" && shown.length > 0 && resources.every((it) => it.before) ? ["", COVERAGE] : []),
        ...(more.length > 0 ? folded("More", [...more, rest > 0 ? `- ${rest} more lines` : ""].join("\n")) : []),
    ].join("\n");
}

function folded(summary: string, content: string): string[] {
    return ["", "<details>", `<summary>${summary}</summary>`, "", content, "", "</details>", ""];
}

const BLOCKED = "❌ Blocked";

/** The verdict, and what `pulumi up` does or why it must not run. Whatever is not known to be ready is never called so. */
function verdictOf(source: CommentSource, resources: ReportEntry[]): [verdict: string, sentence: string] {
    const { report, outcome, unreadable } = source;
    const refused = resources.filter(isRefused);
    if (unreadable !== undefined) {
        return [BLOCKED, `The preview's report cannot be read: ${prose(unreadable)}`];
    }
    if (outcome === "cancelled") {
        return [`${BLOCKED}: the preview was cancelled`, "This may be incomplete. Run the preview again"];
    }
    if (refused.some(({ findings }) => findings.length === 0)) {
        return [BLOCKED, "Nothing has changed in AWS. A domain's arguments are invalid: see Pulumi's log"];
    }
    if (refused.length > 0) {
        return [BLOCKED, "Nothing has changed in AWS. Fix what is listed below, then push again"];
    }
    if (outcome === "failure") {
        const elsewhere =
            "Nothing has changed in AWS. No domain is blocked: the preview failed elsewhere. See Pulumi's log";
        const early = "The preview failed before it checked any domain. See the job's log for the reason";
        return [BLOCKED, report ? elsewhere : early];
    }
    if (resources.length === 0) {
        return [
            "⚠️ No domain checked",
            `The preview succeeded and reported no domain. A resource that was removed from the program leaves its domain as it is in AWS. If the program still has such a resource, set ${code(REPORT_FILE)} for the preview to the file that this comment is made from, and run it again`,
        ];
    }
    const effect = effectOf(resources);
    if (!resources.some((it) => it.verdict === "warned" || it.overwrites.length > 0 || it.action === "replace")) {
        return ["✅ Ready to deploy", effect];
    }
    const hasErrors = resources.some((it) => it.findings.some((one) => one.severity === "error" && !one.accepted));
    const failing = hasErrors ? `: ${code("pulumi up")} refuses whatever is still an **error** then` : "";
    return ["⚠️ Ready to deploy, with warnings", `${effect}. Read the warnings below before you merge${failing}`];
}

function effectOf(resources: ReportEntry[]): string {
    const changed = resources.filter(({ changes }) => changes.length > 0).length;
    const replaces = resources.some(({ action }) => action === "replace") ? "replaces a resource, and " : "";
    if (changed > 0) {
        const domains = changed === 1 ? "one live sign-in domain" : `${changed} live sign-in domains`;
        return `${code("pulumi up")} ${replaces}changes ${domains} of the program`;
    }
    return resources.some((it) => isUnread(it) || it.notKnownYet.length > 0)
        ? `What ${code("pulumi up")} changes is not fully known before it runs`
        : `${code("pulumi up")} ${replaces}changes no setting of the program's sign-in domains`;
}

/** Refused domains first, then those with warnings, then those that change. */
function byUrgency(resources: ReportEntry[]): ReportEntry[] {
    const rank = ({ verdict, action }: ReportEntry) =>
        ({ refused: 0, warned: 1, ok: action === "none" ? 3 : 2 })[verdict];
    return [...resources].sort((a, b) => rank(a) - rank(b));
}
