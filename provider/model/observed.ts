import type { AwsCallError } from "./errors";
import type { Settings } from "./settings";

/** DescribeUserPoolDomain's answer for a domain that exists. */
export interface ObservedDomain {
    /** The pool that has the domain: not always the one that the program names. */
    userPoolId: string;
    accountId?: string;
    /** CREATING, UPDATING, ACTIVE, DELETING or FAILED. */
    status: string;
    /** For a prefix domain, this is shared by the whole Region, and no alias target. */
    cloudFrontDistribution?: string;
    settings: Settings;
}

/** ACM's DescribeCertificate answer, as far as checks and reports need it. */
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
    /** CLOUDFRONT if that service requested it for itself. */
    managedBy?: string;
    /** How ACM validates the names, at the first issue and at renewals. */
    validationMethod?: "DNS" | "EMAIL" | "HTTP";
    failureReason?: string;
    renewalStatus?: string;
    renewalReason?: string;
    renewalEligibility?: string;
    /** Hexadecimal, with colons. */
    serial?: string;
}

/** DescribeUserPool's answer, as far as managed login needs it. */
export interface ObservedUserPool {
    /** LITE, ESSENTIALS or PLUS; not always reported. */
    tier?: string;
    /** True if people may sign in with passkeys (WEB_AUTHN as a first factor). */
    passkeys: boolean;
    /** The full name of the pool's custom domain, if it has one. */
    customDomain?: string;
}

/** DescribeUserPoolClient's answer, as far as branding needs it; never the client's secret. */
export interface ObservedClient {
    /** code, implicit, client_credentials. */
    flows: string[];
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

/** The answer to one question: found, not there, or AWS could not be asked. */
export type Answer<T> = { found: T } | { absent: true } | { failed: AwsCallError };

/** Asks, and keeps a failure as data: the checks decide how bad it is that AWS could not be asked. */
export async function answerOf<T>(ask: () => Promise<T | undefined>): Promise<Answer<T>> {
    try {
        const found = await ask();
        return found === undefined ? { absent: true } : { found };
    } catch (error) {
        return { failed: error as AwsCallError };
    }
}

/** The value that was found; undefined if it is absent or could not be asked. */
export function foundIn<T>(answer: Answer<T> | undefined): T | undefined {
    return answer && "found" in answer ? answer.found : undefined;
}

/** The answers about one domain; a question that was not asked is missing. */
export interface Observed {
    domain?: Answer<ObservedDomain>;
    /** The certificate that the domain will have, or else the one attached. */
    certificate?: { arn: string; answer: Answer<ObservedCertificate> };
    /** Asked if the update changes the version or the failover routing (the feature plan, and passkeys), or the domain is absent. */
    userPool?: Answer<ObservedUserPool>;
    /** The relying party id of passkeys; asked if the update goes to version 2 and the pool has passkeys. */
    relyingParty?: Answer<string>;
    /** Asked if the update goes to version 2. */
    branding?: Answer<Branding>;
    /** Asked if the update changes the failover routing. */
    replicas?: Answer<ObservedReplica[]>;
    /** The account of the credentials; asked if the domain is absent. */
    caller?: Answer<string>;
}

/** The branding styles of the app clients that were asked. */
export interface Branding {
    /** Clients that were asked. */
    asked: number;
    /** True if the pool has more clients than were asked. */
    more: boolean;
    /** True if one of them has a style. */
    styled: boolean;
    /** Clients without a style that use the sign-in pages; if one has a style, those that were asked before it. */
    unstyled: AppClient[];
}

/** The domain, if it exists and belongs to this pool. */
export function domainOfPool(observed: Observed | undefined, userPoolId: unknown): ObservedDomain | undefined {
    const domain = foundIn(observed?.domain);
    return domain?.userPoolId === userPoolId ? domain : undefined;
}

/** True if an update is under way: the values may be old or new, so a difference is no one's change. Source: Cognito API reference, DomainDescriptionType. */
export function isUnderWay(status: unknown): boolean {
    return status === "CREATING" || status === "UPDATING";
}
