import { isObject } from "../model/objects";

/** The hidden input, and output, with what only the program knows: the provider gets values in clear, and no resource options. */
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
export function programFacts({ secret, ignoreChanges }: ProgramFacts): Record<string, readonly string[]> | undefined {
    const facts = {
        ...(secret.length > 0 ? { secret } : {}),
        ...(ignoreChanges.length > 0 ? { ignoreChanges } : {}),
    };
    return Object.keys(facts).length > 0 ? facts : undefined;
}

/** True if the argument at this path is one of those in the resource option `ignoreChanges`, or lies inside of one. */
export function isIgnored(path: string, ignoreChanges: readonly string[]): boolean {
    const parts = partsOf(path);
    return ignoreChanges.map(partsOf).some((ignored) => isWithin(parts, ignored));
}

/** `customDomainConfig["certificateArn"]` -> customDomainConfig, certificateArn. */
function partsOf(path: string): string[] {
    return path.match(/[^.[\]"]+/g) ?? [];
}

function isWithin(path: string[], outer: string[]): boolean {
    return (
        outer.length > 0 && outer.every((part, index) => index < path.length && (part === "*" || part === path[index]))
    );
}
