import type { CertificateKeyPairOrigin, CertificateManagedBy, RenewalSummary } from "@aws-sdk/client-acm";
import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import { CLOUDFRONT_REGION } from "./certificates";
import { letters } from "./distributions";
import { withDot } from "./hostedZones";
import { DEFAULT_ACCOUNT } from "./identity";
import { newAppClient, newBranding, newCertificate, newUserPool } from "./newThings";
import {
    type Certificate,
    type CertificateStatus,
    type CertificateType,
    type Domain,
    type DomainSettings,
    type DomainStatus,
    type PendingChange,
    type ReplicaStatus,
    State,
    type UserPool,
} from "./state";

export interface UserPoolScene {
    region: string;
    account?: string;
    name?: string;
    /** Default: "ESSENTIALS". An explicit undefined (JSON: null) gives a pool that reports no tier. */
    tier?: "LITE" | "ESSENTIALS" | "PLUS" | null;
    /** The allowed first factors, e.g. ["PASSWORD", "WEB_AUTHN"]. Default: no sign-in policy. */
    signInPolicy?: string[];
    webAuthnRelyingPartyId?: string;
    replicas?: { region: string; status?: ReplicaStatus }[];
}

export interface DomainScene extends DomainSettings {
    userPoolId: string;
    domain: string;
    /** Short for managedLoginVersion. */
    version?: number;
    status?: DomainStatus;
    /** Default: the pool's own Region. */
    region?: string;
}

export interface CertificateScene {
    domainName: string;
    /** Default: the domain name alone. */
    subjectAlternativeNames?: string[];
    /** Default: us-east-1. */
    region?: string;
    account?: string;
    /** Default: "ISSUED". */
    status?: CertificateStatus;
    /** Default: "AMAZON_ISSUED". */
    type?: CertificateType;
    /** Default: "RSA-2048". */
    keyAlgorithm?: string;
    /** Colon-separated hexadecimal. Default: random. */
    serial?: string;
    /** Default: AWS_MANAGED, CUSTOMER_PROVIDED for an imported one. */
    keyPairOrigin?: CertificateKeyPairOrigin;
    managedBy?: CertificateManagedBy;
    /** Default: yesterday, or 396 days before a given end, and in 395 days. */
    notBefore?: Date | string;
    notAfter?: Date | string;
    failureReason?: string;
    renewalSummary?: RenewalSummary;
    renewalEligibility?: "ELIGIBLE" | "INELIGIBLE";
    /** Users besides our own domains. */
    inUseBy?: string[];
}

export interface AppClientScene {
    userPoolId: string;
    name?: string;
    withSecret?: boolean;
    withBranding?: boolean;
    callbackUrls?: string[];
    defaultRedirectUri?: string;
    allowedOAuthFlows?: string[];
    allowedOAuthScopes?: string[];
    supportedIdentityProviders?: string[];
}

/** Where a name is not unique: which of its domains is meant. */
export interface Where {
    account?: string;
    region?: string;
}

/** A domain as it is stored: what is in force, its status, and the change under way. */
export type StoredDomain = DomainSettings &
    Pick<Domain, "account" | "region" | "userPoolId" | "domain" | "status"> & { pending?: PendingChange };

/** Sets the scene straight in the state: no validation, no waiting, no calls. */
export class Scene {
    state = new State();

    /** Puts a user pool there and returns its id. */
    userPool(scene: UserPoolScene): string {
        const pool = newUserPool(scene.account ?? DEFAULT_ACCOUNT, scene.region, {
            name: scene.name ?? "pool",
            tier: ("tier" in scene ? scene.tier : "ESSENTIALS") ?? undefined,
            allowedFirstAuthFactors: scene.signInPolicy,
            webAuthn:
                scene.webAuthnRelyingPartyId === undefined
                    ? undefined
                    : { RelyingPartyId: scene.webAuthnRelyingPartyId, UserVerification: "preferred" },
            replicas: (scene.replicas ?? []).map((replica) => ({ status: "ACTIVE", ...replica })),
        });
        this.state.pools.set(pool.id, pool);
        return pool.id;
    }

    /**
     * Puts a domain there and returns its name. A custom domain (one with a dot) without a certificateArn gets a
     * fitting certificate of its own.
     */
    domain(scene: DomainScene): string {
        const { userPoolId, domain, version, status = "ACTIVE", region, ...settings } = scene;
        const pool = this.#pool(userPoolId);
        const certificateArn =
            settings.certificateArn ??
            (domain.includes(".") ? this.certificate({ domainName: domain, account: pool.account }) : undefined);
        this.state.domains.push({
            account: pool.account,
            region: region ?? pool.region,
            userPoolId,
            domain,
            status,
            settings: { managedLoginVersion: version, ...settings, certificateArn },
        });
        return domain;
    }

    /** Puts a certificate there and returns its ARN. */
    certificate(scene: CertificateScene): string {
        const { account = DEFAULT_ACCOUNT, region = CLOUDFRONT_REGION, ...given } = scene;
        const certificate = newCertificate(account, region, withDates(given));
        this.state.certificates.set(certificate.arn, certificate);
        return certificate.arn;
    }

