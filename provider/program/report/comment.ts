import { code, codeBlock, commentName, prose } from "./markdown";
import type { Report, ReportEntry, ReportedChange } from "./report";

type ReportedFinding = ReportEntry["findings"][number];

/** What a comment is made of. */
export interface CommentSource {
    /** What the preview wrote; absent where it ended before it could. */
    report?: Report;
    /** How the preview ended, as GitHub names it. A preview that did not succeed is never said to be fit to go out. */
    outcome?: "success" | "failure" | "cancelled";
    /** What Pulumi printed. */
    log?: string;
    /** The stack as the pipeline names it, `[organization/][project/]stack`; default: the report's project and stack. */
    stack?: string;
    /** Why the report cannot be read; then nothing is said to be fit to go out. */
    unreadable?: string;
    /** Where docs/findings.md is to be read; without it, codes have no links. */
    findingsPage?: string;
}

/** GitHub takes 65,536 characters. */
const MAX_CHARACTERS = 60_000;

/** Of that, for everything but Pulumi's log. */
const MAX_CHARACTERS_WITHOUT_LOG = 40_000;

const CERTIFICATE = "customDomainConfig.certificateArn";

const PAGES_OF_VERSION = new Map([
    ["1", "classic hosted UI"],
    ["2", "managed login"],
]);

const NEEDED_BY_POLICY = new Map([
    ["TLS_V1_2_2021", " (browsers need TLS 1.2)"],
    ["TLS_V1_3_2025", " (browsers need TLS 1.3)"],
]);

/** The comment under a pull request, as Markdown. Its last line is the marker by which the next run finds it. */
export function comment(source: CommentSource): string {
    const end = `\n${marker(source)}\n`;
    let scale = 40;
    let body = bodyOf(source, scale);
    while (body.length > MAX_CHARACTERS_WITHOUT_LOG && scale > 1) {
        scale = Math.floor(scale / 2);
        body = bodyOf(source, scale);
    }
    const log = source.log?.trim()
        ? folded("Pulumi's log", codeBlock(source.log, MAX_CHARACTERS - body.length - end.length - 200))
        : [];
    return [...body.split("\n"), ...log, end].join("\n");
}

/** The hidden line that tells the comment of one stack from all others. */
export function marker({ report, stack }: CommentSource): string {
    const name = (stack || nameOf(report)).split("/").slice(-2).join("/");
    return `<!-- pulumi-cognito-domain-settings: ${commentName(name)} -->`;
}

/** Everything but the log and the marker; `scale` bounds how many domains and findings are told. */
function bodyOf(source: CommentSource, scale: number): string {
    const { report, stack, findingsPage } = source;
    const resources = [...(report?.resources ?? [])].sort((a, b) => rank(a) - rank(b));
    const heading = `### ${verdictOf(source, resources)}: ${code(stack || nameOf(report))}`;
    const shown = resources.slice(0, scale);
    const findings = distinctFindings(resources);
    const open = findings.slice(0, Math.min(scale, 3 + shown.length));
    const more = findings.slice(open.length, open.length + scale);
    const tell = (finding: ReportedFinding & { domains: string[] }) =>
        findingLine(finding, resources.length > 1, findingsPage);
    const items = [
        ...missing(source, resources),
        ...open.map(tell),
        ...(findings.length > open.length ? [`- ${findings.length - open.length} more findings: below.`] : []),
        ...shown.flatMap((it) => [...driftLine(it), ...uncheckedLine(it)]),
    ];
    const outputs = shown.flatMap(outputsLine);
    const isOne = resources.length === 1;
    return [
        heading,
        ...(shown.length > 0 ? ["", ...table(shown, resources.length - shown.length)] : []),
        ...(items.length + (isOne ? outputs.length : 0) > 0 ? ["", ...items, ...(isOne ? outputs : [])] : []),
        ...(more.length > 0 ? folded("More findings", more.map(tell).join("\n")) : []),
        ...(!isOne && outputs.length > 0 ? folded("Outputs", outputs.join("\n")) : []),
    ].join("\n");
}

/** Refused domains first, then those with warnings, then those that change. */
function rank({ verdict, action }: ReportEntry): number {
    return { refused: 0, warned: 1, ok: action === "none" ? 3 : 2 }[verdict];
}

