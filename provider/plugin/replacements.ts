import { argumentsIn } from "../inputs/arguments";
import { leavesDomain, movedTo } from "../inputs/movedDomain";
import { isDeletedWith } from "../inputs/resourceOptions";
import { isVerdict } from "../inputs/verdict";
import { addressOf, formatId } from "../model/address";

/**
 * Which resources of a preview the engine is about to replace. It checks such a resource twice: against the inputs in the
 * state, and then, having seen the diff, as if it were new.
 */
export class Replacements {
    readonly #checked = new Map<number, Record<string, unknown>>();

    /** The inputs in the state, where this check, to be told of all of them, is the second one. Takes whatever JSON can hold. */
    note(verdict: unknown, olds: Record<string, unknown>): Record<string, unknown> | undefined {
        if (!isVerdict(verdict) || verdict.number === undefined) {
            return undefined;
        }
        if (Object.keys(olds).length > 0) {
            this.#checked.set(verdict.number, olds);
            return undefined;
        }
        return this.#checked.get(verdict.number);
    }
}

/** What the program is told of a replacement: the domain that a restore puts the former settings back on, or that there is none. */
export function replacementMarker(olds: Record<string, unknown>, news: Record<string, unknown>): string | true {
    if (olds.onDelete !== "restore" || isDeletedWith(olds)) {
        return true;
    }
    const id = formatId(addressOf(argumentsIn(olds)));
    return leavesDomain(id, movedTo(id, news)) ? String(olds.domain) : true;
}
