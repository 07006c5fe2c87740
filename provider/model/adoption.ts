import type { SettingName, Settings } from "./settings";

/** Which settings the program manages, and what each was when it began to: the restore point. */
export interface Adoption {
    managed: SettingName[];
    found: Settings;
}

/** The output that holds it. Two underscores keep it out of Pulumi's display. */
export const ADOPTED = "__adopted";

/** The record of adoption in some outputs; empty where there is none, as after a `get`. */
export function adoptedIn(outputs: object): Adoption {
    const { managed, found } = ((outputs as Record<string, unknown>)[ADOPTED] ?? {}) as Partial<Adoption>;
    return { managed: Array.isArray(managed) ? managed : [], found: found ?? {} };
}
