import { type DomainAddress, formatId } from "./domain";
import type { Finding } from "./findings";
import { describeSetting, namesIn, type SettingName, type Settings, sameSetting } from "./settings";

/** What a resource of the program wants of a domain. */
interface Claim {
    /** The resource's name in the program. */
    name: string;
    wanted: Settings;
}

/** Which resources of a program are about which domain: two on one undo each other's work, and nothing at AWS says so. */
export class Claims {
    readonly #byDomain = new Map<string, Claim[]>();

    /** Notes a claim; the answer is what to say about it, once everybody has made theirs. */
    stake(claim: Claim, address: DomainAddress): () => Finding[] {
        const id = formatId(address);
        const claims = this.#byDomain.get(id) ?? [];
        claims.push(claim);
        this.#byDomain.set(id, claims);
        return () => (claims.length > 1 ? [findingOf(id, claims)] : []);
    }
}

function findingOf(id: string, claims: Claim[]): Finding {
    const who = `${claims.length} resources of this program are about ${id}: ${claims.map(({ name }) => name).join(", ")}`;
    const contested = new Set(claims.flatMap(({ wanted }) => namesIn(wanted)).filter((it) => isContested(it, claims)));
    const wanted = [...contested].map((it) => wishes(it, claims)).join("; ");
    return {
        code: "domain-managed-twice",
        property: "domain",
        severity: "warning",
        message: wanted ? `${who}; they want different things: ${wanted}` : who,
        remedy: "Merge them into one: where they want different things, they undo each other's work",
    };
}

function isContested(setting: SettingName, claims: Claim[]): boolean {
    const values = claims.map(({ wanted }) => wanted[setting]).filter((value) => value !== undefined);
    return values.some((value) => !sameSetting(value, values[0]));
}

function wishes(setting: SettingName, claims: Claim[]): string {
    return claims
        .filter(({ wanted }) => wanted[setting] !== undefined)
        .map(({ name, wanted }) => `${describeSetting(setting, wanted)} (${name})`)
        .join(", ");
}
