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

/** In the order in which people read them. */
export const SETTING_NAMES: readonly SettingName[] = [
    "managedLoginVersion",
    "certificateArn",
    "securityPolicy",
    "failover",
];

/** How each setting is written in a program: the words of every message. */
export const ARGUMENT_PATH: Record<SettingName, string> = {
    managedLoginVersion: "managedLoginVersion",
    certificateArn: "customDomainConfig.certificateArn",
    securityPolicy: "customDomainConfig.securityPolicy",
    failover: "routing.failover",
};

/** The same settings in the shape of the resource's arguments and outputs, which is AWS's. */
export interface SettingsArguments {
    managedLoginVersion?: number;
    customDomainConfig?: { certificateArn?: string; securityPolicy?: string };
    routing?: { failover?: Failover };
}

/** Arguments -> settings. A null, which JavaScript programs and JSON have, is left out like undefined. */
export function settingsOf(args: SettingsArguments): Settings {
    return defined({
        managedLoginVersion: args.managedLoginVersion ?? undefined,
        certificateArn: args.customDomainConfig?.certificateArn ?? undefined,
        securityPolicy: args.customDomainConfig?.securityPolicy ?? undefined,
        failover: args.routing?.failover ?? undefined,
    });
}

/** Settings -> arguments. */
export function argumentsOf({
    managedLoginVersion,
    certificateArn,
    securityPolicy,
    failover,
}: Settings): SettingsArguments {
    const customDomainConfig = defined({ certificateArn, securityPolicy });
    return defined({
        managedLoginVersion,
        customDomainConfig: isEmpty(customDomainConfig) ? undefined : customDomainConfig,
        routing: failover && { failover },
    });
}

/** The oldest TLS policy that managed login works with; AWS refuses TLS_V1 with version 2. */
export const MANAGED_LOGIN_SECURITY_POLICY = "TLS_V1_2_2021";

/** The complete settings that AWS should have: the desired ones over the observed ones. */
export function targetSettings(observed: Settings, desired: Settings): Settings {
    const target = { ...observed, ...desired };
    return raisesSecurityPolicy(observed, desired)
        ? { ...target, securityPolicy: MANAGED_LOGIN_SECURITY_POLICY }
        : target;
}

/** Managed login over a TLS_V1 that the program says nothing about: the policy has to go up with it. */
export function raisesSecurityPolicy(observed: Settings, desired: Settings): boolean {
    const version = desired.managedLoginVersion ?? observed.managedLoginVersion;
    return (
        version === 2 &&
        observed.securityPolicy === "TLS_V1" &&
        desired.securityPolicy === undefined &&
        !isEmpty(desired)
    );
}

/**
 * The observed settings, completed by what was sent last. Only the TLS policy: whether Describe reports it for every domain is
 * documented nowhere, while a routing that it does not report is not there.
 */
export function completed(observed: Settings, sent: Settings = {}): Settings {
    const isUnreported = observed.securityPolicy === undefined && observed.certificateArn !== undefined;
    return isUnreported && sent.securityPolicy !== undefined
        ? { ...observed, securityPolicy: sent.securityPolicy }
        : observed;
}

/** The names of the settings in `desired` that differ from `observed`. */
export function differences(observed: Settings, desired: Settings): SettingName[] {
    return namesIn(desired).filter((name) => !sameSetting(observed[name], desired[name]));
}

/** The names of the settings that are there. */
export function namesIn(settings: Settings): SettingName[] {
    return SETTING_NAMES.filter((name) => settings[name] !== undefined);
}

/** The part of the settings that the names say. */
export function pick(settings: Settings, names: readonly SettingName[]): Settings {
    return Object.fromEntries(
        names.filter((name) => settings[name] !== undefined).map((name) => [name, settings[name]]),
    );
}

export function sameSetting(a: Settings[SettingName], b: Settings[SettingName]): boolean {
    if (typeof a === "object" && typeof b === "object") {
        return (
            a.secondaryRegion === b.secondaryRegion && a.primaryRoute53HealthCheckId === b.primaryRoute53HealthCheckId
        );
    }
    return a === b;
}

function isEmpty(object: object): boolean {
    return Object.keys(object).length === 0;
}
