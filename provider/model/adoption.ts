import { isObject } from "./isObject";
import { pick, type SettingName, type Settings, type SettingsArguments, settingsOf } from "./settings";

/** Which settings the program manages, and what each was when it began to: the restore point. */
export interface Adoption {
    managed: SettingName[];
    /** Also of a TLS policy that was raised for managed login, though the program does not manage it. */
    found: Settings;
    /** What this resource itself has put in force. A refresh does not change it. */
    applied: Settings;
    /** What an update has sent after that whose end was not seen: either may be in force. */
    attempted?: Settings;
}

/** The output that holds it. Two underscores keep it out of Pulumi's display. */
export const ADOPTED = "__adopted";

/**
 * The record of adoption in some outputs; empty where there is none, as after a `get`. States of version 0.1 do not tell what
 * the resource has put in force from what a refresh has recorded: there, it is all.
 */
export function adoptedIn(outputs: object): Adoption {
    const record = ((outputs as Record<string, unknown>)[ADOPTED] ?? {}) as Partial<Adoption>;
    const { found, applied, attempted } = record;
    const managed = Array.isArray(record.managed) ? record.managed : [];
    return {
        managed,
        found: found ?? {},
        applied: applied ?? pick(settingsOf(outputs as SettingsArguments), managed),
        ...(attempted ? { attempted } : {}),
    };
}

/** All settings that the record of adoption in some outputs holds, whatever they are to it. Takes whatever JSON can hold. */
export function recordedSettings(outputs: object): Settings[] {
    const record = (outputs as Record<string, unknown>)[ADOPTED];
    return isObject(record) ? Object.values(record).filter(isObject) : [];
}
