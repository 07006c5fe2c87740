import { weigh } from "../checks/severity";
import { type DomainUse, judgeSharedDomain } from "../checks/sharedDomain";
import { type DomainAddress, domainKey, formatId } from "../model/address";
import type { Finding } from "../model/findings";
import { getOrCreate } from "../model/getOrCreate";

/** Which resources of a program are about which domain. */
export class SharedDomains {
    readonly #byDomain = new Map<string, DomainUse[]>();

    /** Registers a use; the answer gives the findings about it, once all are registered. */
    register(use: DomainUse, address: DomainAddress): () => Finding[] {
        const uses = getOrCreate<string, DomainUse[]>(this.#byDomain, domainKey(address), () => []);
        uses.push(use);
        return () => weigh(judgeSharedDomain(formatId(address), uses), "preview");
    }
}
