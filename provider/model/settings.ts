import { isDeepStrictEqual } from "node:util";
import { defined } from "./objects";

/** The failover routing of a domain, as the API has it, in our spelling. */
export interface Failover {
    secondaryRegion: string;
    primaryRoute53HealthCheckId: string;
}

/**
 * Everything about a domain that UpdateUserPoolDomain can change, flat.
 *
 * As *desired* settings, a member that is missing is not managed; as *observed* settings, it was not reported.
 */
export interface Settings {
    /** 1 classic hosted UI, 2 managed login. */
    managedLoginVersion?: number;
    certificateArn?: string;
    securityPolicy?: string;
    failover?: Failover;
}

export type SettingName = keyof Settings;

/** How each setting is written in a program: the words of every message. */
export const ARGUMENT_PATH: Record<SettingName, string> = {
    managedLoginVersion: "managedLoginVersion",
    certificateArn: "customDomainConfig.certificateArn",
    securityPolicy: "customDomainConfig.securityPolicy",
    failover: "routing.failover",
};

/** In the order in which people read them. */
export const SETTING_NAMES = Object.keys(ARGUMENT_PATH) as readonly SettingName[];

/** The same settings in the shape of the resource's arguments and outputs, which is AWS's. */
export interface SettingsArguments {
    managedLoginVersion?: number;
    customDomainConfig?: { certificateArn?: string; securityPolicy?: string };
    routing?: { failover?: Failover };
}

/** Arguments -> settings. A null, which JavaScript programs and JSON have, counts as undefined. */
export function settingsOf(args: SettingsArguments): Settings {
    return defined({
        managedLoginVersion: args.managedLoginVersion ?? undefined,
        certificateArn: args.customDomainConfig?.certificateArn ?? undefined,
        securityPolicy: args.customDomainConfig?.securityPolicy ?? undefined,
        failover: args.routing?.failover ?? undefined,
    });
}

/** Settings -> arguments. */
export function argumentsOf(settings: Settings): SettingsArguments {
    const { managedLoginVersion, certificateArn, securityPolicy, failover } = settings;
    const isCustom = certificateArn !== undefined || securityPolicy !== undefined;
    return defined({
        managedLoginVersion,
        customDomainConfig: isCustom ? defined({ certificateArn, securityPolicy }) : undefined,
        routing: failover && { failover },
    });
}

/** True if the TLS policy is too low for managed login: AWS refuses TLS_V1 with version 2. */
export function isTooLow({ managedLoginVersion, securityPolicy }: Settings): boolean {
    return managedLoginVersion === 2 && securityPolicy === "TLS_V1";
}

/**
 * The observed settings, with the TLS policy that was sent last if Describe does not report one: AWS does not document whether it
 * reports it for every domain. Routing that it does not report does not exist.
 */
export function completed(observed: Settings, sent: Settings = {}): Settings {
    const isUnreported = observed.securityPolicy === undefined && observed.certificateArn !== undefined;
    return isUnreported ? defined({ ...observed, securityPolicy: sent.securityPolicy }) : observed;
}

/** The names of the settings in `desired` that differ from `observed`. */
export function differences(observed: Settings, desired: Settings): SettingName[] {
    return namesIn(desired).filter((name) => !sameSetting(observed[name], desired[name]));
}

/** The names of the settings that have a value. */
export function namesIn(settings: Settings): SettingName[] {
    return SETTING_NAMES.filter((name) => settings[name] !== undefined);
}

/** The settings with these names. */
export function pick(settings: Settings, names: readonly SettingName[]): Settings {
    return defined(Object.fromEntries(names.map((name) => [name, settings[name]])));
}

export function sameSetting(a: Settings[SettingName], b: Settings[SettingName]): boolean {
    return isDeepStrictEqual(a, b);
}
