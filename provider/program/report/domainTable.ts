import { code, prose } from "./markdown";
import type { ReportEntry, ReportedChange } from "./report";

/** The name that reports give to the setting. */
export const CERTIFICATE = "customDomainConfig.certificateArn";

const PAGES_OF_VERSION = new Map([
    ["1", "classic hosted UI"],
    ["2", "managed login"],
]);

const NEEDED_BY_POLICY = new Map([
    ["TLS_V1_2_2021", " (browsers need TLS 1.2)"],
    ["TLS_V1_3_2025", " (browsers need TLS 1.3)"],
]);

/** Refused domains first, then those with warnings, then those that change. */
export function byUrgency(resources: ReportEntry[]): ReportEntry[] {
    const rank = ({ verdict, action }: ReportEntry) =>
        ({ refused: 0, warned: 1, ok: action === "none" ? 3 : 2 })[verdict];
    return [...resources].sort((a, b) => rank(a) - rank(b));
}

/** One row a domain; `left` is the number of domains that have none. */
export function domainTable(resources: ReportEntry[], left: number): string[] {
    const row = (...cells: string[]) => `| ${cells.join(" | ")} |`;
    return [
        row("Domain", "For people who sign in", "Certificate", "Way back"),
        row("---", "---", "---", "---"),
        ...resources.map((it) => row(titleOf(it), effectOf(it), certificateOf(it), wayBackOf(it))),
        ...(left > 0 ? [row(`${left} more`, "", "", "")] : []),
    ];
}

/** The domain as code; where it is not known, the name of its resource. */
export function titleOf({ domain, name }: ReportEntry): string {
    return code(domain ?? name);
}

export function valueText(value: unknown): string {
    if (value === undefined || value === null) {
        return "none";
    }
    return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Whether the preview could look at the domain. */
function isSeen({ outputs }: ReportEntry): boolean {
    return Object.keys(outputs).length > 0;
}

function effectOf(it: ReportEntry): string {
    const changes = it.changes.filter(({ setting }) => setting !== CERTIFICATE).map(changeText);
    if (it.changes.length > changes.length) {
        changes.push("another certificate");
    }
    const text = changes.join("; ");
    if (it.verdict === "refused") {
        return text ? `nothing while it is refused; then: ${text}` : "nothing while it is refused";
    }
    if (text) {
        return text;
    }
    if (!isSeen(it)) {
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

function pages(version: string): string {
    return PAGES_OF_VERSION.get(version) ?? `version ${code(version)}`;
}

function certificateOf({ changes, kept, outputs, verdict }: ReportEntry): string {
    const change = changes.find(({ setting }) => setting === CERTIFICATE);
    const expiry = outputs.certificateExpiry;
    const end = typeof expiry === "string" && expiry !== "" ? `ends ${prose(expiry.slice(0, 10))}` : "";
    const isKept = verdict === "refused" || kept[CERTIFICATE] !== undefined || end !== "";
    const what = isKept ? "stays" : "none seen";
    return [change ? `${shortArn(change.from)} → ${shortArn(change.to)}` : what, end].filter(Boolean).join(", ");
}

/** An ARN by the first part of its id: the rest only makes the table wide. */
function shortArn(value: unknown): string {
    const arn = valueText(value);
    const [, id] = /:certificate\/([0-9a-f]{8})[0-9a-f-]*$/.exec(arn) ?? [];
    return code(id ? `${id}...` : arn);
}

/** How the settings that are in force now come back. */
function wayBackOf(it: ReportEntry): string {
    if (it.verdict === "refused") {
        return "not needed";
    }
    if (it.wayBack) {
        return it.wayBack.possible
            ? "automatic; the old settings are still fit"
            : `**none**, see ${code("no-way-back")}`;
    }
    if (it.changes.length > 0) {
        return "by hand: set the old values again";
    }
    return isSeen(it) ? "not needed" : "not known before the update";
}
