import { isVerdict } from "../inputs/verdict";

/**
 * Which resources of a preview the engine is about to replace. It checks such a resource twice: against the inputs in the
 * state, and then, having seen the diff, as if it were new.
 */
export class Replacements {
    readonly #checked = new Set<number>();

    /** Whether this check, to be told of all of them, is the second one. Takes whatever JSON can hold. */
    note(verdict: unknown, olds: Record<string, unknown>): boolean {
        if (!isVerdict(verdict) || verdict.number === undefined) {
            return false;
        }
        const isNew = Object.keys(olds).length === 0;
        if (!isNew) {
            this.#checked.add(verdict.number);
        }
        return isNew && this.#checked.has(verdict.number);
    }
}
