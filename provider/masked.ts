/** The text with every string inside the named arguments replaced: what is secret is never copied into a message. */
export function masked(text: string, args: Record<string, unknown>, names: readonly string[]): string {
    return names
        .flatMap((name) => stringsIn(args[name]))
        .sort((a, b) => b.length - a.length)
        .reduce((masking, secret) => masking.replaceAll(secret, "[secret]"), text);
}

function stringsIn(value: unknown): string[] {
    if (typeof value === "string") {
        return value === "" ? [] : [value];
    }
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
