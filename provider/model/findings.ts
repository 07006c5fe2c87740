import { oneLine } from "./plainText";

/**
 * The kind of a finding decides its severity:
 * - `introduced`: certain, and about what this update introduces: always an error;
 * - `fixable`: certain unless something else happens first: an error, but in a preview a warning if this program may do it;
 * - `passing`: what time alone may end: a warning in the preview, an error in the update;
 * - `unasked`: AWS could not be asked, and the update needs the answer: a warning in the preview, an error in the update;
 * - `advisory`: about what is already served, or not certain: always a warning.
 */
export type FindingKind = "introduced" | "fixable" | "passing" | "unasked" | "advisory";

export type Severity = "error" | "warning";

/** One thing that a person should know before, or instead of, an update. */
export interface Finding {
    /** Stable: documentation, pipelines and `acceptFindings` refer to it. */
    code: string;
    /** The path of the argument that it is about. */
    property: string;
    kind: FindingKind;
    severity: Severity;
    /** The problem, with the value. No full stop at the end. */
    message: string;
    /** The remedy: an imperative sentence without a full stop. */
    remedy: string;
    /** The program lists its code in `acceptFindings`: it is reported and fails nothing. */
    accepted?: true;
}

/** True if a finding fails a preview: an error does, unless `preflight` says otherwise; with strict, a warning does too. */
export function isFailing({ severity, accepted }: Finding, strict: boolean, preflight: unknown): boolean {
    if (preflight === "off" || accepted) {
        return false;
    }
    return strict || (severity === "error" && preflight !== "warn");
}

/** A finding as one line: `customDomainConfig.certificateArn: status EXPIRED since 2026-11-01. Renew it. [certificate-expired]`. */
export function formatFinding({ code, property, message, remedy }: Finding): string {
    return oneLine(`${property}: ${message}. ${remedy}. [${code}]`);
}
