import type { Run } from "./cli";

/** The resources that a preview would update, or an `up` has updated, in alphabetical order. */
export function updatedIn({ text }: Run): string[] {
    const planned = /~ \S+:UserPoolDomainSettings: \(update\)\n.*\n *\[urn=.*::(.+)\]/g;
    const done = /^ ~ .*:UserPoolDomainSettings (\S+) updated /gm;
    return [planned, done].flatMap((step) => [...text.matchAll(step)].map(([, name = ""]) => name)).sort();
}

/** What a preview warns of about one resource: it prints no diagnostics at the end, but all as it comes. */
export function warningsOf({ text, ...rest }: Run, name: string): Run {
    const warnings = text.matchAll(/^warning: (.+) \(.*\):\n(?: {2}- .*\n)+/gm);
    return { ...rest, text: [...warnings].flatMap(([warning, of]) => (of === name ? [warning] : [])).join("") };
}
