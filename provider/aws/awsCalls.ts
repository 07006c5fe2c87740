import { ACM, type ACMClientConfig } from "@aws-sdk/client-acm";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import type { DomainAddress, PoolAddress } from "../model/address";
import { CERTIFICATE_REGION } from "../model/certificateArn";
import { getOrCreate } from "../model/objects";
import type {
    AppClients,
    ObservedCertificate,
    ObservedClient,
    ObservedDomain,
    ObservedReplica,
    ObservedUserPool,
} from "../model/observed";
import type { Settings } from "../model/settings";
import { callPlugin, type Plugin } from "./callErrors";
import { observedCertificate, observedDomain, updateRequest } from "./mapping";
import { RateLimits } from "./operations";
import { directHandler } from "./requestHandler";

/** The options that the clients of all services take. */
export type ClientOptions = Pick<
    ACMClientConfig,
    "cacheMiddleware" | "credentials" | "endpoint" | "maxAttempts" | "profile" | "requestHandler" | "retryStrategy"
> & {
    /** Endpoints that differ by service: before `endpoint`. */
    endpoints?: { cognito?: string; acm?: string; sts?: string };
    /** True if the credentials are in the stack's config. */
    isFromConfig?: boolean;
    /** True if accounts are listed: if Describe does not name a domain's account, STS is asked for the caller's. */
    needsAccount?: boolean;
};

/**
 * The AWS calls that this package makes, and the reading of their answers. One instance serves a whole process: its
 * clients share credentials and connections.
 *
 * Every method throws {@link AwsCallError}; "not there" is `undefined`, not an error.
 */
export class Aws {
    readonly #cognitos = new Map<string, CognitoIdentityProvider>();
    #acm: ACM | undefined;
    readonly #limits = new RateLimits();
    readonly #options: ClientOptions;
    /** The caller's account, once Describe was seen to name none. */
    #account: string | undefined;

    constructor(options: ClientOptions = {}) {
        // Retries are for throttling: a run over many domains meets it if others use the quota too.
        const retries = { retryMode: "adaptive", maxAttempts: 8 };
        // The plugin is added before the first call, so the SDK may keep what it makes of it for each operation.
        this.#options = { requestHandler: directHandler(), cacheMiddleware: true, ...retries, ...options };
    }

    /** sts:GetCallerIdentity, in a Region: the account that the credentials belong to. Needs no permission. */
    async callerAccount(region: string): Promise<string> {
        const { STS } = await import("@aws-sdk/client-sts");
        const sts = this.#prepared(new STS(this.#optionsOf("sts", region)), region);
        const { Account = "unknown" } = await sts.getCallerIdentity({});
        return Account;
    }