function nameOf(report: Report | undefined): string {
    return report ? `${report.project}/${report.stack}` : "preview";
}

function verdictOf({ report, outcome, unreadable }: CommentSource, resources: ReportEntry[]): string {
    if (outcome === "cancelled") {
        return "❌ refused, the preview was cancelled";
    }
    if (outcome === "failure" || unreadable !== undefined || resources.some(({ verdict }) => verdict === "refused")) {
        return "❌ refused";
    }
    if (!report) {
        return "❌ refused, nothing is known of its domains";
    }
    return resources.some(({ verdict, drift }) => verdict === "warned" || drift.length > 0)
        ? "⚠️ may go out, with warnings"
        : "✅ may go out";
}

/** What the report does not say and a reader has to know. */
function missing({ report, outcome, unreadable }: CommentSource, resources: ReportEntry[]): string[] {
    if (unreadable !== undefined) {
        return [`- The report of the preview cannot be read: ${prose(unreadable)}.`];
    }
    if (outcome === "cancelled") {
        return ["- The preview did not come to its end, so this may not be all. Run it again."];
    }
    if (!report) {
        return [
            outcome === "success"
                ? "- The preview succeeded and wrote no report. Name a file for it in `PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT`."
                : "- The preview ended before it could look at a domain. Pulumi's log has the reason.",
        ];
    }
    if (outcome === "failure" && !resources.some(({ verdict }) => verdict === "refused")) {
        return ["- The preview failed, and not for a sign-in domain that it looked at. Pulumi's log has the reason."];
    }
    return resources.length === 0 ? ["- The preview has met no sign-in domain."] : [];
}

function table(resources: ReportEntry[], left: number): string[] {
    return [
        "| Domain | For people who sign in | Certificate |",
        "| --- | --- | --- |",
        ...resources.map((it) => `| ${[titleOf(it), changesOf(it), certificateOf(it)].join(" | ")} |`),
        ...(left > 0 ? [`| ${left} more | | |`] : []),
    ];
}

function titleOf({ domain, name }: ReportEntry): string {
    return code(domain ?? name);
}

function changesOf(it: ReportEntry): string {
    const changes = it.changes.filter(({ setting }) => setting !== CERTIFICATE).map(changeText);
    if (it.changes.some(({ setting }) => setting === CERTIFICATE)) {
        changes.push("another certificate");
    }
    const text = changes.join("; ");
    if (it.verdict === "refused") {
        return text ? `nothing while it is refused; then: ${text}` : "nothing while it is refused";
    }
    if (text) {
        return text;
    }
    if (Object.keys(it.outputs).length === 0) {
        return "not known before the update";
    }
    return it.action === "adopt" ? "nothing; Pulumi takes the settings over as they are" : "nothing";
}

/** One changed setting in the words of those who meet it. */
function changeText({ setting, from, to }: ReportedChange): string {
    const [before, after] = [valueText(from), valueText(to)];
    if (setting === "managedLoginVersion") {
        return `sign-in pages: ${pages(before)} → ${pages(after)}`;
    }
    if (setting === "customDomainConfig.securityPolicy") {
        return `TLS policy ${code(before)} → ${code(after)}${NEEDED_BY_POLICY.get(after) ?? ""}`;
    }
    return `${code(setting)} ${code(before)} → ${code(after)}`;
}

function valueText(value: unknown): string {
    return value === undefined || value === null
        ? "none"
        : typeof value === "object"
          ? JSON.stringify(value)
          : String(value);
}

function pages(version: string): string {
    return PAGES_OF_VERSION.get(version) ?? `version ${code(version)}`;
}

function certificateOf({ changes, kept, outputs }: ReportEntry): string {
    const change = changes.find(({ setting }) => setting === CERTIFICATE);
    const expiry = outputs.certificateExpiry;
    const end = typeof expiry === "string" && expiry !== "" ? `ends ${prose(expiry.slice(0, 10))}` : "";
    const what = change
        ? `${certificate(valueText(change.from))} → ${certificate(valueText(change.to))}`
        : kept[CERTIFICATE] !== undefined || end
          ? "stays"
          : "none seen";
    return [what, end].filter(Boolean).join(", ");
}

