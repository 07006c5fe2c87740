import { randomUUID } from "node:crypto";
import type { ReplicaStatusType, UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import { CLOUDFRONT_REGION } from "./certificates";
import { letters } from "./distributions";
import { DEFAULT_ACCOUNT } from "./identity";
import { addAppClient, addCertificate, addUserPool, type NewCertificate } from "./newThings";
import { type Certificate, type Domain, type DomainSettings, type DomainStatus, State, type UserPool } from "./state";

/** The plan is ESSENTIALS by default; null gives a pool that reports none. */
export interface UserPoolScene extends Partial<Omit<UserPool, "replicas">> {
    region: string;
    replicas?: { region: string; status?: ReplicaStatusType }[];
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

export interface AppClientScene {
    userPoolId: string;
    name?: string;
    withSecret?: boolean;
    withBranding?: boolean;
}

/** A domain as it is stored: what is in force, its status, and the change under way. */
export type StoredDomain = DomainSettings & Omit<Domain, "settings">;

/** Sets the scene straight in the state: no validation, no waiting, no calls. */
export class Scene {
    state = new State();

    /** Puts a user pool there and returns its id. */
    userPool({ region, account = DEFAULT_ACCOUNT, replicas = [], ...given }: UserPoolScene): string {
        const pool = addUserPool(this.state, account, region, {
            tier: "ESSENTIALS",
            ...given,
            replicas: replicas.map((replica) => ({ status: "ACTIVE", ...replica })),
        });
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

    /** Puts a certificate there, in us-east-1 by default, and returns its ARN. */
    certificate({ account = DEFAULT_ACCOUNT, region = CLOUDFRONT_REGION, ...given }: NewCertificate): string {
        return addCertificate(this.state, account, region, given);
    }

    /** Puts a hosted zone there, without records, and returns its id. */
    hostedZone(name: string): string {
        const id = `Z${letters(name, 13).toUpperCase()}`;
        this.state.hostedZones.set(id, { id, account: DEFAULT_ACCOUNT, name: `${name}.`, records: [] });
        return id;
    }

    /** Puts an app client there and returns its id. */
    client(scene: AppClientScene): string {
        const { userPoolId, name = "client", withSecret, withBranding } = scene;
        const pool = this.#pool(userPoolId);
        const given: UserPoolClientType = { ClientName: name, AllowedOAuthFlows: ["code"] };
        const { ClientId = "" } = addAppClient(pool, given, withSecret);
        if (withBranding) {
            pool.brandings.set(ClientId, { ManagedLoginBrandingId: randomUUID(), UserPoolId: pool.id });
        }
        return ClientId;
    }

    /** What is stored of a domain, undefined where there is none. Accounts may have prefix domains of one name. */
    domainOf(name: string, { account }: { account?: string } = {}): StoredDomain | undefined {
        const domain = this.state.domains.find((d) => d.domain === name && (account ?? d.account) === d.account);
        if (!domain) {
            return undefined;
        }
        const { settings, ...rest } = domain;
        return structuredClone({ ...rest, ...settings });
    }

    /** Changes what is in force, as if somebody else had. A change under way ends where the patch names a status. */
    patchDomain(name: string, patch: DomainSettings & { status?: DomainStatus; userPoolId?: string }): void {
        const domain = this.#domain(name);
        const { status, userPoolId, ...settings } = patch;
        Object.assign(domain.settings, settings);
        domain.userPoolId = userPoolId ?? domain.userPoolId;
        if (status) {
            domain.status = status;
            domain.pending = undefined;
        }
    }

    removeDomain(name: string): void {
        this.state.removeDomain(this.#domain(name));
    }

    patchCertificate(arn: string, patch: Partial<Certificate>): void {
        Object.assign(found(this.state.certificates.get(arn), arn), patch);
    }

    removeCertificate(arn: string): void {
        this.state.certificates.delete(arn);
    }

    patchUserPool(id: string, patch: Partial<UserPool>): void {
        Object.assign(this.#pool(id), patch);
    }

    #pool(id: string): UserPool {
        return found(this.state.pools.get(id), id);
    }

    #domain(name: string): Domain {
        return found(
            this.state.domains.find(({ domain }) => domain === name),
            name,
        );
    }
}

function found<T>(it: T | undefined, name: string): T {
    if (it === undefined) {
        throw new Error(`The scene has no ${name}.`);
    }
    return it;
}