    async describeDomain(address: DomainAddress): Promise<ObservedDomain | undefined> {
        const { domain, region } = address;
        const answer = await this.#cognito(region).describeUserPoolDomain({ Domain: domain });
        const found = observedDomain(answer.DomainDescription, this.#account);
        if (found && !found.accountId && this.#options.needsAccount) {
            this.#account = await this.callerAccount(region);
            // Read again: nothing may come between a read and an update.
            return this.describeDomain(address);
        }
        return found;
    }

    /** Waits for the turn of an update, before the read that it is planned on. */
    acquireUpdate({ userPoolId, region }: DomainAddress): Promise<void> {
        return this.#limits.acquire("UpdateUserPoolDomain", region, userPoolId);
    }

    /**
     * cognito-idp:UpdateUserPoolDomain, with all of the settings, at once, in one request: after `acquireUpdate` and a read. It is
     * never sent again here. After a throttling or a lost connection someone else may have changed the domain, and the same
     * settings would revert that: read and plan again. It uses the clock offset that the reads have measured.
     */
    async updateDomain(address: DomainAddress, settings: Settings): Promise<void> {
        const { region } = address;
        const { systemClockOffset } = this.#cognito(region).config;
        const options = { ...this.#optionsOf("cognito", region), retryStrategy: undefined, maxAttempts: 1 };
        const cognito = this.#prepared(new CognitoIdentityProvider({ ...options, systemClockOffset }), region);
        await cognito.updateUserPoolDomain(updateRequest(address, settings));
    }

    /** acm:DescribeCertificate, in the Region that CloudFront takes its certificates from. */
    async describeCertificate(arn: string): Promise<ObservedCertificate | undefined> {
        this.#acm ??= this.#prepared(new ACM(this.#optionsOf("acm", CERTIFICATE_REGION)), CERTIFICATE_REGION);
        const { Certificate } = await this.#acm.describeCertificate({ CertificateArn: arn });
        return Certificate && observedCertificate(Certificate);
    }

    /** cognito-idp:DescribeUserPool: the feature plan, and whether people may sign in with passkeys. */
    async describeUserPool({ region, userPoolId }: PoolAddress): Promise<ObservedUserPool | undefined> {
        const { UserPool } = await this.#cognito(region).describeUserPool({ UserPoolId: userPoolId });
        return (
            UserPool && {
                tier: UserPool.UserPoolTier,
                passkeys: UserPool.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.includes("WEB_AUTHN") ?? false,
                customDomain: UserPool.CustomDomain || undefined,
            }
        );
    }

    /** cognito-idp:GetUserPoolMfaConfig: the relying party id of passkeys, if one is set. */
    async relyingPartyId({ region, userPoolId }: PoolAddress): Promise<string | undefined> {
        const answer = await this.#cognito(region).getUserPoolMfaConfig({ UserPoolId: userPoolId });
        return answer.WebAuthnConfiguration?.RelyingPartyId || undefined;
    }

    /** cognito-idp:ListUserPoolClients: the first `limit` (at most 60) app clients, and whether there are more. */
    async listClients({ region, userPoolId }: PoolAddress, limit: number): Promise<AppClients> {
        const request = { UserPoolId: userPoolId, MaxResults: limit };
        const { UserPoolClients = [], NextToken } = await this.#cognito(region).listUserPoolClients(request);
        const clients = UserPoolClients.map(({ ClientId: id = "", ClientName: name = id }) => ({ id, name }));
        return { clients, more: NextToken !== undefined };
    }

    /** cognito-idp:DescribeUserPoolClient: of its answer, which holds the client's secret, only the OAuth flows. */
    async describeClient({ region, userPoolId }: PoolAddress, clientId: string): Promise<ObservedClient | undefined> {
        const request = { UserPoolId: userPoolId, ClientId: clientId };
        const { UserPoolClient } = await this.#cognito(region).describeUserPoolClient(request);
        return UserPoolClient && { flows: UserPoolClient.AllowedOAuthFlows ?? [] };
    }

    /** cognito-idp:DescribeManagedLoginBrandingByClient: whether the app client has a branding style. */
    async hasBranding({ region, userPoolId }: PoolAddress, clientId: string): Promise<boolean> {
        const request = { UserPoolId: userPoolId, ClientId: clientId };
        const answer = await this.#cognito(region).describeManagedLoginBrandingByClient(request);
        return answer.ManagedLoginBranding?.ManagedLoginBrandingId !== undefined;
    }

    async listReplicas({ region, userPoolId }: PoolAddress): Promise<ObservedReplica[]> {
        const { UserPoolReplicas = [] } = await this.#cognito(region).listUserPoolReplicas({ UserPoolId: userPoolId });
        return UserPoolReplicas.map(({ RegionName: region = "", Status: status = "unknown" }) => ({ region, status }));
    }

    #cognito(region: string): CognitoIdentityProvider {
        return getOrCreate(this.#cognitos, region, () =>
            this.#prepared(new CognitoIdentityProvider(this.#optionsOf("cognito", region)), region),
        );
    }

    #optionsOf(service: "cognito" | "acm" | "sts", region: string): ClientOptions & { region: string } {
        const { endpoints, ...options } = this.#options;
        return { ...options, region, endpoint: endpoints?.[service] ?? options.endpoint };
    }

    #prepared<C extends { middlewareStack: { use(plugin: Plugin): void } }>(client: C, region: string): C {
        client.middlewareStack.use(callPlugin(region, this.#options.isFromConfig, this.#limits));
        return client;
    }
}
