import { isVerdict } from "../inputs/verdict";

/**
 * Which resources of a preview the engine is about to replace. It checks such a resource twice: against the inputs in the
 * state (with `--replace` as if it were new already), and then, having seen the diff, as if it were new.
 */
export class Replacements {
    readonly #checked = new Set<number>();

    /** Whether this check, to be told of all of them, is the second one. Takes whatever JSON can hold. */
    note(verdict: unknown, olds: Record<string, unknown>): boolean {
        if (!isVerdict(verdict) || verdict.number === undefined) {
            return false;
        }
        const isSecond = this.#checked.has(verdict.number);
        this.#checked.add(verdict.number);
        return isSecond && Object.keys(olds).length === 0;
    }
}
