import type { StoredDomain } from "../../emulator";
import type { SceneResource } from "./scene";

/** The settings of a domain that an update can change, as AWS has them; a version that is not set is 1. */
export type AwsSettings = Record<string, unknown>;

export const SETTINGS = ["managedLoginVersion", "certificateArn", "securityPolicy", "failover"] as const;

/** What AWS has. */
export function settingsOf(domain: StoredDomain | undefined): AwsSettings {
    return {
        managedLoginVersion: domain?.managedLoginVersion ?? 1,
        certificateArn: domain?.certificateArn,
        securityPolicy: domain?.securityPolicy,
        failover: domain?.routing?.failover,
    };
}

/** What the program says. */
export function desiredOf({ args }: SceneResource): AwsSettings {
    const config = (args.customDomainConfig ?? {}) as Record<string, unknown>;
    return {
        managedLoginVersion: args.managedLoginVersion,
        certificateArn: knownValue(config.certificateArn),
        securityPolicy: knownValue(config.securityPolicy),
        failover: (args.routing as { failover?: unknown } | undefined)?.failover,
    };
}

/** The value that the update makes known. */
function knownValue(value: unknown): unknown {
    return typeof value === "object" && value !== null && "$makes" in value ? value.$makes : value;
}
