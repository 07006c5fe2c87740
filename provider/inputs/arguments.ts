import type * as pulumi from "@pulumi/pulumi";
import { isCustomName } from "../model/address";
import { ARGUMENT_NAMES } from "./schema";
import type { UserPoolDomainSettingsArgs } from "./userPoolDomainSettingsArgs";

/** The arguments as the provider gets them: checked, and known except in a preview. */
export type Arguments = Omit<pulumi.Unwrap<UserPoolDomainSettingsArgs>, keyof Choices> & Choices;

/** The arguments of which `check` lets only these values through. */
interface Choices {
    preflight?: "error" | "warn" | "off";
    wait?: "active" | "served" | "none";
    onDrift?: "warn" | "correct";
    onFailure?: "keep" | "rollback";
    onDelete?: "retain" | "restore";
}

/** The arguments in inputs, or in outputs, that a check has let through. */
export function argumentsIn(props: Record<string, unknown>): Arguments {
    return props as unknown as Arguments;
}

/** The arguments that are settings of the domain. */
const SETTINGS_ARGUMENTS: readonly string[] = [
    "managedLoginVersion",
    "customDomainConfig",
    "routing",
] satisfies (keyof Arguments)[];

/** The names of the other arguments: the address, and how an update works. */
export const NON_SETTING_ARGUMENTS = ARGUMENT_NAMES.filter((name) => !SETTINGS_ARGUMENTS.includes(name));

/** The arguments, apart from settings and address, whose change is a reason for an update. The rest take effect with the next one. */
export const REASONS: readonly string[] = ["onDelete", "aws"] satisfies (keyof Arguments)[];

/** The arguments that are not settings of the domain, in inputs or outputs. */
export function nonSettingArguments(props: Record<string, unknown>): Record<string, unknown> {
    const names = NON_SETTING_ARGUMENTS.filter((name) => (props[name] ?? undefined) !== undefined);
    return Object.fromEntries(names.map((name) => [name, props[name]]));
}

/** The defaults. That of `waitTimeoutSeconds` depends on the domain. */
const DEFAULTS = {
    preflight: "error",
    wait: "active",
    onDrift: "warn",
    onFailure: "keep",
    onDelete: "retain",
} as const satisfies Partial<Arguments>;

/** The arguments with the defaults. A null, which JavaScript programs and JSON have, is left out like undefined. */
export function withDefaults<T extends Partial<Arguments>>(args: T): T & WithDefaults {
    const given = Object.fromEntries(Object.entries(args).filter(([, value]) => (value ?? undefined) !== undefined));
    return { ...DEFAULTS, ...given } as T & WithDefaults;
}

type WithDefaults = Required<Pick<Arguments, keyof typeof DEFAULTS>>;

/** Seconds; AWS's own figures are up to 5 minutes for a version and up to an hour for a certificate. */
export function waitTimeoutSeconds(args: { domain?: string; waitTimeoutSeconds?: number }): number {
    return args.waitTimeoutSeconds ?? (isCustomName(args.domain ?? "") ? 3600 : 300);
}
