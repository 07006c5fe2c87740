import * as pulumi from "@pulumi/pulumi";
import { secretConfigValues } from "../inputs/configValues";
import { redact, redactProblem } from "../inputs/redaction";
import { type Finding, formatFinding, isFailing } from "../model/findings";
import { oneLine } from "../model/plainText";
import type { Inspection } from "./inspect";

/** Of whom is spoken, and what may not be said. */
export interface Subject {
    /** The resource's name in the program. */
    name: string;
    args: Record<string, unknown>;
    /** The paths of the secret arguments, and the secret keys of the stack's config. */
    secret: string[];
    /** Whether the certificate's ARN is an output of a resource of the program. */
    isCertificateOfProgram?: boolean;
}

/** A text without what the program, or the stack's config, marks as secret. */
export function redactFor({ args, secret }: Pick<Subject, "args" | "secret">, text: string): string {
    return redact(text, [args, secretConfigValues(secret, pulumi.runtime.getConfig)], secret);
}

/** `auth (auth.example.com):` and a line for each problem and finding; undefined where there is none. */
export function renderFindings(
    subject: Subject,
    { problems, findings }: Pick<Inspection, "problems" | "findings">,
): string | undefined {
    const { name, args, secret } = subject;
    // Pulumi begins the message with that word.
    const areWarnings = problems.length === 0 && findings.every(({ severity }) => severity === "warning");
    const severity = (text: string) => (areWarnings ? "" : `${text}: `);
    const lines = [
        ...problems.map((problem) => `  - ${severity("error")}${redactProblem(problem, args, secret)}`),
        ...findings.map((it) => `  - ${severity(it.severity)}${redactFor(subject, formatFinding(it))}`),
    ];
    const heading = oneLine(typeof args.domain === "string" ? redactFor(subject, `${name} (${args.domain})`) : name);
    return lines.length > 0 ? [`${heading}:`, ...lines].join("\n") : undefined;
}

/** The findings without what the program marked as secret. */
export function redactFindings(subject: Subject, findings: Finding[]): Finding[] {
    return findings.map((finding) => ({
        ...finding,
        message: redactFor(subject, finding.message),
        remedy: redactFor(subject, finding.remedy),
    }));
}

/**
 * What the preview fails for; undefined where it does not. The engine tells only later whether it will act: what fails in
 * either case counts, and strict, a drift beside it.
 */
export function refusalOf(
    { args }: Subject,
    { problems, findings, ifUnchanged, perhapsDrifted = [], strict }: Inspection,
): Pick<Inspection, "problems" | "findings"> | undefined {
    const failing = (all: Finding[]) => all.some((finding) => isFailing(finding, strict, args.preflight));
    const withDrift = (all: Finding[]) => [
        ...all.filter(({ code }) => code !== "setting-drifted"),
        ...perhapsDrifted.filter((finding) => isFailing(finding, strict, args.preflight)),
    ];
    if (problems.length > 0 || failing(findings)) {
        return { problems, findings: withDrift(findings) };
    }
    const unchanged = withDrift(ifUnchanged);
    return failing(unchanged) ? { problems, findings: unchanged } : undefined;
}
