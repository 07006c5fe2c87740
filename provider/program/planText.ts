import { day } from "../model/day";
import type { Observations, ObservedDomain } from "../model/observations";
import { differences, namesIn, type Settings, targetSettings } from "../model/settings";
import { SETTING_LABEL, shortSettingText } from "../model/settingsText";

/**
 * What an update would change in AWS, in one line; undefined where it would change nothing. Pulumi itself can show only
 * what changes in the program: of a first adoption, that is just `+ create`.
 */
export function planText(
    name: string,
    domain: ObservedDomain,
    desired: Settings,
    certificate: Observations["certificate"],
): string | undefined {
    const before = domain.settings;
    const target = targetSettings(before, desired);
    const changed = differences(before, target);
    if (changed.length === 0) {
        return undefined;
    }
    const parts = namesIn(target).map((setting) => {
        if (!changed.includes(setting)) {
            return `${SETTING_LABEL[setting]} ${shortSettingText(setting, target)} kept`;
        }
        const facts = setting === "certificateArn" ? certificateFacts(target, certificate) : "";
        return `${SETTING_LABEL[setting]} ${shortSettingText(setting, before)} -> ${shortSettingText(setting, target)}${facts}`;
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
