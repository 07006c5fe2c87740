import { ARGUMENT_PATH, type SettingName, type Settings } from "../model/settings";
import { SETTING_LABEL, shortSettingText } from "../model/settingsText";
import type { Judgement } from "./severity";

/** What was changed outside of Pulumi, of a resource that this update leaves as it is: a finding a setting. Pure. */
export function judgeDrift(drift: SettingName[], desired: Settings, observed: Settings): Judgement[] {
    return drift.map((name) => ({
        code: "setting-drifted",
        ground: "advisory",
        property: ARGUMENT_PATH[name],
        message: `${SETTING_LABEL[name]} ${shortSettingText(name, desired)} was changed to ${shortSettingText(name, observed)} outside of Pulumi, and this update leaves it`,
        remedy: REMEDY,
    }));
}

const REMEDY =
    'Put it back with `pulumi up --refresh` or onDrift: "correct", or keep it by giving that value in the program';

/** The same, before the engine has told whether it is the program that has changed. Pure. */
export function judgePossibleDrift(drift: SettingName[], desired: Settings, observed: Settings): Judgement[] {
    return judgeDrift(drift, desired, observed).map((judgement, index) => {
        const name = drift[index] as SettingName;
        const values = `${shortSettingText(name, observed)} in AWS and ${shortSettingText(name, desired)} in the program`;
        const message = `${SETTING_LABEL[name]} is ${values}: changed outside of Pulumi, unless the program has changed since the last update`;
        return { ...judgement, message };
    });
}
