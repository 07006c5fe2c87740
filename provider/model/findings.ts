import { oneLine } from "./plainText";

/**
 * The kind of a finding decides its severity:
 * - `introduced`: certain, and about what this update introduces: always an error;
 * - `fixable`: certain unless something else happens first: an error, but in a preview a warning if this program may do it;
 * - `passing`: may resolve by itself with time: a warning in the preview, an error in the update;
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

/** A finding as one line: `customDomainConfig.certificateArn: it expired on 2026-11-01. Renew it. [certificate-expired]`. */
export function formatFinding({ code, property, message, remedy, accepted }: Finding): string {
    return oneLine(`${property}: ${message}. ${remedy}. [${code}]${accepted ? " (accepted)" : ""}`);
}

/** The parts of a program that may provide what a check finds missing: the domain, the user pool, the certificate; `dependsOn` and its like. */
export type FixSource = "domain" | "userPool" | "certificate" | "options";

/** The constant part of all findings with one code. */
export interface FindingRow {
    /** The path of the argument that it is about; undefined: the setting's own. */
    property?: string;
    /** For a certificate, the kind if this update attaches it; one that is already served is `advisory`. */
    kind: FindingKind;
    /** The parts of the program that may fix it first. */
    fixableBy?: readonly FixSource[];
    /** True if `acceptFindings` may list it. */
    isAcceptable: boolean;
}

const CERTIFICATE = "customDomainConfig.certificateArn";
const VERSION = "managedLoginVersion";
const REPLICA = "routing.failover.secondaryRegion";
/** The argument of findings about the preview itself, not about the domain. */
export const PREVIEW = "preflight";

function row(property: string | undefined, kind: FindingKind, fixableBy?: readonly FixSource[]): FindingRow {
    return { property, kind, fixableBy, isAcceptable: true };
}

function strict(property: string, kind: FindingKind, fixableBy?: readonly FixSource[]): FindingRow {
    return { property, kind, fixableBy, isAcceptable: false };
}

const DOMAIN_SOURCES: readonly FixSource[] = ["domain", "userPool", "options"];

/** Every finding, by its code; docs/findings.md is tested against it. */
export const FINDINGS = {
    "domain-not-found": strict("domain", "fixable", DOMAIN_SOURCES),
    "domain-other-pool": strict("domain", "fixable", DOMAIN_SOURCES),
    "domain-deleting": strict("domain", "fixable", DOMAIN_SOURCES),
    "domain-not-active": strict("domain", "advisory"),
    "domain-unseen": strict("domain", "unasked"),
    "domain-managed-twice": row("domain", "advisory"),
    "account-not-allowed": strict("domain", "introduced"),

    "tls-policy-too-low": row("customDomainConfig.securityPolicy", "introduced"),
    "certificate-not-found": row(CERTIFICATE, "fixable", ["certificate", "options"]),
    "certificate-other-account": strict(CERTIFICATE, "introduced"),
    "certificate-pending-validation": row(CERTIFICATE, "passing"),
    "certificate-not-issued": row(CERTIFICATE, "introduced"),
    "certificate-expired": row(CERTIFICATE, "introduced"),
    "certificate-not-yet-valid": row(CERTIFICATE, "introduced"),
    "certificate-expires-soon": row(CERTIFICATE, "introduced"),
    "certificate-name-mismatch": row(CERTIFICATE, "introduced"),
    "certificate-key-unusable": row(CERTIFICATE, "introduced"),
    "certificate-key-unknown": row(CERTIFICATE, "advisory"),
    "certificate-key-not-in-acm": row(CERTIFICATE, "introduced"),
    "certificate-managed-by-cloudfront": row(CERTIFICATE, "advisory"),
    "certificate-private": row(CERTIFICATE, "advisory"),
    "certificate-imported-expiring": row(CERTIFICATE, "advisory"),
    "certificate-renewal-failing": row(CERTIFICATE, "advisory"),
    "certificate-renewal-ineligible": row(CERTIFICATE, "advisory"),
    "certificate-unseen": row(CERTIFICATE, "unasked"),

    "feature-plan-lite": row(VERSION, "fixable", ["userPool", "options"]),
    "branding-missing": row(VERSION, "fixable", ["options"]),
    "passkeys-need-managed-login": row(VERSION, "advisory"),
    "passkey-relying-party": row(VERSION, "advisory"),
    "user-pool-unseen": row(VERSION, "advisory"),
    "relying-party-unseen": row(VERSION, "advisory"),
    "branding-unseen": row(VERSION, "advisory"),

    "replica-not-found": row(REPLICA, "advisory"),
    "failover-plan-lite": row(REPLICA, "advisory"),
    "failover-classic-ui": row(REPLICA, "advisory"),
    "replica-inactive": row(REPLICA, "advisory"),
    "replicas-unseen": row(REPLICA, "advisory"),

    "setting-drifted": row(undefined, "advisory"),
    "overwrites-external-change": row(undefined, "advisory"),
    "config-unreadable": strict(PREVIEW, "introduced"),
    "preflight-failed": strict(PREVIEW, "introduced"),
} as const satisfies Record<string, FindingRow>;

export type FindingCode = keyof typeof FINDINGS;

/** The codes that `acceptFindings` may list. */
export const ACCEPTABLE_CODES: readonly string[] = Object.entries(FINDINGS)
    .filter(([, { isAcceptable }]) => isAcceptable)
    .map(([code]) => code);
