/**
 * The input that names the arguments marked as secret in the program. In the provider their values arrive in clear, and
 * unmarked. Names only: it stays in the state.
 */
export const SECRET = "__secret";

/** The names in that input. Takes whatever JSON can hold. */
export function secretsIn(props: Record<string, unknown>): string[] {
    const names = props[SECRET];
    return Array.isArray(names) ? names.map(String) : [];
}

/** The text with every string inside the named arguments replaced: what is secret is never copied into a message. */
export function masked(
    text: string,
    args: Record<string, unknown>,
    names: readonly string[] = secretsIn(args),
): string {
    return names
        .flatMap((name) => stringsIn(args[name]))
        .sort((a, b) => b.length - a.length)
        .reduce((masking, secret) => masking.replaceAll(secret, "[secret]"), text);
}

function stringsIn(value: unknown): string[] {
    if (typeof value === "string") {
        // Of an ARN, messages also show the last part alone.
        return [value, value.startsWith("arn:") ? value.slice(value.lastIndexOf("/") + 1) : ""].filter(Boolean);
    }
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
