import { driftOf, type ObservedState } from "../model/drift";
import { differences, pick, type SettingName, type Settings } from "../model/settings";
import { describeSetting, settingText } from "../model/settingsText";

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
 * Why an update that only repeats a failed verification is refused, in words: what somebody has changed since may be what keeps
 * sign-in working. Undefined where there is nothing.
 */
export function driftRefusal(
    domain: string,
    lastApplied: Settings,
    desired: Settings,
    observed: ObservedState,
): string | undefined {
    const drifted = driftOf(desired, lastApplied, observed);
    return drifted.length > 0
        ? `${domain}: the last update was not verified, and somebody has changed the domain since: ${driftText(drifted, lastApplied, observed)}. Nothing is sent, since that would undo it. To keep it, give that value in the program; to try again, run \`pulumi up --refresh\`.`
        : undefined;
}

function driftText(names: SettingName[], lastApplied: Settings, { settings }: ObservedState): string {
    return names
        .map((name) => `${describeSetting(name, settings)}, where Pulumi had set ${settingText(name, lastApplied)}`)
        .join("; ");
}
