import { type SettingName, type Settings, sameSetting } from "./settings";

/** Which settings the program manages, and what each was when it began to: the restore point. */
export interface Adoption {
    managed: SettingName[];
    /** Also of a TLS policy that was raised for managed login, though the program does not manage it. */
    found: Settings;
    /** What this resource has put in force. A refresh does not change it; missing in states of version 0.1. */
    applied?: Settings;
}

/** The output that holds it. Two underscores keep it out of Pulumi's display. */
export const ADOPTED = "__adopted";

/** The record of adoption in some outputs; empty where there is none, as after a `get`. */
export function adoptedIn(outputs: object): Adoption {
    const { managed, found, applied } = ((outputs as Record<string, unknown>)[ADOPTED] ?? {}) as Partial<Adoption>;
    return {
        managed: Array.isArray(managed) ? managed : [],
        found: found ?? {},
        ...(applied ? { applied } : {}),
    };
}

/** Whether a domain still has all that was put in force: otherwise it was re-created, or changed by others. */
export function isStillApplied({ applied }: Adoption, observed: Settings): boolean {
    return (
        applied !== undefined &&
        Object.entries(applied).every(([name, value]) => sameSetting(value, observed[name as SettingName]))
    );
}
