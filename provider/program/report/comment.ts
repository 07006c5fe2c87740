import { REDACTED } from "../../inputs/redaction";
import { code, codeBlock, commentName, prose } from "./markdown";
import type { Report, ReportEntry, ReportedChange, ReportedDifference } from "./report";

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
    const resources = byUrgency(source.report?.resources ?? []);
    const shown = resources.slice(0, max);
    const isOne = resources.length === 1;
    const findings = distinctFindings(resources);
    const open = findings.slice(0, Math.min(max, 2 + shown.length));
    const more = findings.slice(open.length, open.length + max);
    const lineOf = (finding: SharedFinding) => findingLine(finding, !isOne, source.findingsPage);
    const undo = shown.flatMap(undoLine);
    const outputs = shown.flatMap(outputsLine);
    const items = [
        ...missingLines(source, resources),
        ...open.map(lineOf),
        ...(findings.length > open.length ? [`- ${findings.length - open.length} more findings: below.`] : []),
        ...shown.flatMap((it) => [...overwriteLine(it), ...driftLine(it)]),
        ...(isOne ? [...undo, ...outputs] : []),
    ];
    const commit = source.commit ? `, commit ${code(source.commit.slice(0, 12))}` : "";
    return [
        `### ${verdictOf(source, resources)}: ${code(stackName(source))}${commit}`,
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
    return resources.some(({ verdict }) => verdict === "warned")
        ? "⚠️ Ready to deploy, with warnings"
        : "✅ Ready to deploy";
}

/** What the report does not tell, and a reader has to know. */
function missingLines({ report, outcome, unreadable }: CommentSource, resources: ReportEntry[]): string[] {
    if (unreadable !== undefined) {
        return [`- The report of the preview cannot be read: ${prose(unreadable)}.`];
    }
    if (outcome === "cancelled") {
        return ["- The preview was cancelled, so this may be incomplete. Run it again."];
    }
    if (!report) {
        return [
            outcome === "success"
                ? "- The preview succeeded and wrote no report. Name a file for it in `PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT`."
                : "- The preview failed before it checked any domain. See the job's log for the reason.",
        ];
    }
    if (outcome === "failure" && !resources.some(isRefused)) {
        return [
            "- The preview failed elsewhere in the program, not at a Cognito domain. See Pulumi's log for the reason.",
        ];
    }
    return resources.length === 0 ? ["- This preview contains no Cognito domains."] : [];
}

function isRefused({ verdict }: ReportEntry): boolean {
    return verdict === "refused";
}

/** Refused domains first, then those with warnings, then those that change. */
function byUrgency(resources: ReportEntry[]): ReportEntry[] {
    const rank = ({ verdict, action }: ReportEntry) =>
        ({ refused: 0, warned: 1, ok: action === "none" ? 3 : 2 })[verdict];
    return [...resources].sort((a, b) => rank(a) - rank(b));
}

/** One row for each domain; `rest` is the number of domains without one. */
function domainTable(resources: ReportEntry[], rest: number): string[] {
    const row = (...cells: string[]) => `| ${cells.join(" | ")} |`;
    return [
        row("Domain", "What users see", "Certificate", "How to go back"),
        row("---", "---", "---", "---"),
        ...resources.map((it) => row(titleOf(it), effectOf(it), certificateOf(it), wayBackOf(it))),
        ...(rest > 0 ? [row(`${rest} more`, "", "", "")] : []),
    ];
}

/** The domain as code; the resource's name if it is not known. */
function titleOf({ domain, name }: ReportEntry): string {
    return code(domain ?? name);
}

const CERTIFICATE = "customDomainConfig.certificateArn";

const PAGES = new Map([
    ["1", "classic hosted UI (1)"],
    ["2", "managed login (2)"],
]);

const BROWSERS_NEED = new Map([
    ["TLS_V1_2_2021", " (browsers need TLS 1.2)"],
    ["TLS_V1_3_2025", " (browsers need TLS 1.3)"],
]);

/** Whether the preview could read the domain. */
function isKnown({ before, outputs }: ReportEntry): boolean {
    return before !== undefined || Object.keys(outputs).length > 0;
}

function effectOf(it: ReportEntry): string {
    const changes = it.changes.filter(({ setting }) => setting !== CERTIFICATE).map(changeText);
    if (it.changes.length > 0 && changes.length === 0) {
        changes.push("no change, only another certificate");
    }
    const text = changes.join("; ");
    if (it.verdict === "refused") {
        return text ? `blocked, nothing is deployed; asked for: ${text}` : "blocked, nothing is deployed";
    }
    const replaced = it.action === "replace" ? "replace: the previous domain keeps its settings; " : "";
    if (text) {
        return `${replaced}${text}`;
    }
    if (it.action !== "none" && !isKnown(it)) {
        return `${replaced}not known before the update`;
    }
    return it.action === "adopt" ? "no change: Pulumi adopts the settings as they are" : `${replaced}no change`;
}

