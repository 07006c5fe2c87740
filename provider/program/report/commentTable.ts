import { code, prose } from "./markdown";
import type { ReportEntry, ReportedChange } from "./report";

/** One row for each domain; `rest` is the number of domains without one. */
export function domainTable(resources: ReportEntry[], rest: number): string[] {
    const row = (...cells: string[]) => `| ${cells.join(" | ")} |`;
    return [
        row("Domain", "What users see", "Certificate", "To revert"),
        row("---", "---", "---", "---"),
        ...resources.map((it) => row(titleOf(it), effectOf(it), certificateOf(it), revertOf(it))),
        ...(rest > 0 ? [row(`${rest} more`, "", "", "")] : []),
    ];
}

/** The domain as code; the resource's name if it is not known. */
export function titleOf({ domain, name }: ReportEntry): string {
    return code(domain ?? name);
}

export const CERTIFICATE = "customDomainConfig.certificateArn";
const BLOCKED = "nothing is deployed";
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
        return [BLOCKED, ...(parts.length > 0 ? [`requested: ${parts.join("; ")}`] : [])].join("; ");
    }
    const replaced =
        it.action === "replace"
            ? ["Pulumi replaces the resource, not the domain: the previous domain keeps its settings"]
            : [];
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
    return it.action === "adopt" ? "no change: Pulumi starts to manage the settings as they are" : "no change";
}

/** True if the update acts on a domain that the preview could not read. */
export function isUnread({ action, before }: ReportEntry): boolean {
    return action !== "none" && before === undefined;
}

export function valueText(value: unknown): string {
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
    return customDomainConfig?.certificateArn === undefined ? "none" : `${now}, unchanged`;
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

function revertOf(it: ReportEntry): string {
    if (isRefused(it)) {
        return "nothing to revert";
    }
    if (it.changes.length === 0) {
        return isUnread(it) || it.notKnownYet.length > 0 ? NOT_KNOWN : "nothing to revert";
    }
    return it.rollsBack ? "automatic if the update fails; later see **to revert**" : "see **to revert** below";
}

export function isRefused({ verdict }: ReportEntry): boolean {
    return verdict === "refused";
}
