import { isObject } from "../model/objects";
import { membersOf } from "./propertyPath";

/** The hidden input, and output, with what only the program knows: the provider gets plain values, and no resource options. */
export const PROGRAM = "__program";

/** Facts that only the program knows. */
export interface ProgramFacts {
    /** Paths of the arguments marked as secret, and the stack's secret `aws:` keys. */
    secret: readonly string[];
    /** The resource option of that name. */
    ignoreChanges: readonly string[];
}

/** The facts in inputs or outputs. Takes whatever JSON can hold. */
export function programIn(props: Record<string, unknown>): ProgramFacts {
    const facts = isObject(props[PROGRAM]) ? (props[PROGRAM] as Record<string, unknown>) : {};
    const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
    return { secret: list(facts.secret), ignoreChanges: list(facts.ignoreChanges) };
}

/** The facts as an input; undefined if there are none, to keep them out of the state. */
export function programFacts(facts: ProgramFacts): ProgramFacts | undefined {
    return facts.secret.length + facts.ignoreChanges.length > 0 ? facts : undefined;
}

/** True if the argument at this path is one of those in the resource option `ignoreChanges`, or lies inside of one. */
export function isIgnored(path: string, ignoreChanges: readonly string[]): boolean {
    const members = membersOf(path);
    return ignoreChanges
        .map(membersOf)
        .filter(({ length }) => length > 0 && length <= members.length)
        .some((ignored) => ignored.every((member, index) => member === "*" || member === members[index]));
}
