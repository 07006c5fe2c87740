import { day } from "./certificate";
import { shortArn } from "./certificateArn";
import type { Observations, ObservedDomain } from "./observation";
import { differences, namesIn, overlay, SETTING_LABEL, type SettingName, type Settings, settingText } from "./settings";

/**
 * What an update would change in AWS, in one line; undefined where it would change nothing. Pulumi itself can show only
 * what changes in the program: of a first adoption, that is just `+ create`.
 */
export function planText(
    name: string,
    domain: ObservedDomain,
    wanted: Settings,
    certificate: Observations["certificate"],
): string | undefined {
    const before = domain.settings;
    const target = overlay(before, wanted);
    const changed = differences(before, target);
    if (changed.length === 0) {
        return undefined;
    }
    const text = (setting: SettingName, settings: Settings) =>
        setting === "certificateArn" ? shortArn(settingText(setting, settings)) : settingText(setting, settings);
    const parts = namesIn(target).map((setting) => {
        if (!changed.includes(setting)) {
            return `${SETTING_LABEL[setting]} ${text(setting, target)} kept`;
        }
        const facts = setting === "certificateArn" ? certificateFacts(target, certificate) : "";
        return `${SETTING_LABEL[setting]} ${text(setting, before)} -> ${text(setting, target)}${facts}`;
    });
    return `${name}: ${parts.join("; ")}`;
}

function certificateFacts({ certificateArn }: Settings, certificate: Observations["certificate"]): string {
    if (!certificate || certificate.arn !== certificateArn || !("found" in certificate.look)) {
        return "";
    }
    const { names, notAfter } = certificate.look.found;
    const more = names.length > 1 ? ` and ${names.length - 1} more` : "";
    return ` (${names[0] ?? "no name"}${more}${notAfter ? `, ends ${day(notAfter)}` : ""})`;
}
