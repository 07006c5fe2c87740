import { REDACTED } from "../../inputs/redaction";
import { code, prose } from "./markdown";
import type { ReportEntry, ReportedChange } from "./report";

/** The name that reports give to the setting. */
export const CERTIFICATE = "customDomainConfig.certificateArn";

const PAGES_OF_VERSION = new Map([
    ["1", "classic hosted UI (1)"],
    ["2", "managed login (2)"],
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
        row("Domain", "What users see", "Certificate", "How to undo"),
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
    if (it.changes.length > 0 && changes.length === 0) {
        changes.push("no change, only another certificate");
    }
    const text = changes.join("; ");
    if (it.verdict === "refused") {
        return text ? `no change, since it is refused; asked for: ${text}` : "no change, since it is refused";
    }
    if (text) {
        return text;
    }
    if (!isSeen(it)) {
        return "not known before the update";
    }
    return it.action === "adopt" ? "no change: Pulumi takes the settings over as they are" : "no change";
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

function certificateOf(it: ReportEntry): string {
    const { changes, outputs, before, verdict } = it;
    const change = changes.find(({ setting }) => setting === CERTIFICATE);
    if (change) {
        const [from, to] = [endOf(before), endOf(outputs)].map((end) => (end ? ` (${end})` : ""));
        return `${shortArn(change.from)}${from} → ${shortArn(change.to)}${to}`;
    }
    const arn = attachedArn(it);
    const end = endOf(before ?? outputs);
    if (arn === undefined && end === "" && verdict !== "refused") {
        return before || isSeen(it) ? "none" : "not known";
    }
    const name = arn === undefined || arn === REDACTED ? "" : `${shortArn(arn)} `;
    return `${name}stays${end ? ` (${end})` : ""}`;
}

/** The certificate that the domain has, as far as it is known; that of the state only where nobody could look. */
function attachedArn({ before, kept, outputs }: ReportEntry): unknown {
    const { customDomainConfig } = (before ?? outputs) as { customDomainConfig?: { certificateArn?: unknown } | null };
    return customDomainConfig?.certificateArn ?? kept[CERTIFICATE];
}

function endOf({ certificateExpiry: end }: Record<string, unknown> = {}): string {
    return typeof end === "string" && end !== "" ? `expires ${prose(end.slice(0, 10))}` : "";
}

/** An ARN by the first part of its id: the rest only makes the table wide. */
function shortArn(value: unknown): string {
    const arn = valueText(value);
    const [, id] = /:certificate\/([0-9a-f]{8})[0-9a-f-]*$/.exec(arn) ?? [];
    return code(id ? `${id}...` : arn);
}

/** How the settings that are in force now come back. */
function wayBackOf(it: ReportEntry): string {
    const { verdict, wayBack, changes } = it;
    if (verdict === "refused") {
        return "nothing to undo";
    }
    if (wayBack && !wayBack.possible) {
        return `**not wholly**, see ${code("no-way-back")}`;
    }
    const byProgram = changes.length > 0 ? ["by the program, see **undo**"] : [];
    switch (wayBack?.argument) {
        case "onFailure":
            return ["automatic if the update fails", ...byProgram].join("; later ");
        case "onDelete":
            return [`automatic on ${code("pulumi destroy")}`, ...byProgram].join("; before that ");
    }
    if (wayBack) {
        return "automatic; the old settings are still fit";
    }
    return byProgram[0] ?? (isSeen(it) ? "nothing to undo" : "not known before the update");
}
