/** A row of Pulumi's display without a terminal: ` +  <type> <name> creating (3s)`. */
const ROW = /^ ?(?:\S{1,2})? +(\S+:\S+:\S+) (\S+) /;

/**
 * Pulumi's output with each resource's last row only, and short types. Without a terminal, Pulumi prints a row at the beginning, for
 * each message, and at the end; the messages are repeated under "Diagnostics".
 */
export function fold(output: string): string {
    const lines = output.split("\n");
    const messages = lines.findIndex((line) => withoutColor(line).startsWith("Diagnostics:"));
    const keys = lines.map((line, index) => {
        const [, type, name] = ROW.exec(withoutColor(line)) ?? [];
        const isRow = messages < 0 || index < messages;
        return type && name && isRow ? `${type} ${name}` : undefined;
    });
    return lines
        .filter((_, index) => keys[index] === undefined || keys.lastIndexOf(keys[index]) === index)
        .join("\n")
        .replaceAll("pulumi-nodejs:dynamic/cognito:UserPoolDomainSettings", "UserPoolDomainSettings")
        .replaceAll("pulumi-nodejs:dynamic:Resource", "AliasRecord");
}

export function withoutColor(text: string): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of.
    return text.replace(/\u001b\[[0-9;]*m/g, "");
}
