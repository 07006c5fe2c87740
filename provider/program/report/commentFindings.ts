import { code, prose } from "./markdown";
import type { ReportEntry } from "./report";

/** A finding, with the domains that have it. */
export type SharedFinding = ReportEntry["findings"][number] & { domains: string[] };

/** How many domains are named with one finding. */
const MAX_DOMAINS = 3;

const ABOUT_THE_PREVIEW = new Set([
    "setting-drifted",
    "no-way-back",
    "not-preflighted",
    "config-unreadable",
    "preflight-failed",
]);

/** The tables of docs/findings.md, by the property that their findings are about. */
const SECTIONS: [RegExp, string][] = [
    [/^domain\b/, "#the-domain"],
    [/^customDomainConfig\b/, "#the-certificate"],
    [/^(managedLoginVersion|verify)\b/, "#managed-login-and-passkeys"],
    [/^routing\b/, "#failover"],
];

/** Each finding once, errors first. */
export function distinctFindings(resources: ReportEntry[]): SharedFinding[] {
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

/**
 * A finding as one line: severity, what it is about, what was seen, the remedy, and the code as a link.
 *
 * @param page Where docs/findings.md is to be read; without it, the code is no link.
 */
export function findingLine(finding: SharedFinding, namesDomains: boolean, page: string | undefined): string {
    const { severity, message, remedy, property, domains } = finding;
    const about = [...(namesDomains ? [domainList(domains)] : []), code(property)].join(", ");
    const id = page ? `[${code(finding.code)}](${page}${anchorOf(finding)})` : code(finding.code);
    const line = `- **${severity}** ${about}: ${prose(message)}. ${prose(remedy)}. ${id}`;
    return line.replace(/\.{2,} /g, ". ");
}

function domainList(domains: string[]): string {
    const named = domains.slice(0, MAX_DOMAINS).map((it) => code(it));
    const others = domains.length - named.length;
    return named.join(", ") + (others > 0 ? ` and ${others} more` : "");
}

/** The table of docs/findings.md that has a finding. */
export function anchorOf({ code: id, property }: { code: string; property: string }): string {
    if (ABOUT_THE_PREVIEW.has(id)) {
        return "#the-preview-itself";
    }
    return SECTIONS.find(([pattern]) => pattern.test(property))?.[1] ?? "";
}
