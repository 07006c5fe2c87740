import { isUnderWay } from "./domainStatus";
import { fillUnreported, namesIn, type SettingName, type Settings, sameSetting } from "./settings";

/** A domain as it was seen, as far as drift asks. */
export interface ObservedState {
    status: string;
    settings: Settings;
}

/**
 * The settings that were changed outside of Pulumi. Pure. What the program does not manage does not drift; a setting that
 * AWS does not report is not taken for changed, but a failover that it does not report is not there. While an update is on its
 * way, nothing is: what AWS has may be the old or the new.
 *
 * @param desired What the program says.
 * @param lastApplied What the state has. Where it is not what the program says, it is the program that changes.
 * @param observed What AWS has.
 */
export function driftOf(desired: Settings, lastApplied: Settings, { status, settings }: ObservedState): SettingName[] {
    if (isUnderWay(status)) {
        return [];
    }
    const reported = fillUnreported(settings, lastApplied);
    return namesIn(desired)
        .filter((name) => sameSetting(desired[name], lastApplied[name]))
        .filter((name) => reported[name] !== undefined || name === "failover")
        .filter((name) => !sameSetting(reported[name], desired[name]));
}

/** Whether `onDrift: "correct"` has something to put right: settings that drifted, or a domain whose last update failed. */
export function needsCorrection(
    observed: ObservedState,
    desired: Settings,
    lastApplied: Settings,
    ignored: readonly SettingName[],
): boolean {
    return (
        driftOf(desired, lastApplied, observed).some((name) => !ignored.includes(name)) ||
        (observed.status === "FAILED" && namesIn(desired).length > 0)
    );
}
