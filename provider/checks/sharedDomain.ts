import { namesIn, type SettingName, type Settings, sameSetting } from "../model/settings";
import { describeSetting } from "../model/settingsText";
import type { Judgement } from "./severity";

/** What a resource of the program wants of a domain. */
export interface DomainUse {
    /** The resource's name in the program. */
    name: string;
    desired: Settings;
    /** The text without what is secret in the resource. */
    redact(text: string): string;
}

/** What two or more of them about one domain want: each undoes what the other changes, and nothing at AWS says so. Pure. */
export function judgeSharedDomain(id: string, uses: DomainUse[]): Judgement[] {
    if (uses.length < 2) {
        return [];
    }
    const who = `${uses.length} resources of this program are about ${id}: ${uses.map(({ name }) => name).join(", ")}`;
    const all = new Set(uses.flatMap(({ desired }) => namesIn(desired)));
    // AWS does not take the two together.
    const isImpossible =
        uses.some((it) => it.desired.managedLoginVersion === 2) &&
        uses.some((it) => it.desired.securityPolicy === "TLS_V1");
    const incompatible: SettingName[] = isImpossible ? ["managedLoginVersion", "securityPolicy"] : [];
    const contested = [...all].filter((it) => isContested(it, uses) || incompatible.includes(it));
    const desired = contested.map((it) => desiredValues(it, uses)).join("; ");
    return [
        {
            code: "domain-managed-twice",
            property: "domain",
            ground: "advisory",
            message: desired ? `${who}; they want different things: ${desired}` : who,
            remedy: "Merge them into one: each undoes what the other changes",
        },
    ];
}

function isContested(setting: SettingName, uses: DomainUse[]): boolean {
    const values = uses.map(({ desired }) => desired[setting]).filter((value) => value !== undefined);
    return values.some((value) => !sameSetting(value, values[0]));
}

function desiredValues(setting: SettingName, uses: DomainUse[]): string {
    return uses
        .filter(({ desired }) => desired[setting] !== undefined)
        .map(({ name, desired, redact }) => `${redact(describeSetting(setting, desired))} (${name})`)
        .join(", ");
}
