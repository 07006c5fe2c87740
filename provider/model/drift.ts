import { isUnderWay } from "./domainStatus";
import { differences, fillUnreported, namesIn, pick, type SettingName, type Settings, sameSetting } from "./settings";
import { describeSetting, settingText } from "./settingsText";

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

/**
 * What an update undoes of somebody else's, in words; undefined where there is nothing. What `ignoreChanges` covers counts, too:
 * an update sends it as the state has it.
 */
export function undoneDrift(
    domain: string,
    lastApplied: Settings,
    desired: Settings,
    observed: ObservedState,
): string | undefined {
    const undone = differences(observed.settings, pick(desired, driftOf(lastApplied, lastApplied, observed)));
    return undone.length > 0
        ? `${domain} was changed outside of Pulumi: ${driftText(undone, lastApplied, observed)}. This update undoes it.`
        : undefined;
}

/**
 * Why an update that only repeats a failed proof is refused, in words: what somebody has changed since may be what keeps
 * sign-in working. Undefined where there is nothing.
 */
export function rescueText(
    domain: string,
    lastApplied: Settings,
    desired: Settings,
    observed: ObservedState,
): string | undefined {
    const rescued = driftOf(desired, lastApplied, observed);
    return rescued.length > 0
        ? `${domain}: the last update was not proved, and somebody has changed the domain since: ${driftText(rescued, lastApplied, observed)}. Nothing is sent, since that would undo it. To keep it, give that value in the program; to try again, run \`pulumi up --refresh\`.`
        : undefined;
}

function driftText(names: SettingName[], lastApplied: Settings, { settings }: ObservedState): string {
    return names
        .map((name) => `${describeSetting(name, settings)}, where Pulumi had set ${settingText(name, lastApplied)}`)
        .join("; ");
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
