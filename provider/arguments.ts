import { isCustomName } from "./domain";
import type { AwsIdentity } from "./identity";
import type { SettingsArguments } from "./settings";
import { ARGUMENT_NAMES } from "./validate";

/** The arguments as the provider gets them: checked, and known but in a preview. */
export interface Arguments extends SettingsArguments {
    userPoolId: string;
    domain: string;
    region?: string;
    preflight?: "error" | "warn" | "off";
    minimumCertificateValidityDays?: number;
    wait?: "active" | "served" | "none";
    waitTimeoutSeconds?: number;
    verify?: { clientId: string };
    onFailure?: "keep" | "rollback";
    onDelete?: "retain" | "restore";
    aws?: AwsIdentity;
}

/** The arguments that are AWS's own settings; the others say how this resource goes about its work. */
const SETTINGS_ARGUMENTS = new Set<string>(["managedLoginVersion", "customDomainConfig", "routing"]);

/** The arguments that are no settings of the domain, as they stand in inputs or outputs. */
export function ownArguments(props: Record<string, unknown>): Record<string, unknown> {
    const names = ARGUMENT_NAMES.filter(
        (name) => !SETTINGS_ARGUMENTS.has(name) && (props[name] ?? undefined) !== undefined,
    );
    return Object.fromEntries(names.map((name) => [name, props[name]]));
}

export const DEFAULT_MINIMUM_VALIDITY_DAYS = 14;

/** Seconds; AWS's own figures are up to 5 minutes for a version and up to an hour for a certificate. */
export function waitTimeoutSeconds(args: Arguments): number {
    return args.waitTimeoutSeconds ?? (isCustomName(args.domain) ? 3600 : 300);
}