    /** Puts a hosted zone there, without records, and returns its id. */
    hostedZone(name: string, account: string = DEFAULT_ACCOUNT): string {
        const id = `Z${letters(`${account} ${name}`, 13).toUpperCase()}`;
        this.state.hostedZones.set(id, { id, account, name: withDot(name), records: [] });
        return id;
    }

    /** Puts an app client there and returns its id. */
    client(scene: AppClientScene): string {
        const pool = this.#pool(scene.userPoolId);
        const client = newAppClient(
            pool.id,
            {
                ClientName: scene.name ?? "client",
                CallbackURLs: scene.callbackUrls ?? ["https://app.example.com/callback"],
                DefaultRedirectURI: scene.defaultRedirectUri,
                AllowedOAuthFlowsUserPoolClient: true,
                AllowedOAuthFlows: (scene.allowedOAuthFlows ?? ["code"]) as UserPoolClientType["AllowedOAuthFlows"],
                AllowedOAuthScopes: scene.allowedOAuthScopes ?? ["openid"],
                SupportedIdentityProviders: scene.supportedIdentityProviders ?? ["COGNITO"],
            },
            scene.withSecret ?? false,
        );
        const id = client.ClientId ?? "";
        pool.clients.set(id, client);
        if (scene.withBranding) {
            pool.brandings.set(id, newBranding(true));
        }
        return id;
    }

    /** What is stored of a domain, undefined where there is none. */
    domainOf(name: string, where?: Where): StoredDomain | undefined {
        const domain = this.#findDomain(name, where);
        if (!domain) {
            return undefined;
        }
        const { settings, ...rest } = domain;
        return structuredClone({ ...rest, ...settings });
    }

    /** Changes what is in force, as if somebody else had. A change under way ends where the patch names a status. */
    patchDomain(
        name: string,
        patch: DomainSettings & { status?: DomainStatus; userPoolId?: string },
        where?: Where,
    ): void {
        const domain = this.#domain(name, where);
        const { status, userPoolId, ...settings } = patch;
        Object.assign(domain.settings, settings);
        domain.userPoolId = userPoolId ?? domain.userPoolId;
        if (status) {
            domain.status = status;
            domain.pending = undefined;
        }
    }

    removeDomain(name: string, where?: Where): void {
        this.state.removeDomain(this.#domain(name, where));
    }

    patchCertificate(arn: string, patch: Omit<Partial<CertificateScene>, "account" | "region">): void {
        const certificate = this.state.certificates.get(arn);
        if (!certificate) {
            throw new Error(`The scene has no certificate ${arn}.`);
        }
        Object.assign(certificate, withDates(patch));
    }

    removeCertificate(arn: string): void {
        this.state.certificates.delete(arn);
    }

    patchUserPool(id: string, patch: Omit<Partial<UserPoolScene>, "account" | "region" | "name">): void {
        const pool = this.#pool(id);
        if ("tier" in patch) {
            pool.tier = patch.tier ?? undefined;
        }
        if ("signInPolicy" in patch) {
            pool.allowedFirstAuthFactors = patch.signInPolicy;
        }
        if ("webAuthnRelyingPartyId" in patch) {
            pool.webAuthn = { RelyingPartyId: patch.webAuthnRelyingPartyId, UserVerification: "preferred" };
        }
        if (patch.replicas) {
            pool.replicas = patch.replicas.map((replica) => ({ status: "ACTIVE", ...replica }));
        }
    }

    #pool(id: string): UserPool {
        const pool = this.state.pools.get(id);
        if (!pool) {
            throw new Error(`The scene has no user pool ${id}.`);
        }
        return pool;
    }

    #domain(name: string, where?: Where): Domain {
        const domain = this.#findDomain(name, where);
        if (!domain) {
            throw new Error(`The scene has no domain ${name}.`);
        }
        return domain;
    }

    #findDomain(name: string, { account, region }: Where = {}): Domain | undefined {
        const found = this.state.domains.filter(
            (d) => d.domain === name && (account ?? d.account) === d.account && (region ?? d.region) === d.region,
        );
        if (found.length > 1) {
            throw new Error(`The scene has ${found.length} domains ${name}: say in which account and Region.`);
        }
        return found[0];
    }
}

/** Dates may come as text, from JSON; a renewal summary needs one. */
function withDates<Given extends Partial<CertificateScene>>(given: Given) {
    const { notBefore, notAfter, renewalSummary, ...rest } = given;
    const dated: Partial<Certificate> = {};
    if (notBefore !== undefined) {
        dated.notBefore = new Date(notBefore);
    }
    if (notAfter !== undefined) {
        dated.notAfter = new Date(notAfter);
    }
    if (renewalSummary !== undefined) {
        dated.renewalSummary = { ...renewalSummary, UpdatedAt: new Date(renewalSummary.UpdatedAt ?? Date.now()) };
    }
    return { ...rest, ...dated };
}
