import { redact, redactProblem } from "../inputs/redaction";
import { isFailing } from "../inputs/verdict";
import { type Finding, formatFinding } from "../model/findings";
import { oneLine } from "../model/plainText";
import type { Inspection } from "./inspect";

/** Of whom is spoken, and what may not be said. */
export interface Subject {
    /** The resource's name in the program. */
    name: string;
    args: Record<string, unknown>;
    /** The paths of the secret arguments. */
    secret: string[];
    /** Whether the certificate's ARN is an output of a resource of the program. */
    isCertificateOfProgram?: boolean;
}

/** `auth (auth.example.com):` and a line for each problem and finding; undefined where there is none. */
export function renderFindings(
    subject: Subject,
    { problems, findings }: Pick<Inspection, "problems" | "findings">,
): string | undefined {
    const { name, args, secret } = subject;
    const lines = [
        ...problems.map((problem) => `  - error: ${redactProblem(problem, args, secret)}`),
        ...findings.map((finding) => `  - ${finding.severity}: ${redact(formatFinding(finding), args, secret)}`),
    ];
    const heading = oneLine(typeof args.domain === "string" ? redact(`${name} (${args.domain})`, args, secret) : name);
    return lines.length > 0 ? [`${heading}:`, ...lines].join("\n") : undefined;
}

/** The findings without what the program marked as secret. */
export function redactFindings({ args, secret }: Subject, findings: Finding[]): Finding[] {
    return findings.map((finding) => ({
        ...finding,
        message: redact(finding.message, args, secret),
        remedy: redact(finding.remedy, args, secret),
    }));
}

/**
 * What the preview fails for; undefined where it does not. The engine tells only later whether it will act: what fails in
 * either case counts.
 */
export function refusalOf(
    { args }: Subject,
    { problems, findings, ifUnchanged, strict }: Inspection,
): Pick<Inspection, "problems" | "findings"> | undefined {
    const isRefused = (all: Finding[]) => all.some((finding) => isFailing(finding, strict, args.preflight));
    if (problems.length > 0 || isRefused(findings)) {
        return { problems, findings };
    }
    return isRefused(ifUnchanged) ? { problems, findings: ifUnchanged } : undefined;
}
