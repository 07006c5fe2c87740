import { code, codeBlock, commentName, prose } from "./markdown";
import type { Report, ReportEntry, ReportedChange } from "./report";

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
const BLOCKED = "nothing is deployed: blocked";
const NOT_KNOWN = "not known before the update";

const WORDS = new Map([
    ["managedLoginVersion 1", "classic hosted UI (1)"],
    ["managedLoginVersion 2", "managed login (2)"],
    ["customDomainConfig.securityPolicy TLS_V1_2_2021", "`TLS_V1_2_2021` (browsers need TLS 1.2)"],
    ["customDomainConfig.securityPolicy TLS_V1_3_2025", "`TLS_V1_3_2025` (browsers need TLS 1.3)"],
]);

const LABELS = new Map([
    ["managedLoginVersion", "sign-in pages:"],
    ["customDomainConfig.securityPolicy", "TLS policy"],
]);

function effectOf(it: ReportEntry): string {
    const parts = [
        ...it.changes.filter(({ setting }) => setting !== CERTIFICATE).map(changeText),
        ...it.notKnownYet
            .filter((setting) => setting !== CERTIFICATE)
            .map((setting) => `${code(setting)} not known yet`),
    ];
    if (isRefused(it)) {
        return [BLOCKED, ...(parts.length > 0 ? [`asked for: ${parts.join("; ")}`] : [])].join("; ");
    }
    const replaced = it.action === "replace" ? ["replace: the previous domain keeps its settings"] : [];
    return [...replaced, ...(parts.length > 0 ? parts : [unchangedText(it)])].join("; ");
}

/** One changed setting in the words of those who see it. */
function changeText({ setting, from, to }: ReportedChange): string {
    const [before, after] = [from, to].map(valueText).map((text) => WORDS.get(`${setting} ${text}`) ?? code(text));
    return `${LABELS.get(setting) ?? code(setting)} ${before} → ${after}`;
}

function unchangedText(it: ReportEntry): string {
    if (isUnread(it)) {
        return NOT_KNOWN;
    }
    if (it.changes.length + it.notKnownYet.length > 0) {
        return "no change, only another certificate";
    }
    return it.action === "adopt" ? "no change: Pulumi begins to manage the settings as they are" : "no change";
}

/** Whether the update acts on a domain that the preview could not read. */
function isUnread({ action, before }: ReportEntry): boolean {
    return action !== "none" && before === undefined;
}

function valueText(value: unknown): string {
    return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "none");
}

function certificateOf(it: ReportEntry): string {
    const { changes, outputs, before, notKnownYet } = it;
    const { customDomainConfig } = (before ?? {}) as { customDomainConfig?: { certificateArn?: unknown } };
    const now = `${shortArn(customDomainConfig?.certificateArn)}${expiryOf(before)}`;
    const change = changes.find(({ setting }) => setting === CERTIFICATE);
    if (change && !isRefused(it)) {
        return `${before ? now : shortArn(change.from)} → ${shortArn(change.to)}${expiryOf(outputs)}`;
    }
    if (!before) {
        return "not known";
    }
    if (notKnownYet.includes(CERTIFICATE) && !isRefused(it)) {
        return `${now} → not known yet`;
    }
    return customDomainConfig?.certificateArn === undefined ? "none" : `${now} stays`;
}

function expiryOf({ certificateExpiry: end }: Record<string, unknown> = {}): string {
    return typeof end === "string" && end !== "" ? ` (expires ${prose(end.slice(0, 10))})` : "";
}

/** An ARN by the first part of its id: the rest only makes the table wide. */
function shortArn(value: unknown): string {
    const arn = valueText(value);
    const [, id] = /:certificate\/([0-9a-f]{8})[0-9a-f-]*$/.exec(arn) ?? [];
    return code(id ? `${id}...` : arn);
}

function wayBackOf(it: ReportEntry): string {
    if (isRefused(it)) {
        return BLOCKED;
    }
    if (it.changes.length === 0) {
        return isUnread(it) || it.notKnownYet.length > 0 ? NOT_KNOWN : "nothing changes";
    }
    return it.rollsBack ? "automatic if the update fails; later see **go back**" : "see **go back**";
}

/** A finding, with the domains that have it. */
type SharedFinding = ReportEntry["findings"][number] & { domains: string[] };

/** The list of an entry that has the values of a finding, in a line of their own. */
const LIST_OF = new Map<string, "drift" | "overwrites">([
    ["setting-drifted", "drift"],
    ["overwrites-external-change", "overwrites"],
]);

