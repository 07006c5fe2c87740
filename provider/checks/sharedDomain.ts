import { namesIn, type SettingName, type Settings, sameSetting } from "../model/settings";
import { SettingsText } from "../model/settingsText";
import { type Note, note } from "./note";

/** The settings that a resource of the program asks for. */
export interface DomainUse {
    /** The resource's name in the program. */
    name: string;
    desired: Settings;
    /** The settings that are secret in it. */
    secret: readonly SettingName[];
}

/** Reports two or more resources of a program that manage one domain. Pure. */
export function sharedDomainNotes(id: string, uses: readonly DomainUse[]): Note[] {
    if (uses.length < 2) {
        return [];
    }
    const who = `${uses.length} resources in this program manage ${id}`;
    const names = uses.map(({ name }) => name).join(", ");
    const all = new Set(uses.flatMap(({ desired }) => namesIn(desired)));
    // AWS does not take the two together.
    const isImpossible =
        uses.some((it) => it.desired.managedLoginVersion === 2) &&
        uses.some((it) => it.desired.securityPolicy === "TLS_V1");
    const isIncompatible = (it: SettingName) =>
        isImpossible && (it === "managedLoginVersion" || it === "securityPolicy");
    const contested = [...all].filter((it) => isContested(it, uses) || isIncompatible(it));
    const values = contested.map((it) => desiredValues(it, uses)).join("; ");
    return values
        ? note(
              "domain-managed-twice",
              `${who} with conflicting values: ${values}`,
              "Merge them into one: each reverts what the other changes",
          )
        : note("domain-managed-twice", `${who}: ${names}`, "Merge them into one");
}

function isContested(setting: SettingName, uses: readonly DomainUse[]): boolean {
    const values = uses.map(({ desired }) => desired[setting]).filter((value) => value !== undefined);
    return values.some((value) => !sameSetting(value, values[0]));
}

function desiredValues(setting: SettingName, uses: readonly DomainUse[]): string {
    return uses
        .filter(({ desired }) => desired[setting] !== undefined)
        .map(({ name, desired, secret }) => `${new SettingsText(secret).all(desired, [setting])} (${name})`)
        .join(", ");
}
