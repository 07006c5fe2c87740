import { domainToUnicode } from "node:url";
import { certificateRegion, parseCertificateArn, shortArn } from "./certificateArn";
import type { Ground, Judgement } from "./findings";
import type { Look, ObservedCertificate } from "./observation";

/** What a certificate is asked to do. */
export interface CertificateUse {
    arn: string;
    /** The custom domain that it has to cover. */
    domain: string;
    /** The account of the domain, where known: a certificate of another one cannot be used. */
    accountId?: string;
    /** Whether this update brings the certificate in; false for the one that the domain already has. */
    introduced: boolean;
    /** Fewer whole days left than this is a finding. */
    minimumValidityDays: number;
}

const PROPERTY = "customDomainConfig.certificateArn";
const DAY = 24 * 60 * 60 * 1000;

/**
 * Is this certificate fit for this domain? Pure.
 *
 * Source: Cognito Developer Guide, "Using your own domain for managed login"; CloudFront Developer Guide,
 * "Requirements for using SSL/TLS certificates with CloudFront"; ACM API reference, CertificateDetail.
 */
export function judgeCertificate(look: Look<ObservedCertificate>, use: CertificateUse, now: Date): Judgement[] {
    const { arn, accountId, introduced } = use;
    const owner = parseCertificateArn(arn)?.accountId;
    if (introduced && accountId && owner && owner !== accountId) {
        return [
            {
                code: "certificate-other-account",
                ground: "introduced",
                property: PROPERTY,
                message: `the certificate ${shortArn(arn)} is of account ${owner}, the domain of account ${accountId}`,
                remedy: `Request or import it in account ${accountId}, in ${certificateRegion(arn)}`,
            },
        ];
    }
    if ("failed" in look) {
        return [
            {
                code: "certificate-unseen",
                ground: introduced ? "unseen" : "advisory",
                property: PROPERTY,
                message: `the certificate ${shortArn(arn)} could not be checked: ${look.failed.message}`,
                remedy: introduced
                    ? "No certificate is put on a domain unchecked: make the check possible"
                    : "It stays as it is",
            },
        ];
    }
    if ("absent" in look) {
        return [
            {
                code: "certificate-not-found",
                ground: introduced ? "introduced" : "advisory",
                property: PROPERTY,
                message: `there is no certificate ${arn}`,
                remedy: `Check the ARN, or request the certificate in ${certificateRegion(arn)} and give the ARN that ACM answers`,
            },
        ];
    }
    const certificate = look.found;
    return [
        ...judgeStatus(certificate, use, now),
        ...judgeNames(certificate, use),
        ...judgeKey(certificate, use),
        ...judgeTrust(certificate, use),
        ...judgeRenewal(certificate, use, now),
    ];
}

function judgeStatus(certificate: ObservedCertificate, use: CertificateUse, now: Date): Judgement[] {
    const { status, notBefore, notAfter, failureReason } = certificate;
    const about = { ground: groundOf(use), property: PROPERTY } as const;
    if (status === "PENDING_VALIDATION") {
        return [
            {
                ...about,
                code: "certificate-pending-validation",
                ground: use.introduced ? "mendable" : "advisory",
                message: `the certificate ${shortArn(use.arn)} has status PENDING_VALIDATION`,
                remedy: "Create its validation records in DNS (ACM lists them) and wait until it is ISSUED",
            },
        ];
    }
    if (status === "EXPIRED" || (notAfter && notAfter <= now)) {
        const since = notAfter ? ` since ${day(notAfter)}` : "";
        const ended = status === "EXPIRED" || !notAfter ? `has status EXPIRED${since}` : `ended on ${day(notAfter)}`;
        return [
            {
                ...about,
                code: "certificate-expired",
                message: `the certificate ${shortArn(use.arn)} ${ended}`,
                remedy: anotherOne(use),
            },
        ];
    }
    if (status !== "ISSUED") {
        const reason = failureReason ? ` (${failureReason})` : "";
        return [
            {
                ...about,
                code: "certificate-not-issued",
                message: `the certificate ${shortArn(use.arn)} has status ${status}${reason}, not ISSUED`,
                remedy: anotherOne(use),
            },
        ];
    }
    if (notBefore && notBefore > now) {
        return [
            {
                ...about,
                code: "certificate-not-yet-valid",
                message: `the certificate ${shortArn(use.arn)} is not valid before ${notBefore.toISOString()}`,
                remedy: "Wait until then, or check the clock of this machine",
            },
        ];
    }
    return judgeDaysLeft(certificate, use, now);
}

function judgeDaysLeft({ notAfter }: ObservedCertificate, use: CertificateUse, now: Date): Judgement[] {
    const daysLeft = notAfter ? Math.floor((notAfter.getTime() - now.getTime()) / DAY) : Number.POSITIVE_INFINITY;
    if (!notAfter || daysLeft >= use.minimumValidityDays) {
        return [];
    }
    return [
        {
            code: "certificate-expires-soon",
            ground: groundOf(use),
            property: PROPERTY,
            message: `the certificate ${shortArn(use.arn)} ends on ${day(notAfter)}, in ${days(daysLeft)}; minimumCertificateValidityDays is ${use.minimumValidityDays}`,
            remedy: use.introduced
                ? "Give one that is valid for longer, or lower minimumCertificateValidityDays"
                : "See that it is renewed, or give another one",
        },
    ];
}