/** Each other finding once, errors first. */
function distinctFindings(resources: ReportEntry[]): SharedFinding[] {
    const found = new Map<string, SharedFinding>();
    for (const resource of resources) {
        for (const finding of resource.findings) {
            const list = LIST_OF.get(finding.code);
            if (list && resource[list].some(({ setting }) => setting === finding.property)) {
                continue;
            }
            const { code: id, severity, accepted, property, message, remedy } = finding;
            const key = JSON.stringify([id, severity, accepted, property, message, remedy]);
            const known = found.get(key) ?? { ...finding, domains: [] };
            known.domains.push(resource.domain ?? resource.name);
            found.set(key, known);
        }
    }
    const rank = ({ severity, accepted }: SharedFinding) => (severity === "error" && !accepted ? 0 : 1);
    return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

/** Domains that are named with one finding. */
const MAX_DOMAINS = 3;

/** A finding as one line: severity, argument, what is wrong, what to do, and the code as a link to `page`. */
function findingLine(finding: SharedFinding, namesDomains: boolean, page: string | undefined): string {
    const { severity, accepted, message, remedy, property, domains } = finding;
    const named = domains.slice(0, MAX_DOMAINS).map((it) => code(it));
    const others = domains.length > MAX_DOMAINS ? ` and ${domains.length - MAX_DOMAINS} more` : "";
    const subject = [...(namesDomains ? [named.join(", ") + others] : []), code(property)].join(", ");
    const label = `**${severity}**${accepted ? " (accepted)" : ""}`;
    const line = `- ${label} ${subject}: ${prose(message)}. ${prose(remedy)}. ${linkTo(finding, page)}`;
    return line.replace(/\.{2,} /g, ". ");
}

/** The tables of docs/findings.md, by the property that their findings are about. */
const SECTIONS: [RegExp, string][] = [
    [/^domain\b/, "#the-domain"],
    [/^customDomainConfig\b/, "#the-certificate"],
    [/^managedLoginVersion\b/, "#managed-login-and-passkeys"],
    [/^routing\b/, "#failover"],
    [/^preflight\b/, "#the-preview-itself"],
];

/** The code of a finding, as a link to the table of docs/findings.md that has it. */
function linkTo(finding: { code: string; property: string }, page: string | undefined): string {
    const property = LIST_OF.has(finding.code) ? "preflight" : finding.property;
    const anchor = SECTIONS.find(([pattern]) => pattern.test(property))?.[1] ?? "";
    return page ? `[${code(finding.code)}](${page}${anchor})` : code(finding.code);
}

/** The settings that were changed outside Pulumi, with both values: those that this update replaces, and those that stay. */
function outsideLines(it: ReportEntry, page: string | undefined): string[] {
    const line = (label: string, id: string, parts: string[], end: string) => {
        const finding = it.findings.find((one) => one.code === id);
        const accepted = finding?.accepted ? " (accepted)" : "";
        const link = finding ? ` ${linkTo(finding, page)}` : "";
        return parts.length > 0 ? [`- **${label}**${accepted} ${titleOf(it)}: ${parts.join("; ")}${end}${link}`] : [];
    };
    const value = (one: unknown) => code(valueText(one));
    const replaced = it.overwrites.map(
        ({ setting, desired, observed }) =>
            `${code(setting)} is ${value(observed)} in AWS; this ${code("up")} sets ${value(desired)}`,
    );
    const kept = it.drift.map(
        ({ setting, desired, observed }) =>
            `${code(setting)}: AWS has ${value(observed)}, the program says ${value(desired)}`,
    );
    // The preview of an update does not see whether the last one completed.
    const unless = it.action === "update" ? ", unless the last update did not complete" : "";
    const remedy = `To correct it: run ${code("pulumi up --refresh")}, or set ${code('onDrift: "correct"')}; to keep it, set AWS's value in the program.`;
    return [
        ...line("replaces a change made outside Pulumi", "overwrites-external-change", replaced, "."),
        ...line("changed outside Pulumi", "setting-drifted", kept, `: left as it is${unless}. ${remedy}`),
    ];
}

/** What to set in the program to have what is served now. */
function undoLine(it: ReportEntry): string[] {
    const { changes, before } = it;
    if (changes.length === 0 || isRefused(it)) {
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
const SHOWN_ELSEWHERE = ["userPoolId", "domain", "status", "managedLoginVersion", "customDomainConfig", "routing"];

/** The outputs that other stacks and resources will see change. */
function outputsLine(it: ReportEntry): string[] {
    if (it.action === "none" || isRefused(it)) {
        return [];
    }
    const isListed = (name: string) => !SHOWN_ELSEWHERE.includes(name);
    const changed = Object.entries(it.outputs)
        .filter(([name, value]) => isListed(name) && (it.action !== "update" || it.before?.[name] !== value))
        .map(([name, value]) => `${code(name)} ${code(valueText(value))}`);
    const later = it.unknown.filter(isListed).map((name) => code(name));
    const parts = [...changed, ...(later.length > 0 ? [`known after the update: ${later.join(", ")}`] : [])];
    const isAdopted = it.action === "adopt" && it.before !== undefined;
    const label = isAdopted
        ? `**new in Pulumi** ${titleOf(it)}: the domain exists; ${code("create")} only means that Pulumi begins to manage its settings. Outputs`
        : `**outputs** ${titleOf(it)}`;
    return parts.length > 0 ? [`- ${label}: ${parts.join("; ")}.`] : [];
}
