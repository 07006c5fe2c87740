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

/** What DescribeUserPool says, as far as managed login needs it. */
export interface ObservedUserPool {
    /** LITE, ESSENTIALS or PLUS; not always reported. */
    tier?: string;
    /** Whether people may sign in with passkeys (WEB_AUTHN as a first factor). */
    passkeys: boolean;
}

/** What DescribeUserPoolClient says, as far as the sign-in page's address needs it; never its secret. */
export interface ObservedClient {
    /** The default redirect URI, or else the first callback URL. */
    redirectUri?: string;
    /** code, implicit, client_credentials. */
    flows: string[];
    scopes: string[];
}

/** An app client of the user pool. */
export interface AppClient {
    id: string;
    name: string;
}

/** Some app clients of a user pool, and whether there are more. */
export interface AppClients {
    clients: AppClient[];
    more: boolean;
}

/** A replica of the user pool in another Region: CREATING, ACTIVE, INACTIVE or DELETING. */
export interface ObservedReplica {
    region: string;
    status: string;
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

/** What AWS was asked about one resource; a question that was not asked is missing. */
export interface Observations {
    domain?: Look<ObservedDomain>;
    /** The certificate that the program wants, or else the one attached. */
    certificate?: { arn: string; look: Look<ObservedCertificate> };
    /** What bears on a change of the version; not asked where it does not change, nor by the gate. */
    managedLogin?: ManagedLoginObservations;
    /** Asked where the failover routing changes; not by the gate. */
    replicas?: Look<ObservedReplica[]>;
}

/** What bears on a change of the managed login version. */
export interface ManagedLoginObservations {
    userPool: Look<ObservedUserPool>;
    /** The relying party id, asked where passkeys are in use. */
    relyingParty?: Look<string>;
    /** Asked on the way to version 2. */
    branding?: Look<Branding>;
}

/** Which app clients have no branding style. */
export interface Branding {
    looked: number;
    more: boolean;
    unbranded: AppClient[];
}
