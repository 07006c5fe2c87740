import { shortArn } from "./certificateArn";
import { ARGUMENT_PATH, argumentsOf, namesIn, type SettingName, type Settings } from "./settings";

/** The placeholder for a secret. */
export const SECRET = "[secret]";

/** The name of each setting in a sentence. */
const SETTING_LABEL: Record<SettingName, string> = {
    managedLoginVersion: "managed login",
    certificateArn: "certificate",
    securityPolicy: "TLS policy",
    failover: "failover",
};

/** Settings in words. ARNs are shortened to their last part. */
export class SettingsText {
    /** @param secret The settings whose values must not be shown. */
    constructor(private readonly secret: readonly SettingName[]) {}

    /** `2`, `.../1234abcd-...`; "none reported" if there is no value. */
    value(name: SettingName, settings: Settings): string {
        const value = settings[name];
        if (this.secret.includes(name)) {
            return SECRET;
        }
        if (typeof value === "object") {
            return `${value.secondaryRegion} (health check ${value.primaryRoute53HealthCheckId})`;
        }
        return name === "certificateArn" && value ? shortArn(String(value)) : String(value ?? "none reported");
    }

    /** `managed login 2, certificate .../1234abcd-..., TLS policy TLS_V1_2_2021`. */
    all(settings: Settings, names: readonly SettingName[] = namesIn(settings)): string {
        return names.map((name) => `${SETTING_LABEL[name]} ${this.value(name, settings)}`).join(", ") || "no settings";
    }

    /** The arguments in full, to be pasted into a program. */
    asArguments(settings: Settings): string {
        const shown = namesIn(settings).map((name) => [name, this.secret.includes(name) ? SECRET : settings[name]]);
        return JSON.stringify(argumentsOf(Object.fromEntries(shown)));
    }
}

/** `managedLoginVersion, customDomainConfig.certificateArn`: the arguments for some settings. */
export function argumentPaths(names: readonly SettingName[]): string {
    return names.map((name) => ARGUMENT_PATH[name]).join(", ");
}