function judgeNames({ names }: ObservedCertificate, use: CertificateUse): Judgement[] {
    if (names.some((name) => covers(name, use.domain))) {
        return [];
    }
    return [
        {
            code: "certificate-name-mismatch",
            ground: groundOf(use),
            property: PROPERTY,
            message: `the certificate ${shortArn(use.arn)} does not cover ${readable(use.domain)}; it is for ${list(names)}${wildcardNote(names, use.domain)}`,
            remedy: `Give one with the name ${use.domain}${isUnderDomain(use.domain) ? ` or ${wildcardFor(use.domain)}` : ""}`,
        },
    ];
}

/** RSA up to 4096 bits and ECDSA P-256 are what CloudFront serves to viewers. */
const USABLE_KEYS = new Set(["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1"]);
const UNUSABLE_KEYS = new Set(["EC_secp384r1", "EC_secp521r1"]);

function judgeKey({ keyAlgorithm }: ObservedCertificate, use: CertificateUse): Judgement[] {
    // ACM answers hyphens where its enumeration has underscores.
    const algorithm = keyAlgorithm?.replaceAll("-", "_");
    if (!algorithm || USABLE_KEYS.has(algorithm)) {
        return [];
    }
    const unusable = UNUSABLE_KEYS.has(algorithm);
    return [
        {
            code: unusable ? "certificate-key-unusable" : "certificate-key-unknown",
            ground: unusable ? groundOf(use) : "advisory",
            property: PROPERTY,
            message: unusable
                ? `CloudFront cannot use the key of the certificate ${shortArn(use.arn)}: ${keyAlgorithm}`
                : `it is not known whether CloudFront can use the key of the certificate ${shortArn(use.arn)}: ${keyAlgorithm}`,
            remedy: "Use RSA 2048 or ECDSA P-256 (EC_prime256v1)",
        },
    ];
}

function judgeTrust({ type }: ObservedCertificate, use: CertificateUse): Judgement[] {
    if (type !== "PRIVATE") {
        return [];
    }
    return [
        {
            code: "certificate-private",
            ground: "advisory",
            property: PROPERTY,
            message: `the certificate ${shortArn(use.arn)} is of a private CA: browsers do not trust it by themselves`,
            remedy: "Use a public certificate unless every visitor's device trusts that CA",
        },
    ];
}

/** Days before its end within which an imported certificate is worth a word: nobody renews it. */
const IMPORTED_WARNING_DAYS = 45;

function judgeRenewal(certificate: ObservedCertificate, use: CertificateUse, now: Date): Judgement[] {
    const about = { ground: "advisory", property: PROPERTY } as const;
    const { type, notAfter, renewalStatus, renewalReason, renewalEligibility } = certificate;
    const name = shortArn(use.arn);
    const daysLeft = notAfter ? Math.floor((notAfter.getTime() - now.getTime()) / DAY) : Number.POSITIVE_INFINITY;
    const found: Judgement[] = [];
    if (type === "IMPORTED" && notAfter && daysLeft >= use.minimumValidityDays && daysLeft < IMPORTED_WARNING_DAYS) {
        found.push({
            ...about,
            code: "certificate-imported-expiring",
            message: `the certificate ${name} was imported and ends on ${day(notAfter)}, in ${days(daysLeft)}; ACM does not renew it`,
            remedy: "Import its successor, under the same ARN or a new one",
        });
    }
    if (renewalStatus === "FAILED" || renewalStatus === "PENDING_VALIDATION") {
        found.push({
            ...about,
            code: "certificate-renewal-failing",
            message: `ACM cannot renew the certificate ${name}: ${renewalStatus}${renewalReason ? ` (${renewalReason})` : ""}`,
            remedy: "Put its validation records back in DNS",
        });
    }
    if (type === "AMAZON_ISSUED" && renewalEligibility === "INELIGIBLE" && !use.introduced) {
        found.push({
            ...about,
            code: "certificate-renewal-ineligible",
            message: `ACM will not renew the certificate ${name}: it says INELIGIBLE`,
            remedy: "See in ACM why, before it ends",
        });
    }
    return found;
}

/** The unfitness of what an update brings in stops it; of what is there already, it is only said. */
function groundOf({ introduced }: CertificateUse): Ground {
    return introduced ? "introduced" : "advisory";
}

/** Whether a name on a certificate covers a host: the same name, or a wildcard for exactly its first label (RFC 6125). */
export function covers(name: string, host: string): boolean {
    const [pattern, target] = [name.toLowerCase(), host.toLowerCase()];
    return pattern === target || (pattern.startsWith("*.") && pattern === wildcardFor(target));
}

/** Whether a wildcard for it would not be one for a whole top-level domain. */
function isUnderDomain(host: string): boolean {
    return host.split(".").length > 2;
}

function anotherOne({ arn }: CertificateUse): string {
    return `Request or import a new one in ${certificateRegion(arn)} and give its ARN`;
}

function wildcardFor(host: string): string {
    return `*${host.slice(host.indexOf("."))}`;
}

/** Why a wildcard that looks right is not: it stands for one label, no more and no fewer. */
function wildcardNote(names: string[], domain: string): string {
    const near = names.find((name) => name.startsWith("*.") && `.${domain}`.endsWith(name.slice(1).toLowerCase()));
    return near ? ` (${near} stands for exactly one label)` : "";
}

/** A name, with what it reads as where it is in punycode. */
function readable(name: string): string {
    const unicode = domainToUnicode(name);
    return unicode && unicode !== name ? `${name} (${unicode})` : name;
}

const LISTED_NAMES = 5;

function list(names: string[]): string {
    const more = names.length > LISTED_NAMES ? ` and ${names.length - LISTED_NAMES} more` : "";
    return (names.slice(0, LISTED_NAMES).map(readable).join(", ") || "no name at all") + more;
}

export function day(date: Date): string {
    return date.toISOString().slice(0, 10);
}

function days(count: number): string {
    return count === 1 ? "1 day" : `${count} days`;
}
