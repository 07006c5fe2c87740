import { type DomainAddress, domainKey, formatId } from "../model/address";
import type { Finding } from "../model/findings";
import { getOrCreate } from "../model/getOrCreate";
import { namesIn, type SettingName, type Settings, sameSetting } from "../model/settings";
import { describeSetting } from "../model/settingsText";

/** What a resource of the program wants of a domain. */
interface DomainUse {
    /** The resource's name in the program. */
    name: string;
    desired: Settings;
    /** The text without what is secret in the resource. */
    redact(text: string): string;
}

/** Which resources of a program are about which domain: two on one undo each other's work, and nothing at AWS says so. */
export class SharedDomains {
    readonly #byDomain = new Map<string, DomainUse[]>();

    /** Registers a use; the answer gives the findings about it, once all are registered. */
    register(use: DomainUse, address: DomainAddress): () => Finding[] {
        const uses = getOrCreate<string, DomainUse[]>(this.#byDomain, domainKey(address), () => []);
        uses.push(use);
        return () => (uses.length > 1 ? [findingOf(formatId(address), uses)] : []);
    }
}

function findingOf(id: string, uses: DomainUse[]): Finding {
    const who = `${uses.length} resources of this program are about ${id}: ${uses.map(({ name }) => name).join(", ")}`;
    const all = new Set(uses.flatMap(({ desired }) => namesIn(desired)));
    // AWS does not take the two together.
    const isImpossible =
        uses.some((it) => it.desired.managedLoginVersion === 2) &&
        uses.some((it) => it.desired.securityPolicy === "TLS_V1");
    const incompatible: SettingName[] = isImpossible ? ["managedLoginVersion", "securityPolicy"] : [];
    const contested = [...all].filter((it) => isContested(it, uses) || incompatible.includes(it));
    const desired = contested.map((it) => desiredValues(it, uses)).join("; ");
    return {
        code: "domain-managed-twice",
        property: "domain",
        ground: "advisory",
        severity: "warning",
        message: desired ? `${who}; they want different things: ${desired}` : who,
        remedy: "Merge them into one: each undoes what the other changes",
    };
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
