import type { ObservedState } from "../model/drift";
import type { Finding } from "../model/findings";
import { isSameAt } from "./propertyPath";

/** The input under which a verdict travels from the program to `check`, which takes it out again. */
export const VERDICT = "__verdict";

/** The input by which `check` tells the program, in a preview, that the engine will replace the resource, and what that restores. */
export const REPLACES = "__replaces";

/** What the preflight of one resource found, and of what. */
export interface Verdict {
    /** The resource's name in the program. */
    resource: string;
    /** Whether it is of a preview. */
    isPreview: boolean;
    /** Which preflight of the program it is of: two resources may have one name. Missing in an update. */
    number?: number;
    /**
     * The arguments that were judged; what Pulumi does to them afterwards (ignoreChanges, transforms) was not. Missing in an
     * update, where the program judges nothing.
     */
    args?: Record<string, unknown>;
    /** The findings where the engine creates or updates the resource. */
    findings: Finding[];
    /** The findings where the engine leaves the resource as it is: drift, and nothing of what an update would bring. */
    ifUnchanged: Finding[];
    /** Whether warnings fail the preview too. */
    strict: boolean;
    /** The other resources that fail the preview if the engine creates or updates them, each with its findings. */
    others: string[];
    /** The resource option of that name. */
    ignoreChanges: string[];
    /** The arguments that say which domain AWS was asked about, and as whom. */
    subject: Record<string, unknown>;
    /** What AWS has; missing where it is not known. */
    observed?: ObservedState;
}

/** The arguments that say which domain is meant, and as whom AWS is asked. */
const ASKED = ["userPoolId", "domain", "region", "aws"];

export function subjectOf(args: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(ASKED.map((name) => [name, args[name]]));
}

/** What AWS has of the domain that the inputs are about: `ignoreChanges` and transforms may name another than was asked about. */
export function observedFor(
    { subject, observed }: Verdict,
    inputs: Record<string, unknown>,
): ObservedState | undefined {
    return isSameDomain(subject, inputs) ? observed : undefined;
}

/** Whether what was observed for some arguments is about the domain, and seen by the identity, of others. */
export function isSameDomain(a: object, b: object): boolean {
    return ASKED.every((name) => isSameAt(name, a, b));
}

/** The arguments that every finding rests on: which domain, seen by whom. */
const SUBJECT = [...ASKED, "minimumCertificateValidityDays", "verify"];

/** The findings that hold for these inputs: `ignoreChanges` and transforms may have given them other values. */
export function findingsThatStand(findings: Finding[], judged: object, inputs: object): Finding[] {
    return findings.filter((finding) => [...SUBJECT, finding.property].every((path) => isSameAt(path, judged, inputs)));
}

export function isVerdict(value: unknown): value is Verdict {
    const { args, subject, findings, ifUnchanged, others, ignoreChanges } = (value ?? {}) as Partial<Verdict>;
    const areObjects = [args ?? {}, subject].every((it) => typeof it === "object" && it !== null);
    return [findings, ifUnchanged, others, ignoreChanges].every(Array.isArray) && areObjects;
}
