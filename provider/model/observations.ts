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
    /** The subject alternative names; the domain name (CN) only where there are none, since it covers nothing beside them. */
    names: string[];
    notBefore?: Date;
    notAfter?: Date;
    /** When ACM issued or imported it. */
    issuedAt?: Date;
    /** As ACM answers it: `RSA-2048`, though its enumeration says `RSA_2048`. */
    keyAlgorithm?: string;
    /** AMAZON_ISSUED, IMPORTED or PRIVATE. */
    type?: string;
    /** AWS_MANAGED, CUSTOMER_PROVIDED (imported), or ACME: then ACM does not have the private key. */
    keyPairOrigin?: string;
    /** CLOUDFRONT where that service requested it for itself. */
    managedBy?: string;
    /** How ACM sees that the names are yours, at the first issue and at renewals. */
    validationMethod?: "DNS" | "EMAIL" | "HTTP";
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
    /** The full name of the pool's custom domain, where it has one. */
    customDomain?: string;
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
export type Lookup<T> = { found: T } | { absent: true } | { failed: AwsCallError };

/** Asks, and keeps the refusal as data: not being able to look is judged, not thrown. */
export async function lookUp<T>(ask: () => Promise<T | undefined>): Promise<Lookup<T>> {
    try {
        const found = await ask();
        return found === undefined ? { absent: true } : { found };
    } catch (error) {
        return { failed: error as AwsCallError };
    }
}

/** What AWS was asked about one resource; a question that was not asked is missing. */
export interface Observations {
    domain?: Lookup<ObservedDomain>;
    /** The certificate that the program wants, or else the one attached. */
    certificate?: { arn: string; look: Lookup<ObservedCertificate> };
    /** What bears on a change of the version; not asked where it does not change, nor by the gate. */
    managedLogin?: ManagedLoginObservations;
    /** Asked where the failover routing changes; not by the gate. */
    replicas?: Lookup<ObservedReplica[]>;
    /** Asked where the failover routing changes: its feature plan decides whether there can be replicas. */
    replicatedPool?: Lookup<ObservedUserPool>;
    /** The app client that `verify` names. */
    verifyClient?: Lookup<ObservedClient>;
}

/** What bears on a change of the managed login version. */
export interface ManagedLoginObservations {
    userPool: Lookup<ObservedUserPool>;
    /** The relying party id, asked where passkeys are in use. */
    relyingParty?: Lookup<string>;
    /** Asked on the way to version 2. */
    branding?: Lookup<Branding>;
}

/** Which app clients that have sign-in pages have no branding style. */
export interface Branding {
    looked: number;
    more: boolean;
    unbranded: AppClient[];
}

/** The domain, where it is there and the pool's own. */
export function ownDomain(observed: Observations | undefined, userPoolId: unknown): ObservedDomain | undefined {
    const domain = observed?.domain;
    return domain && "found" in domain && domain.found.userPoolId === userPoolId ? domain.found : undefined;
}
