import type { Problem } from "./combinators";
import { formatProblem } from "./schema";

/**
 * The input, and output, with the paths of the arguments marked as secret in the program. In the provider their values
 * arrive in clear, and unmarked. Paths only: it stays in the state.
 */
export const SECRET = "__secret";

/** The paths in that property. Takes whatever JSON can hold. */
export function secretPathsIn(props: Record<string, unknown>): string[] {
    const paths = props[SECRET];
    return Array.isArray(paths) ? paths.map(String) : [];
}

/** The text with every string at the paths replaced: what is secret is never copied into a message. */
export function redact(
    text: string,
    args: Record<string, unknown>,
    paths: readonly string[] = secretPathsIn(args),
): string {
    return paths
        .flatMap((path) => stringsIn(valueAt(args, path)))
        .sort((a, b) => b.length - a.length)
        .reduce((masking, secret) => masking.replaceAll(secret, "[secret]"), text);
}

/** A problem as one line; of a secret value not even what it would better be, since that is made of it. */
export function redactProblem(
    problem: Problem,
    args: Record<string, unknown>,
    paths: readonly string[] = secretPathsIn(args),
): string {
    const property = problem.property.replaceAll("[", ".").replaceAll("]", "");
    const isSecret = paths.some((path) => isWithin(path, property) || isWithin(property, path));
    return isSecret
        ? `${problem.property} is not as it has to be; it is secret, so nothing of it is shown. See docs/arguments.md`
        : redact(formatProblem(problem), args, paths);
}

function isWithin(path: string, other: string): boolean {
    return path === other || path.startsWith(`${other}.`);
}

function valueAt(args: Record<string, unknown>, path: string): unknown {
    return path
        .split(".")
        .reduce<unknown>(
            (value, name) =>
                typeof value === "object" && value !== null && Object.hasOwn(value, name)
                    ? (value as Record<string, unknown>)[name]
                    : undefined,
            args,
        );
}

function stringsIn(value: unknown): string[] {
    if (typeof value === "string") {
        // Of an ARN, messages also show the last part alone.
        return [value, value.startsWith("arn:") ? value.slice(value.lastIndexOf("/") + 1) : ""].filter(Boolean);
    }
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
