/** A row of Pulumi's display without a terminal: ` +  <type> <name> creating (3s)`. */
const ROW = /^ ?(?:\S{1,2})? +(\S+:\S+:\S+) (\S+) /;

/**
 * Pulumi's output with each resource's last row only. Without a terminal, Pulumi prints a row at the beginning, for each message, and
 * at the end; the messages are repeated under "Diagnostics".
 */
export function fold(output: string): string {
    const lines = output.split("\n");
    const last = new Map<string, number>();
    const keyOf = (line: string) => {
        const [, type, name] = ROW.exec(withoutColor(line)) ?? [];
        return type && name ? `${type} ${name}` : undefined;
    };
    const messages = lines.findIndex((line) => withoutColor(line).startsWith("Diagnostics:"));
    const isRow = (index: number) => messages < 0 || index < messages;
    lines.forEach((line, index) => {
        const key = keyOf(line);
        if (key && isRow(index)) {
            last.set(key, index);
        }
    });
    return lines
        .filter((line, index) => {
            const key = keyOf(line);
            return !key || !isRow(index) || last.get(key) === index;
        })
        .map((line) =>
            line.replaceAll("pulumi-nodejs:dynamic/cognito:UserPoolDomainSettings", "UserPoolDomainSettings"),
        )
        .map((line) => line.replaceAll("pulumi-nodejs:dynamic:Resource", "AliasRecord"))
        .join("\n");
}

export function withoutColor(text: string): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of.
    return text.replace(/\u001b\[[0-9;]*m/g, "");
}