/** One changed setting in the words of those who see it. */
function changeText({ setting, from, to }: ReportedChange): string {
    const [before, after] = [valueText(from), valueText(to)];
    const pages = (version: string) => PAGES.get(version) ?? `version ${code(version)}`;
    if (setting === "managedLoginVersion") {
        return `sign-in pages: ${pages(before)} → ${pages(after)}`;
    }
    if (setting === "customDomainConfig.securityPolicy") {
        return `TLS policy ${code(before)} → ${code(after)}${BROWSERS_NEED.get(after) ?? ""}`;
    }
    return `${code(setting)} ${code(before)} → ${code(after)}`;
}

function valueText(value: unknown): string {
    if (value === undefined || value === null) {
        return "none";
    }
    return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function certificateOf(it: ReportEntry): string {
    const { changes, outputs, before, verdict } = it;
    const change = changes.find(({ setting }) => setting === CERTIFICATE);
    if (change && verdict !== "refused") {
        const [from, to] = [expiryOf(before), expiryOf(outputs)].map((end) => (end ? ` (${end})` : ""));
        return `${shortArn(change.from)}${from} → ${shortArn(change.to)}${to}`;
    }
    const state = (before ?? outputs) as { customDomainConfig?: { certificateArn?: unknown } };
    const arn = state.customDomainConfig?.certificateArn ?? it.kept[CERTIFICATE];
    const end = expiryOf(state);
    if (arn === undefined && end === "") {
        return isKnown(it) ? "none" : "not known";
    }
    const name = arn === undefined || arn === REDACTED ? "" : `${shortArn(arn)} `;
    return `${name}stays${end ? ` (${end})` : ""}`;
}

function expiryOf({ certificateExpiry: end }: Record<string, unknown> = {}): string {
    return typeof end === "string" && end !== "" ? `expires ${prose(end.slice(0, 10))}` : "";
}

/** An ARN by the first part of its id: the rest only makes the table wide. */
function shortArn(value: unknown): string {
    const arn = valueText(value);
    const [, id] = /:certificate\/([0-9a-f]{8})[0-9a-f-]*$/.exec(arn) ?? [];
    return code(id ? `${id}...` : arn);
}

function wayBackOf({ verdict, changes, rollsBack }: ReportEntry): string {
    if (verdict === "refused") {
        return "nothing is deployed";
    }
    if (changes.length === 0) {
        return "nothing to go back from";
    }
    return rollsBack ? "automatic if the update fails; later see **go back**" : "see **go back**";
}

/** A finding, with the domains that have it. */
type SharedFinding = ReportEntry["findings"][number] & { domains: string[] };

/** Each finding once, errors first. */
function distinctFindings(resources: ReportEntry[]): SharedFinding[] {
    const found = new Map<string, SharedFinding>();
    for (const resource of resources) {
        for (const finding of resource.findings) {
            const { code: id, severity, property, message, remedy } = finding;
            const key = JSON.stringify([id, severity, property, message, remedy]);
            const known = found.get(key) ?? { ...finding, domains: [] };
            known.domains.push(resource.domain ?? resource.name);
            found.set(key, known);
        }
    }
    return [...found.values()].sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
}

/** Domains that are named with one finding. */
const MAX_DOMAINS = 3;

/** A finding as one line: severity, argument, what is wrong, what to do, and the code as a link to `page`. */
function findingLine(finding: SharedFinding, namesDomains: boolean, page: string | undefined): string {
    const { severity, accepted, message, remedy, property, domains } = finding;
    const others = domains.length > MAX_DOMAINS ? ` and ${domains.length - MAX_DOMAINS} more` : "";
    const named = namesDomains
        ? [
              domains
                  .slice(0, MAX_DOMAINS)
                  .map((it) => code(it))
                  .join(", ") + others,
          ]
        : [];
    const id = page ? `[${code(finding.code)}](${page}${anchorOf(finding)})` : code(finding.code);
    const label = accepted ? "accepted" : severity;
    const line = `- **${label}** ${[...named, code(property)].join(", ")}: ${prose(message)}. ${prose(remedy)}. ${id}`;
    return line.replace(/\.{2,} /g, ". ");
}

/** The tables of docs/findings.md, by the property that their findings are about. */
const SECTIONS: [RegExp, string][] = [
    [/^domain\b/, "#the-domain"],
    [/^customDomainConfig\b/, "#the-certificate"],
    [/^managedLoginVersion\b/, "#managed-login-and-passkeys"],
    [/^routing\b/, "#failover"],
];

const ABOUT_THE_PREVIEW = ["setting-drifted", "overwrites-external-change", "config-unreadable", "preflight-failed"];

/** The table of docs/findings.md that has a finding. */
export function anchorOf({ code: id, property }: { code: string; property: string }): string {
    if (ABOUT_THE_PREVIEW.includes(id)) {
        return "#the-preview-itself";
    }
    return SECTIONS.find(([pattern]) => pattern.test(property))?.[1] ?? "";
}

const MAX_SETTINGS = 4;

function overwriteLine(it: ReportEntry): string[] {
    const parts = it.overwrites.map(
        ({ setting, desired, observed }: ReportedDifference) =>
            `AWS has ${code(setting)} ${code(valueText(observed))}, this ${code("up")} sets ${code(valueText(desired))}`,
    );
    return parts.length > 0
        ? [`- **replaces a change made outside Pulumi** ${titleOf(it)}: ${parts.slice(0, MAX_SETTINGS).join("; ")}.`]
        : [];
}

function driftLine(it: ReportEntry): string[] {
    const parts = it.drift.map(
        ({ setting, desired, observed }) =>
            `AWS has ${code(setting)} ${code(valueText(observed))}, the program says ${code(valueText(desired))}`,
    );
    const remedy = `Left as it is. To correct it: ${code("pulumi up --refresh")}; to keep it: set that value in the program.`;
    return parts.length > 0
        ? [`- **changed outside Pulumi** ${titleOf(it)}: ${parts.slice(0, MAX_SETTINGS).join("; ")}. ${remedy}`]
        : [];
}

/** What to set in the program for what is served now. */
function undoLine(it: ReportEntry): string[] {
    const { changes, verdict, before } = it;
    if (changes.length === 0 || verdict === "refused") {
        return [];
    }
    const end = before?.certificateExpiry;
    const isExpired = typeof end === "string" && Date.parse(end) <= Date.now();
    const isUnusable = ({ setting }: ReportedChange) => setting === CERTIFICATE && isExpired;
    const back = changes.filter((change) => change.from !== undefined && !isUnusable(change));
    const added = changes.filter(({ from }) => from === undefined).map(({ setting }) => code(setting));
    const values = back.map(({ setting, from }) => `${code(setting)} to ${code(valueText(from))}`).join(", ");
    const parts = [
        ...(back.length > 0 ? [`set ${values} in the program, and run ${code("pulumi up")}`] : []),
        ...(changes.some(isUnusable) ? ["the previous certificate has expired, and would be refused"] : []),
        ...(added.length > 0 ? [`AWS cannot remove ${added.join(", ")}`] : []),
    ];
    return [`- **go back** ${titleOf(it)}: ${parts.join("; ")}.`];
}

/** In the table, or as the program gives them. */
const SAID_ELSEWHERE = ["userPoolId", "domain", "status", "managedLoginVersion", "customDomainConfig", "routing"];

const MAX_OUTPUTS = 12;

/** The outputs that other stacks and resources will see change. */
function outputsLine(it: ReportEntry): string[] {
    if (it.action === "none" || it.verdict === "refused") {
        return [];
    }
    const isNew = it.action !== "update";
    const changes = Object.entries(it.outputs).flatMap(([name, to]) => {
        const from = it.before?.[name];
        if (typeof to !== "string" || SAID_ELSEWHERE.includes(name) || (!isNew && from === to)) {
            return [];
        }
        const isShown = !isNew && typeof from === "string" && from !== REDACTED;
        return [[code(name), ...(isShown ? [code(from), "→"] : []), code(to)].join(" ")];
    });
    const later = it.unknown.map((name) => code(name)).slice(0, MAX_OUTPUTS);
    const parts = [
        ...changes.slice(0, MAX_OUTPUTS),
        ...(later.length > 0 ? [`known after the update: ${later.join(", ")}`] : []),
    ];
    if (parts.length === 0) {
        return [];
    }
    return it.action === "adopt"
        ? [
              `- **new in Pulumi** ${titleOf(it)}: ${it.before ? `the domain exists; Pulumi's ${code("create")} only adopts it. ` : ""}Outputs: ${parts.join("; ")}.`,
          ]
        : [`- **outputs** ${titleOf(it)}: ${parts.join("; ")}.`];
}
