import { membersOf, overlap, startsWith } from "../../inputs/propertyPath";
import { REDACTED } from "../../inputs/redaction";
import { oneLine } from "../../model/plainText";
import { redactFor } from "../findingsText";
import type { ReportEntry } from "./report";

/**
 * The entry as it may leave the process: what is secret is redacted, what AWS has at the same place too, and every text is one
 * line without control characters.
 * @param paths The paths of the secret arguments.
 */
export function redactEntry(entry: ReportEntry, args: Record<string, unknown>, paths: readonly string[]): ReportEntry {
    const secrets = paths.map(membersOf);
    const setting = (name: string, value: unknown) =>
        value !== undefined && secrets.some((it) => overlap(it, membersOf(name))) ? REDACTED : value;
    const values = (outputs: Record<string, unknown>) =>
        mapped(outputs, (value, path) =>
            secrets.some((it) => startsWith(path, it)) ? REDACTED : value,
        ) as typeof outputs;
    const redacted: ReportEntry = {
        ...entry,
        changes: entry.changes.map((it) => ({
            ...it,
            ...("from" in it ? { from: setting(it.setting, it.from) } : {}),
            to: setting(it.setting, it.to),
        })),
        kept: Object.fromEntries(Object.entries(entry.kept).map(([name, value]) => [name, setting(name, value)])),
        drift: entry.drift.map((it) => ({
            setting: it.setting,
            desired: setting(it.setting, it.desired),
            observed: setting(it.setting, it.observed),
        })),
        outputs: values(entry.outputs),
        ...(entry.before && { before: values(entry.before) }),
    };
    return mapped(redacted, (value) =>
        typeof value === "string" ? oneLine(redactFor({ args, secret: [...paths] }, value)) : value,
    ) as ReportEntry;
}

/** The value with each member, and then itself, replaced. */
function mapped(
    value: unknown,
    replace: (value: unknown, path: readonly string[]) => unknown,
    path: readonly string[] = [],
): unknown {
    if (Array.isArray(value)) {
        return value.map((item, index) => mapped(item, replace, [...path, String(index)]));
    }
    if (typeof value !== "object" || value === null) {
        return replace(value, path);
    }
    const members = Object.entries(value).map(([name, member]) => [name, mapped(member, replace, [...path, name])]);
    return Object.fromEntries(members);
}
