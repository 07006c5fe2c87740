import type { WayBack } from "../../checks/wayBack";
import { defined } from "../../model/defined";
import { OUTPUT_NAMES } from "../../model/domainOutputs";
import type { Finding } from "../../model/findings";
import type { ObservedDomain } from "../../model/observations";
import {
    ARGUMENT_PATH,
    differences,
    namesIn,
    type SettingName,
    type Settings,
    targetSettings,
} from "../../model/settings";
import type { ExpectedOutputs } from "../expectedOutputs";
import type { ReportEntry } from "./report";

/** What is known of a resource that fails the preview, or before the engine has it. */
export function entryOf(
    name: string,
    args: Record<string, unknown>,
    findings: Finding[],
    isRefused: boolean,
): ReportEntry {
    return {
        name,
        domain: textOf(args.domain),
        userPoolId: textOf(args.userPoolId),
        verdict: isRefused ? "refused" : findings.length > 0 ? "warned" : "ok",
        action: "none",
        changes: [],
        kept: {},
        drift: [],
        findings,
        outputs: {},
        unknown: [...OUTPUT_NAMES],
    };
}

/** The entry, completed by what the engine will do. */
export function withAction(entry: ReportEntry, action: ReportEntry["action"]): ReportEntry {
    return { ...entry, action };
}

/** The entry of a resource that the engine will create or update, completed by what that will write. */
export function withPlan(entry: ReportEntry, { settings: before }: ObservedDomain, desired: Settings): ReportEntry {
    const target = targetSettings(before, desired);
    const changed = differences(before, target);
    const kept = namesIn(target).filter((setting) => !changed.includes(setting));
    return {
        ...entry,
        changes: changed.map((setting) => ({
            setting: ARGUMENT_PATH[setting],
            from: before[setting],
            to: target[setting],
        })),
        kept: Object.fromEntries(kept.map((setting: SettingName) => [ARGUMENT_PATH[setting], target[setting]])),
    };
}

/** The entry of a resource that the engine leaves alone, completed by what was changed outside of Pulumi. */
export function withDrift(
    entry: ReportEntry,
    drift: SettingName[],
    desired: Settings,
    observed: Settings,
): ReportEntry {
    return {
        ...entry,
        drift: drift.map((setting) => ({
            setting: ARGUMENT_PATH[setting],
            desired: desired[setting],
            observed: observed[setting],
        })),
    };
}

/** The entry of a resource that has passed its check, with the findings that stand all the same. */
export function withFindings(entry: ReportEntry, findings: Finding[]): ReportEntry {
    return {
        ...entry,
        verdict: findings.length > 0 ? "warned" : "ok",
        // `drift` has it.
        findings: findings.filter(({ code }) => code !== "setting-drifted"),
    };
}

/** The entry of a resource that fails the preview after its check. */
export function asRefused(entry: ReportEntry): ReportEntry {
    return { ...entry, verdict: "refused" };
}

/** The entry, completed by the domain that the resource moves away from, which a restore then writes to. */
export function withLeaving(entry: ReportEntry, restores: string | undefined): ReportEntry {
    return restores ? { ...entry, restores } : entry;
}

/** The entry, completed by whether what was in force could be put back, where the program wants that. */
export function withWayBack(entry: ReportEntry, wayBack: WayBack | undefined): ReportEntry {
    return wayBack ? { ...entry, wayBack } : entry;
}

/** The entry, completed by how AWS has the domain now; undefined where that is not known. */
export function withBefore(entry: ReportEntry, before: ReportEntry["before"]): ReportEntry {
    return { ...entry, before };
}

/** The entry, completed by the outputs that are known. */
export function withOutputs(entry: ReportEntry, outputs: ExpectedOutputs): ReportEntry {
    return {
        ...entry,
        outputs: defined(Object.fromEntries(outputs)),
        unknown: OUTPUT_NAMES.filter((name) => !outputs.has(name)),
    };
}

function textOf(value: unknown): string | undefined {
    return typeof value === "string" ? value : undefined;
}
