import { CERTIFICATE, isRefused, titleOf, valueText } from "./commentTable";
import { code, prose } from "./markdown";
import type { ReportEntry, ReportedChange } from "./report";

/** A finding, with the domains that have it. */
export type SharedFinding = ReportEntry["findings"][number] & { domains: string[] };

/** The list of an entry that has the values of a finding, in a line of their own. */
const LIST_OF = new Map<string, "drift" | "overwrites">([
    ["setting-drifted", "drift"],
    ["overwrites-external-change", "overwrites"],
]);

/** Each other finding once, errors first. */
export function distinctFindings(resources: ReportEntry[]): SharedFinding[] {
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
export function findingLine(finding: SharedFinding, namesDomains: boolean, page: string | undefined): string {
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
export function linkTo(finding: { code: string; property: string }, page: string | undefined): string {
    const property = LIST_OF.has(finding.code) ? "preflight" : finding.property;
    const anchor = SECTIONS.find(([pattern]) => pattern.test(property))?.[1] ?? "";
    return page ? `[${code(finding.code)}](${page}${anchor})` : code(finding.code);
}

/** The settings that were changed outside Pulumi, with both values: those that this update replaces, and those that stay. */
export function outsideLines(it: ReportEntry, page: string | undefined): string[] {
    const line = (label: string, id: string, parts: string[], end: string) => {
        const finding = it.findings.find((one) => one.code === id);
        const accepted = finding?.accepted ? " (accepted)" : "";
        const link = finding ? ` ${linkTo(finding, page)}` : "";
        return parts.length > 0 ? [`- **${label}**${accepted} ${titleOf(it)}: ${parts.join("; ")}${end}${link}`] : [];
    };
    const value = (one: unknown) => code(valueText(one));
    const replaced = it.overwrites.map(
        ({ setting, desired, observed }) =>
            `${code(setting)} is ${value(observed)} in AWS; ${code("pulumi up")} sets ${value(desired)}`,
    );
    const kept = it.drift.map(
        ({ setting, desired, observed }) =>
            `${code(setting)} is ${value(observed)} in AWS and ${value(desired)} in the program`,
    );
    // The preview of an update does not see whether the last one completed.
    const unless = it.action === "update" ? ", unless the last update did not complete" : "";
    const keep = "set AWS's value in the program";
    const overwrite = `run ${code("pulumi up --refresh")}, or set ${code('onDrift: "correct"')}`;
    return [
        ...line(
            "overwrites a change made outside Pulumi",
            "overwrites-external-change",
            replaced,
            `. Ask whoever changed it before you merge; to keep it, ${keep}.`,
        ),
        ...line(
            "changed outside Pulumi",
            "setting-drifted",
            kept,
            `. ${code("pulumi up")} leaves it as it is${unless}. To keep it, ${keep}; to overwrite it, ${overwrite}.`,
        ),
    ];
}

/** The values to set in the program to return to the current ones. */
export function revertLine(it: ReportEntry): string[] {
    const { changes, before } = it;
    if (changes.length === 0 || isRefused(it)) {
        return [];
    }
    const end = before?.certificateExpiry;
    const isExpired = typeof end === "string" && Date.parse(end) <= Date.now();
    const isUnusable = ({ setting }: ReportedChange) => setting === CERTIFICATE && isExpired;
    const revertible = changes.filter((change) => change.from !== undefined && !isUnusable(change));
    const added = changes.filter(({ from }) => from === undefined).map(({ setting }) => code(setting));
    const values = revertible.map(({ setting, from }) => `${code(setting)} to ${code(valueText(from))}`).join(", ");
    const parts = [
        ...(revertible.length > 0 ? [`set ${values} in the program, and run ${code("pulumi up")}`] : []),
        ...(changes.some(isUnusable) ? ["the previous certificate has expired, and would be refused"] : []),
        ...(added.length > 0 ? [`AWS cannot remove ${added.join(", ")}`] : []),
        ...(it.action === "replace" ? ["then name the previous domain again"] : []),
    ];
    return [`- **to revert** ${titleOf(it)}: ${parts.join("; ")}.`];
}

/** In the table, or as the program gives them. */
const SHOWN_ELSEWHERE = ["userPoolId", "domain", "status", "managedLoginVersion", "customDomainConfig", "routing"];

/** The outputs that other stacks and resources will see change. */
export function outputsLine(it: ReportEntry): string[] {
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
        ? `**new in Pulumi** ${titleOf(it)}: the domain already exists; ${code("create")} only means that Pulumi starts to manage its settings. Outputs`
        : `**outputs** ${titleOf(it)}`;
    return parts.length > 0 ? [`- ${label}: ${parts.join("; ")}.`] : [];
}