/** An ARN by the first part of its id: the rest only makes the table wide. */
function certificate(arn: string): string {
    const [, id] = /:certificate\/([0-9a-f]{8})[0-9a-f-]*$/.exec(arn) ?? [];
    return code(id ? `${id}...` : arn);
}

/** Each finding once, errors first, with the domains that it is about. */
function distinctFindings(resources: ReportEntry[]): (ReportedFinding & { domains: string[] })[] {
    const found = new Map<string, ReportedFinding & { domains: string[] }>();
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

function findingLine(
    finding: ReportedFinding & { domains: string[] },
    namesDomain: boolean,
    page: string | undefined,
): string {
    const { severity, message, remedy, property, domains } = finding;
    const others = domains.length > 3 ? ` and ${domains.length - 3} more` : "";
    const about = [
        ...(namesDomain
            ? [
                  domains
                      .slice(0, 3)
                      .map((it) => code(it))
                      .join(", ") + others,
              ]
            : []),
        code(property),
    ];
    const id = page
        ? `[${code(finding.code)}](${page}${ABOUT_THE_PREVIEW.has(finding.code) ? "#the-preview-itself" : anchorOf(property)})`
        : code(finding.code);
    return `- **${severity}** ${about.join(", ")}: ${prose(message)}. ${prose(remedy)}. ${id}`.replace(
        /\.{2,} /g,
        ". ",
    );
}

const ABOUT_THE_PREVIEW = new Set([
    "setting-drifted",
    "no-way-back",
    "not-preflighted",
    "config-unreadable",
    "preflight-failed",
]);

/** The section of docs/findings.md that a property's findings stand in. */
export function anchorOf(property: string): string {
    const sections: [RegExp, string][] = [
        [/^domain\b/, "#the-domain"],
        [/^customDomainConfig\b/, "#the-certificate"],
        [/^(managedLoginVersion|verify)\b/, "#managed-login-and-passkeys"],
        [/^routing\b/, "#failover"],
    ];
    return sections.find(([pattern]) => pattern.test(property))?.[1] ?? "";
}

function driftLine(it: ReportEntry): string[] {
    const parts = it.drift.map(
        ({ setting, desired, observed }) =>
            `${code(setting)} is ${code(valueText(observed))}, the program says ${code(valueText(desired))}`,
    );
    const remedy = `This ${code("up")} leaves it; ${code("pulumi up --refresh")} puts it back.`;
    return parts.length > 0
        ? [`- **changed outside of Pulumi** ${titleOf(it)}: ${parts.slice(0, 4).join("; ")}. ${remedy}`]
        : [];
}

/** What nobody could look at, and who will. */
function uncheckedLine(it: ReportEntry): string[] {
    const unseen = it.findings.filter((finding) => finding.code.endsWith("-unseen")).map((finding) => finding.code);
    // The gate before an update looks at the domain and the certificate, and at nothing else.
    const later = unseen.filter((id) => ["domain-unseen", "certificate-unseen"].includes(id));
    const never = unseen.filter((id) => !later.includes(id));
    const subjects = (ids: string[]) =>
        ids.map((id) => prose(id.replace(/-unseen$/, "").replaceAll("-", " "))).join(", ");
    const parts = [
        ...(later.length > 0
            ? [`${subjects(later)}: not seen, checked in the update, which is refused if that fails`]
            : []),
        ...(never.length > 0 ? [`${subjects(never)}: not seen; the update does not depend on it`] : []),
    ];
    return parts.length > 0 ? [`- **not checked** ${titleOf(it)}: ${parts.join("; ")}.`] : [];
}

function outputsLine(it: ReportEntry): string[] {
    if (it.action === "none" || it.verdict === "refused") {
        return [];
    }
    const known = Object.entries(it.outputs)
        .filter(([, value]) => ["string", "number"].includes(typeof value))
        .map(([name, value]) => `${code(name)} ${code(valueText(value))}`);
    const later = it.unknown.map((name) => code(name)).slice(0, 12);
    const parts = [...known.slice(0, 12), ...(later.length > 0 ? [`known only then: ${later.join(", ")}`] : [])];
    return parts.length > 0 ? [`- **outputs** after ${code("up")}, ${titleOf(it)}: ${parts.join("; ")}.`] : [];
}

function folded(summary: string, content: string): string[] {
    return ["", "<details>", `<summary>${summary}</summary>`, "", content, "", "</details>", ""];
}
