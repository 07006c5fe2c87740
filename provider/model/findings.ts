import { oneLine } from "./plainText";

/**
 * What a finding is about, which decides how bad it is:
 * - `introduced`: definitely wrong with what this update brings in: an error, always;
 * - `mendable`: may be in order by the time of the update: a warning in the preview, an error in the update;
 * - `advisory`: about what the domain already has, or not certain to break sign-in: a warning, always, so that no way back is
 *   ever blocked;
 * - `unseen`: AWS could not be asked: a warning in the preview, an error in the update, which may not go on blind.
 */
export type Ground = "introduced" | "mendable" | "advisory" | "unseen";

export type Severity = "error" | "warning";

/** One thing that a person should know before, or instead of, an update. */
export interface Finding {
    /** Stable: what documentation and pipelines refer to. */
    code: string;
    /** The path of the argument that it is about. */
    property: string;
    /** Why the severity is what it is: for code and tests, which ask for it instead of sentences. */
    ground: Ground;
    severity: Severity;
    /** What was seen. */
    message: string;
    /** How to mend it: an imperative sentence. */
    remedy: string;
}

/** Whether a finding fails a preview: an error does, unless the resource only wants warnings; strict, a warning too. */
export function isFailing({ severity }: Finding, strict: boolean, preflight: unknown): boolean {
    if (preflight === "off") {
        return false;
    }
    return strict || (severity === "error" && preflight !== "warn");
}

/** A finding as one line: `customDomainConfig.certificateArn: status EXPIRED since 2026-11-01. Renew it. [certificate-expired]`. */
export function formatFinding({ code, property, message, remedy }: Finding): string {
    return oneLine(`${property}: ${message}. ${remedy}. [${code}]`);
}

/** The same with its severity before it: `warning: …`. */
export function formatWithSeverity(finding: Finding): string {
    return `${finding.severity}: ${formatFinding(finding)}`;
}
