import { shortArn } from "./certificateArn";
import { ARGUMENT_PATH, namesIn, type SettingName, type Settings } from "./settings";

/** What each setting is called in a sentence. */
export const SETTING_LABEL: Record<SettingName, string> = {
    managedLoginVersion: "managed login",
    certificateArn: "certificate",
    securityPolicy: "TLS policy",
    failover: "failover",
};

/** `managed login 2`, `certificate arn:...`: one setting in words. */
export function describeSetting(name: SettingName, settings: Settings): string {
    return `${SETTING_LABEL[name]} ${settingText(name, settings)}`;
}

/** The value of one setting in words; "none" where there is none. */
export function settingText(name: SettingName, settings: Settings): string {
    if (name === "failover") {
        const { failover } = settings;
        return failover
            ? `to ${failover.secondaryRegion} by health check ${failover.primaryRoute53HealthCheckId}`
            : "none";
    }
    return String(settings[name] ?? "none");
}

/** The same, with no more of an ARN than tells it from others. */
export function shortSettingText(name: SettingName, settings: Settings): string {
    const text = settingText(name, settings);
    return name === "certificateArn" && settings[name] !== undefined ? shortArn(text) : text;
}

/** `managed login 2, certificate arn:..., TLS policy TLS_V1_2_2021`: settings in words. */
export function describeSettings(settings: Settings): string {
    return (
        namesIn(settings)
            .map((name) => describeSetting(name, settings))
            .join(", ") || "no settings"
    );
}

/** `managedLoginVersion, customDomainConfig.certificateArn`: the arguments that settings are given by. */
export function argumentPaths(names: readonly SettingName[]): string {
    return names.map((name) => ARGUMENT_PATH[name]).join(", ");
}
