import { type DomainAddress, formatId } from "../model/address";
import type { Finding } from "../model/findings";
import { namesIn, type SettingName, type Settings, sameSetting } from "../model/settings";
import { describeSetting } from "../model/settingsText";

/** What a resource of the program wants of a domain. */
interface DomainUse {
    /** The resource's name in the program. */
    name: string;
    desired: Settings;
}

/** Which resources of a program are about which domain: two on one undo each other's work, and nothing at AWS says so. */
export class SharedDomains {
    readonly #byDomain = new Map<string, DomainUse[]>();

    /** Notes a claim; the answer is what to say about it, once everybody has made theirs. */
    register(claim: DomainUse, address: DomainAddress): () => Finding[] {
        const id = formatId(address);
        const claims = this.#byDomain.get(id) ?? [];
        claims.push(claim);
        this.#byDomain.set(id, claims);
        return () => (claims.length > 1 ? [findingOf(id, claims)] : []);
    }
}

function findingOf(id: string, claims: DomainUse[]): Finding {
    const who = `${claims.length} resources of this program are about ${id}: ${claims.map(({ name }) => name).join(", ")}`;
    const contested = new Set(
        claims.flatMap(({ desired }) => namesIn(desired)).filter((it) => isContested(it, claims)),
    );
    const desired = [...contested].map((it) => wishes(it, claims)).join("; ");
    return {
        code: "domain-managed-twice",
        property: "domain",
        ground: "advisory",
        severity: "warning",
        message: desired ? `${who}; they want different things: ${desired}` : who,
        remedy: "Merge them into one: where they want different things, they undo each other's work",
    };
}

function isContested(setting: SettingName, claims: DomainUse[]): boolean {
    const values = claims.map(({ desired }) => desired[setting]).filter((value) => value !== undefined);
    return values.some((value) => !sameSetting(value, values[0]));
}

function wishes(setting: SettingName, claims: DomainUse[]): string {
    return claims
        .filter(({ desired }) => desired[setting] !== undefined)
        .map(({ name, desired }) => `${describeSetting(setting, desired)} (${name})`)
        .join(", ");
}
