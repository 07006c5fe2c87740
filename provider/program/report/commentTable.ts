import { code, prose } from "./markdown";
import type { ReportEntry, ReportedChange } from "./report";

/** One row for each domain; `rest` is the number of domains without one. */
export function domainTable(resources: ReportEntry[], rest: number): string[] {
    const row = (...cells: string[]) => `| ${cells.join(" | ")} |`;
    return [
        row("Domain", "What users see", "Certificate"),
        row("---", "---", "---"),
        ...resources.map((it) => row(titleOf(it), pagesOf(it), certificateOf(it))),
        ...(rest > 0 ? [row(`${rest} more`, "", "")] : []),
    ];
}

/** The domain as code; the resource's name if it is not known. */
export function titleOf({ domain, name }: ReportEntry): string {
    return code(domain ?? name);
}

export function isRefused({ verdict }: ReportEntry): boolean {
    return verdict === "refused";
}

/** True if the update acts on a domain that the preview could not read. */
export function isUnread({ action, before }: ReportEntry): boolean {
    return action !== "none" && before === undefined;
}

export function valueText(value: unknown): string {
    return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "none reported");
}

export const CERTIFICATE = "customDomainConfig.certificateArn";

/** Settings in the words of those who see them. */
const WORDS = new Map([
    ["managedLoginVersion 1", "classic hosted UI (1)"],
    ["managedLoginVersion 2", "managed login (2)"],
    ["customDomainConfig.securityPolicy TLS_V1_2_2021", "`TLS_V1_2_2021` (browsers need TLS 1.2)"],
    ["customDomainConfig.securityPolicy TLS_V1_3_2025", "`TLS_V1_3_2025` (browsers need TLS 1.3)"],
]);

function pagesOf(it: ReportEntry): string {
    const parts = [
        ...it.changes.filter(({ setting }) => setting !== CERTIFICATE).map((change) => changeText(it, change)),
        ...it.notKnownYet.filter((name) => name !== CERTIFICATE).map((name) => `${code(name)} not known yet`),
    ];
    return parts.length > 0 ? parts.join("; ") : unchangedText(it);
}

function changeText(it: ReportEntry, { setting, from, to }: ReportedChange): string {
    const [before, after] = [from, to].map((value) => inWords(setting, value));
    return `${WORDS.has(`${setting} ${to}`) ? "" : `${code(setting)} `}${before}${arrow(it)}${after}`;
}

function inWords(setting: string, value: unknown): string {
    const text = valueText(value);
    return WORDS.get(`${setting} ${text}`) ?? code(text);
}

/** A refused change is only requested: nothing of it is deployed. */
function arrow(it: ReportEntry): string {
    return isRefused(it) ? ", requested: " : " → ";
}

function unchangedText(it: ReportEntry): string {
    if (!it.before) {
        return isUnread(it) || isRefused(it) ? "not known" : "no change";
    }
    const page = inWords("managedLoginVersion", it.before.managedLoginVersion ?? 1);
    return `${page}, unchanged`;
}

function certificateOf(it: ReportEntry): string {
    const { changes, outputs, before, notKnownYet } = it;
    if (!before) {
        return "not known";
    }
    const { customDomainConfig } = before as { customDomainConfig?: { certificateArn?: unknown } };
    const current = customDomainConfig?.certificateArn;
    const now = `${shortArn(current)}${expiryOf(before)}`;
    const change = changes.find(({ setting }) => setting === CERTIFICATE);
    if (change) {
        return `${now}${arrow(it)}${shortArn(change.to)}${expiryOf(outputs)}`;
    }
    if (notKnownYet.includes(CERTIFICATE)) {
        return `${now}${arrow(it)}not known yet`;
    }
    return current === undefined ? "none" : `${now}, unchanged`;
}

function expiryOf({ certificateExpiry: end }: Record<string, unknown>): string {
    return typeof end === "string" && end !== "" ? ` (expires ${prose(end.slice(0, 10))})` : "";
}

/** An ARN by the first part of its id: the rest only makes the table wide. */
function shortArn(value: unknown): string {
    const arn = valueText(value);
    const [, id] = /:certificate\/([0-9a-f]{8})[0-9a-f-]*$/.exec(arn) ?? [];
    return code(id ? `${id}...` : arn);
}
