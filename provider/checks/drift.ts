import type { Judgement } from "../model/findings";
import { ARGUMENT_PATH, type SettingName, type Settings } from "../model/settings";
import { describeSetting, settingText } from "../model/settingsText";

/** What was changed outside of Pulumi, of a resource that this update leaves as it is: a finding a setting. Pure. */
export function judgeDrift(drift: SettingName[], desired: Settings, observed: Settings): Judgement[] {
    return drift.map((name) => ({
        code: "setting-drifted",
        ground: "advisory",
        property: ARGUMENT_PATH[name],
        message: `${describeSetting(name, desired)} was changed to ${settingText(name, observed)} outside of Pulumi, and this update leaves it`,
        remedy: 'Put it back with `pulumi up --refresh` or onDrift: "correct", or keep it by saying so in the program',
    }));
}
