import { SECRET } from "../../model/settingsText";
import { CERTIFICATE, isRefused, titleOf, valueText } from "./commentTable";
import { code, prose } from "./markdown";
import type { ReportEntry, ReportedChange } from "./report";

type Finding = ReportEntry["findings"][number];

/** The list below the table: findings, errors first; replacements; how to keep or revert; outputs. Codes are links to `page`. */
export function commentLines(resources: ReportEntry[], page: string | undefined): string[] {
    const planned = resources.filter((it) => !isRefused(it));
    return [
        ...findingLines(resources, page),
        ...planned.flatMap(replacementLine),
        ...resources.flatMap(keepLine),
        ...planned.flatMap(revertLine),
        ...planned.flatMap(outputsLine),
    ];
}

const OVERWRITES = "overwrites-external-change";

/** Domains that are named with one finding. */
const MAX_DOMAINS = 3;

/** Each finding once, with the domains that have it: severity, argument, what is wrong, what to do, and the code. */
function findingLines(resources: ReportEntry[], page: string | undefined): string[] {
    const found = new Map<string, { finding: Finding; domains: string[] }>();
    for (const resource of resources) {
        for (const finding of [...resource.findings, ...corrections(resource)]) {
            const key = JSON.stringify(finding);
            const known = found.get(key) ?? { finding, domains: [] };
            known.domains.push(titleOf(resource));
            found.set(key, known);
        }
    }
    const rank = ({ severity, accepted }: Finding) => (severity === "error" && !accepted ? 0 : 1);
    const sorted = [...found.values()].sort((a, b) => rank(a.finding) - rank(b.finding));
    return sorted.map(({ finding, domains }) => {
        const { severity, accepted, message, remedy, property } = finding;
        const others = domains.length > MAX_DOMAINS ? ` and ${domains.length - MAX_DOMAINS} more` : "";
        const named = resources.length > 1 ? `${domains.slice(0, MAX_DOMAINS).join(", ")}${others}, ` : "";
        const label = finding.code === OVERWRITES ? `${severity}: this update overwrites a value` : severity;
        const link = page ? `[${code(finding.code)}](${page})` : code(finding.code);
        const line = `- **${label}**${accepted ? " (accepted)" : ""} ${named}${code(property)}: ${prose(message)}. ${prose(remedy)}. ${link}`;
        return line.replace(/\.{2,} /g, ". ");
    });
}

/** A change that `onDrift: "correct"` overwrites is no finding, since the program asks for it, but a reviewer has to know. */
function corrections({ findings, overwrites }: ReportEntry): Finding[] {
    const isFound = (setting: string) => findings.some((it) => it.code === OVERWRITES && it.property === setting);
    return overwrites
        .filter(({ setting }) => !isFound(setting))
        .map(({ setting, observed, desired }) => ({
            code: OVERWRITES,
            kind: "advisory",
            severity: "warning",
            property: setting,
            message: `the current value, ${valueText(observed)}, was set outside Pulumi; onDrift: "correct" replaces it with ${valueText(desired)}`,
            remedy: "Check with whoever changed it; to keep that value, set it in the program",
        }));
}

/** The arguments that named the previous domain, for a resource that moves to another one. */
function previousAddress({ replaces, domain, userPoolId }: ReportEntry): [argument: string, value: string][] {
    const [name, pool] = replaces?.split("/").reverse() ?? [];
    const previous = { userPoolId: [pool, userPoolId], domain: [name, domain] };
    return Object.entries(previous).flatMap(([argument, [old, now]]) =>
        old !== undefined && old !== now ? [[argument, old] as [string, string]] : [],
    );
}

/** Pulumi's log says "replace" and "delete", but not of the domain. */
function replacementLine(it: ReportEntry): string[] {
    if (it.action !== "replace") {
        return [];
    }
    const previous = new Map(previousAddress(it)).get("domain");
    const text =
        previous === undefined
            ? "Pulumi replaces only its own resource, which deletes no domain"
            : `this resource no longer manages ${code(previous)}, which stays in AWS as it is. If Pulumi's log shows that another resource deletes that domain, nobody can sign in there any more`;
    return [`- **warning: replacement** ${titleOf(it)}: ${text}.`];
}

/** A value to copy. */
function toSet(value: unknown): string {
    return value === SECRET ? "its value in AWS now (secret)" : code(valueText(value));
}

/** The values in AWS, in full, that the program would have to ask for. */
function keepLine(it: ReportEntry): string[] {
    const values = it.drift.map(({ setting, observed }) => `${code(setting)} to ${toSet(observed)}`);
    return values.length > 0
        ? [`- **to keep what AWS has** ${titleOf(it)}: set ${values.join(" and ")} in the program.`]
        : [];
}

/** The values to set in the program to return to the current ones. */
function revertLine(it: ReportEntry): string[] {
    const { changes, before, overwrites, rollsBack } = it;
    const isExpired = Date.parse(String(before?.certificateExpiry)) <= Date.now();
    const isUnusable = ({ setting }: ReportedChange) => setting === CERTIFICATE && isExpired;
    const restorable = changes.filter((it) => it.from !== undefined && !isUnusable(it));
    const values = restorable.map(({ setting, from }) => `${code(setting)} to ${toSet(from)}`);
    const address = previousAddress(it).map(([argument, value]) => `${code(argument)} to ${code(value)}`);
    const added = changes.filter(({ from }) => from === undefined).map(({ setting }) => code(setting));
    const parts = [
        ...(values.length > 0 ? [`set ${values.join(" and ")} in the program, and run ${code("pulumi up")}`] : []),
        ...(values.length > 0 ? ["removing an argument reverts nothing"] : []),
        ...(overwrites.length > 0 ? ["reverting the pull request does not restore a value set outside Pulumi"] : []),
        ...(changes.some(isUnusable) ? ["the previous certificate has expired, and would be refused"] : []),
        ...(added.length > 0 ? [`${added.join(", ")} stays: AWS reports no value now, and cannot remove one`] : []),
        // The values above are those of the domain that the resource moves to.
        ...(address.length > 0
            ? [
                  `to manage the previous domain again, set ${address.join(" and ")}, with the settings it had in the program`,
              ]
            : []),
        ...(rollsBack && changes.length > 0 ? ["if the update fails, it is rolled back"] : []),
    ];
    return parts.length > 0 ? [`- **to revert** ${titleOf(it)}: ${parts.join("; ")}.`] : [];
}

/** The outputs that are not in the table. */
const OUTPUTS = ["baseUrl", "cloudFrontDomain", "cloudFrontHostedZoneId", "certificateExpiry"];

/** The outputs that other stacks and resources will see change. */
function outputsLine(it: ReportEntry): string[] {
    if (it.action === "none") {
        return [];
    }
    const changed = OUTPUTS.filter((name) => it.action !== "update" || it.before?.[name] !== it.outputs[name])
        .filter((name) => it.outputs[name] !== undefined)
        .map((name) => `${code(name)} ${code(valueText(it.outputs[name]))}`);
    const later = OUTPUTS.filter((name) => it.unknown.includes(name)).map((name) => code(name));
    const parts = [...changed, ...(later.length > 0 ? [`known after the update: ${later.join(", ")}`] : [])];
    const label =
        it.action === "adopt" && it.before
            ? `**new in Pulumi** ${titleOf(it)}: the domain already exists; ${code("create")} only means that Pulumi starts to manage its settings. Outputs`
            : `**outputs after the update** ${titleOf(it)}`;
    return parts.length > 0 ? [`- ${label}: ${parts.join("; ")}.`] : [];
}
