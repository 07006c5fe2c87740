import type {
    DomainDescriptionType,
    SecurityPolicyType,
    UpdateUserPoolDomainRequest,
} from "@aws-sdk/client-cognito-identity-provider";
import type { DomainAddress } from "./domain";

/** The failover routing of a domain, as the API has it, in our spelling. */
export interface Failover {
    secondaryRegion: string;
    primaryRoute53HealthCheckId: string;
}

/**
 * Everything about a domain that UpdateUserPoolDomain can change, flat.
 *
 * As *wanted* settings, a member that is missing is not managed; as *observed* settings, it was not reported.
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

/** DescribeUserPoolDomain's answer -> settings. A version that is absent means 1; a prefix domain reports no certificate. */
export function observedSettings(description: DomainDescriptionType): Settings {
    const { CustomDomainConfig, Routing } = description;
    return defined({
        managedLoginVersion: description.ManagedLoginVersion ?? 1,
        certificateArn: CustomDomainConfig?.CertificateArn || undefined,
        securityPolicy: CustomDomainConfig?.SecurityPolicy || undefined,
        failover: Routing?.Failover && {
            secondaryRegion: Routing.Failover.SecondaryRegion ?? "",
            primaryRoute53HealthCheckId: Routing.Failover.PrimaryRoute53HealthCheckId ?? "",
        },
    });
}

/**
 * Settings -> the request that puts all of them in force. Whether AWS keeps or resets what a request leaves out is
 * documented nowhere, so the settings given here are always the whole.
 */
export function updateRequest({ userPoolId, domain }: DomainAddress, settings: Settings): UpdateUserPoolDomainRequest {
    const { managedLoginVersion, certificateArn, securityPolicy, failover } = settings;
    return defined({
        Domain: domain,
        UserPoolId: userPoolId,
        ManagedLoginVersion: managedLoginVersion,
        // A certificate is what makes a domain a custom one; an empty CustomDomainConfig is refused.
        CustomDomainConfig: certificateArn
            ? defined({
                  CertificateArn: certificateArn,
                  SecurityPolicy: securityPolicy as SecurityPolicyType | undefined,
              })
            : undefined,
        Routing: failover && {
            Failover: {
                SecondaryRegion: failover.secondaryRegion,
                PrimaryRoute53HealthCheckId: failover.primaryRoute53HealthCheckId,
            },
        },
    });
}

/** The oldest TLS policy that managed login works with; AWS refuses TLS_V1 with version 2. */
const MANAGED_LOGIN_SECURITY_POLICY = "TLS_V1_2_2021";

/** What AWS should have in force: the wanted settings laid over the observed ones. */
export function overlay(observed: Settings, wanted: Settings): Settings {
    const target = { ...observed, ...wanted };
    return raisesSecurityPolicy(observed, wanted)
        ? { ...target, securityPolicy: MANAGED_LOGIN_SECURITY_POLICY }
        : target;
}

/** Managed login over a TLS_V1 that the program says nothing about: the policy has to go up with it. */
export function raisesSecurityPolicy(observed: Settings, wanted: Settings): boolean {
    const version = wanted.managedLoginVersion ?? observed.managedLoginVersion;
    return (
        version === 2 && observed.securityPolicy === "TLS_V1" && wanted.securityPolicy === undefined && !isEmpty(wanted)
    );
}

/**
 * The observed settings, completed by what an update is known to have put in force. Only the TLS policy: whether Describe
 * reports it for every domain is documented nowhere, while a routing that it does not report is not there.
 */
export function fillUnreported(observed: Settings, believed: Settings): Settings {
    const unreported = observed.securityPolicy === undefined && observed.certificateArn !== undefined;
    return unreported && believed.securityPolicy !== undefined
        ? { ...observed, securityPolicy: believed.securityPolicy }
        : observed;
}

/** The names of the settings in `wanted` that differ from `observed`. */
export function differences(observed: Settings, wanted: Settings): SettingName[] {
    return namesIn(wanted).filter((name) => !sameSetting(observed[name], wanted[name]));
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

/** `managed login 2, certificate arn:..., TLS policy TLS_V1_2_2021`: settings in words. */
export function describeSettings(settings: Settings): string {
    return (
        namesIn(settings)
            .map((name) => describeSetting(name, settings))
            .join(", ") || "no settings"
    );
}

/** The object without the members that are undefined: they would make a difference to Pulumi, and to `in`. */
export function defined<T extends object>(object: T): T {
    return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

function isEmpty(object: object): boolean {
    return Object.keys(object).length === 0;
}
