import type { ObservedDomain } from "./observation";
import { describeSettings, differences, namesIn, pick, type SettingName, type Settings, sameSetting } from "./settings";

/** What one look at a domain says about an update on its way. */
export type Progress =
    /** At rest with every wanted value; `unreported` are those that Describe does not report at all. */
    { state: "converged"; unreported: SettingName[] } | { state: "underway" } | { state: "failed"; reason: string };

/**
 * Has the domain arrived at the target? Pure.
 *
 * ACTIVE alone proves nothing: the status may not have moved yet. A value that is neither the old nor the wanted one,
 * on a domain at rest, was put there by somebody else.
 */
export function progressOf(seen: ObservedDomain | undefined, before: Settings, target: Settings): Progress {
    if (!seen) {
        return { state: "failed", reason: "the domain is gone: somebody deleted it during the update" };
    }
    if (seen.status === "FAILED" || seen.status === "DELETING") {
        return {
            state: "failed",
            reason: `the domain has status ${seen.status}, with ${describeSettings(seen.settings)}`,
        };
    }
    if (seen.status !== "ACTIVE") {
        return { state: "underway" };
    }
    const reported = pick(target, namesIn(seen.settings));
    const pending = differences(seen.settings, reported);
    const foreign = pending.filter((name) => !sameSetting(seen.settings[name], before[name]));
    if (foreign.length > 0) {
        return {
            state: "failed",
            reason: `somebody else changed the domain meanwhile: it has ${describeSettings(pick(seen.settings, foreign))}`,
        };
    }
    if (pending.length > 0) {
        return { state: "underway" };
    }
    return { state: "converged", unreported: namesIn(target).filter((name) => seen.settings[name] === undefined) };
}
