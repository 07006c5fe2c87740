import { isDeepStrictEqual } from "node:util";
import type { Finding } from "./findings";

/** The input under which a preview's verdict travels from the program to `check`, which takes it out again. */
export const VERDICT = "__verdict";

/** What the preflight of one resource found, and of what. */
export interface Verdict {
    /** The resource's name in the program. */
    resource: string;
    /** The arguments that were judged. What Pulumi does to them afterwards (ignoreChanges, transforms) was not. */
    args: Record<string, unknown>;
    findings: Finding[];
    /** Whether warnings fail the preview too. */
    strict: boolean;
}

/** The findings that fail the check of these inputs, and the arguments for which the verdict is not about them. */
export interface Standing {
    failing: Finding[];
    /** Top-level arguments with findings that no longer apply, since their values are others now. */
    notPreflighted: string[];
}

/** What of the verdict stands for the inputs that the engine hands over. Takes whatever JSON can hold. */
export function standingOf(verdict: unknown, inputs: Record<string, unknown>): Standing {
    if (!isVerdict(verdict)) {
        return { failing: [], notPreflighted: [] };
    }
    const candidates = verdict.findings.filter((finding) => isFailing(finding, verdict.strict, inputs.preflight));
    const isStale = (finding: Finding) =>
        argumentsBehind(finding).some((name) => !isDeepStrictEqual(verdict.args[name], inputs[name]));
    const stale = candidates.filter(isStale);
    return {
        failing: candidates.filter((finding) => !isStale(finding)),
        notPreflighted: [...new Set(stale.map(({ property }) => topLevel(property)))],
    };
}

/** Whether a finding fails a preview: an error does, unless the resource only wants warnings; strict, a warning too. */
export function isFailing({ severity }: Finding, strict: boolean, preflight: unknown): boolean {
    if (preflight === "off") {
        return false;
    }
    return strict || (severity === "error" && preflight !== "warn");
}

/** The arguments that a finding rests on: which domain, seen by whom, and what it is about. */
function argumentsBehind({ property }: Finding): string[] {
    return ["userPoolId", "domain", "region", "aws", "minimumCertificateValidityDays", "verify", topLevel(property)];
}

function topLevel(path: string): string {
    return path.replace(/\..*$/s, "");
}

export function isVerdict(value: unknown): value is Verdict {
    const { args, findings } = (value ?? {}) as Partial<Verdict>;
    return Array.isArray(findings) && typeof args === "object" && args !== null;
}
