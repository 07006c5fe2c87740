import type {
    CertificateKeyPairOrigin,
    CertificateManagedBy,
    CertificateStatus,
    CertificateType,
    FailureReason,
    RenewalSummary,
} from "@aws-sdk/client-acm";
import type {
    ManagedLoginBrandingType,
    ReplicaStatusType,
    UserPoolClientType,
    UserPoolTierType,
} from "@aws-sdk/client-cognito-identity-provider";
import { isCustom } from "./distributions";
import { notFound } from "./errors";
import type { HostedZone } from "./hostedZones";
import { QuotaBuckets } from "./quotas";

/** The settings of a domain. What is undefined was never set. */
export interface DomainSettings {
    managedLoginVersion?: number;
    certificateArn?: string;
    securityPolicy?: string;
    routing?: { failover: { secondaryRegion: string; primaryRoute53HealthCheckId: string } };
}

/** An update (or a creation) under way. */
export interface PendingChange {
    /** What will be in force; undefined where the change is going to fail. */
    next: DomainSettings | undefined;
    never: boolean;
    describesLeft: number;
    /** Where the clock decides instead of the count: milliseconds since the epoch. */
    settlesAt?: number;
}

export type DomainStatus = "CREATING" | "UPDATING" | "ACTIVE" | "DELETING" | "FAILED";

export interface Domain {
    account: string;
    region: string;
    userPoolId: string;
    domain: string;
    status: DomainStatus;
    settings: DomainSettings;
    pending?: PendingChange;
}

export interface UserPool {
    id: string;
    account: string;
    /** The primary's Region. */
    region: string;
    name: string;
    tier?: UserPoolTierType | null;
    /** The allowed first factors, e.g. ["PASSWORD", "WEB_AUTHN"]. */
    signInPolicy?: string[];
    webAuthnRelyingPartyId?: string;
    tags: Record<string, string>;
    replicas: { region: string; status: ReplicaStatusType }[];
    clients: Map<string, UserPoolClientType>;
    /** Branding styles by client id. */
    brandings: Map<string, ManagedLoginBrandingType>;
}

export interface Certificate {
    arn: string;
    account: string;
    region: string;
    domainName: string;
    subjectAlternativeNames: string[];
    status: CertificateStatus;
    type: CertificateType;
    /** As DescribeCertificate spells it: RSA-2048, EC-prime256v1. */
    keyAlgorithm: string;
    /** Default: AWS_MANAGED, CUSTOMER_PROVIDED for an imported one. */
    keyPairOrigin?: CertificateKeyPairOrigin;
    managedBy?: CertificateManagedBy;
    serial: string;
    notBefore: Date;
    notAfter: Date;
    createdAt: Date;
    failureReason?: FailureReason;
    renewalSummary?: RenewalSummary;
    tags: Record<string, string>;
}

/** Everything that the emulated AWS remembers. Maps keep the order of creation, which lists answer in. */
export class State {
    readonly pools = new Map<string, UserPool>();
    readonly domains: Domain[] = [];
    readonly certificates = new Map<string, Certificate>();
    readonly hostedZones = new Map<string, HostedZone>();
    /** Role sessions: access key id to the ARN of the assumed role. */
    readonly sessions = new Map<string, string>();
    /** Updates refused so far because their certificate was too fresh. */
    freshCertificateRefusals = 0;
    /** What is left of the request quotas. */
    readonly quotas = new QuotaBuckets();

    /**
     * A domain as a Region sees it. A replica shares its primary's custom domain; a prefix is of the primary's Region.
     * Source: Cognito Developer Guide, "Multi-Region replication for user pools": no other custom domain with a replica.
     */
    findDomain(account: string, region: string, name: string): Domain | undefined {
        const named = this.domains.filter((d) => d.account === account && d.domain === name);
        return (
            named.find((d) => d.region === region) ??
            named.find((d) => isCustom(d) && this.pools.get(d.userPoolId)?.replicas.some((r) => r.region === region))
        );
    }

    removeDomain(domain: Domain): void {
        this.domains.splice(this.domains.indexOf(domain), 1);
    }

    /** A pool as a Region sees it: its own, or a replica there, which has the same id. */
    poolIn(account: string, region: string, id: string): UserPool {
        const pool = this.pools.get(id);
        const isThere = pool?.region === region || pool?.replicas.some((replica) => replica.region === region);
        if (pool?.account !== account || !isThere) {
            throw notFound(`User pool ${id} does not exist.`);
        }
        return pool;
    }
}
