import assert from "node:assert/strict";
import type { Run } from "./cli";
import { CREDENTIALS } from "./project";

/** What a person reads holds no stack trace, no credential and nothing undefined. */
export function assertTidy({ text }: Run): void {
    assert.doesNotMatch(text, /^\s+at .*:\d+:\d+\)?$/m, `a stack trace in:\n${text}`);
    for (const credential of Object.values(CREDENTIALS)) {
        assert.ok(!text.includes(credential), `a credential in:\n${text}`);
    }
    assert.doesNotMatch(text, /\bundefined\b|\[object Object\]/);
}

/** Each of the parts stands in the text. */
export function assertSays({ text }: Run, ...parts: (string | RegExp)[]): void {
    for (const part of parts) {
        assert.ok(typeof part === "string" ? text.includes(part) : part.test(text), `${part} is not in:\n${text}`);
    }
}

export function assertSaysNot({ text }: Run, ...parts: (string | RegExp)[]): void {
    for (const part of parts) {
        assert.ok(!(typeof part === "string" ? text.includes(part) : part.test(text)), `${part} is in:\n${text}`);
    }
}

/**
 * What the diagnostics at the end say about one resource: the lines before them repeat it as it comes. A failure that
 * `--continue-on-error` survives also ends the program, with a stack trace of Pulumi's own, said of the stack.
 */
export function diagnosticsOf({ text, ...rest }: Run, name: string): Run {
    const [, diagnostics = ""] = text.split("\nDiagnostics:\n");
    const [, own = ""] = diagnostics.split(`:UserPoolDomainSettings (${name}):\n`);
    return { ...rest, text: own.split(/\n {2}\S.*\):\n|\n\S/, 1)[0] ?? "" };
}

/** The warnings of a preview about one domain: it prints no diagnostics at the end, but all as it comes. */
export function warningsOf({ text, ...rest }: Run, domain: string): Run {
    const warnings = text.matchAll(/^warning: (\S+): .*\n(?: {2}- .*\n)*/gm);
    return { ...rest, text: [...warnings].flatMap(([warning, of]) => (of === domain ? [warning] : [])).join("") };
}
