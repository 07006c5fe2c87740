import type { AwsCallError } from "./errors";
import type { Settings } from "./settings";

/** What DescribeUserPoolDomain says of a domain that exists. */
export interface ObservedDomain {
    /** The pool that has the domain: not always the one that the program names. */
    userPoolId: string;
    accountId?: string;
    /** CREATING, UPDATING, ACTIVE, DELETING or FAILED. */
    status: string;
    /** For a prefix domain this is a shared asset of the Region, and no alias target. */
    cloudFrontDistribution?: string;
    settings: Settings;
}

/** What ACM's DescribeCertificate says of a certificate, as far as fitness and reports need it. */
export interface ObservedCertificate {
    /** PENDING_VALIDATION, ISSUED, INACTIVE, EXPIRED, VALIDATION_TIMED_OUT, REVOKED or FAILED. */
    status: string;
    /** The domain name and every subject alternative name. */
    names: string[];
    notBefore?: Date;
    notAfter?: Date;
    /** When ACM issued or imported it. */
    issuedAt?: Date;
    /** As ACM answers it: `RSA-2048`, though its enumeration says `RSA_2048`. */
    keyAlgorithm?: string;
    /** AMAZON_ISSUED, IMPORTED or PRIVATE. */
    type?: string;
    failureReason?: string;
    renewalStatus?: string;
    renewalReason?: string;
    renewalEligibility?: string;
    /** Hexadecimal, with colons. */
    serial?: string;
}

/** The outcome of one question to AWS: an answer, "not there", or no answer and why. */
export type Look<T> = { found: T } | { absent: true } | { failed: AwsCallError };

/** Asks, and keeps the refusal as data: not being able to look is judged, not thrown. */
export async function look<T>(ask: () => Promise<T | undefined>): Promise<Look<T>> {
    try {
        const found = await ask();
        return found === undefined ? { absent: true } : { found };
    } catch (error) {
        return { failed: error as AwsCallError };
    }
}
