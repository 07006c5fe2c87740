import type { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import type { DomainAddress, PoolAddress } from "../model/address";
import { CERTIFICATE_REGION } from "../model/certificateArn";
import type { AwsCallError } from "../model/errors";
import type {
    AppClient,
    AppClients,
    ObservedCertificate,
    ObservedClient,
    ObservedDomain,
    ObservedReplica,
    ObservedUserPool,
} from "../model/observed";
import type { Settings } from "../model/settings";
import { callFailed, IncompleteAnswerError, isNotFound } from "./callErrors";
import { Certificates } from "./certificates";
import { type ClientOptions, Clients } from "./clients";
import { observedDomain, updateRequest } from "./domainMapping";
import { callTo, type OperationName } from "./operationTable";

/** The facts about the identity that the calls need. */
interface CallerTraits {
    /** Accounts are listed: if Describe does not name a domain's account, STS is asked for the caller's. */
    needsAccount?: boolean;
    /** The credentials are in the stack's config. */
    isFromConfig?: boolean;
}

/**
 * The AWS calls that this package makes, and the reading of their answers. One instance serves a whole process: its
 * clients share credentials and connections.
 *
 * Every method throws {@link AwsCallError}; "not there" is `undefined`, not an error.
 */
export class Aws {
    readonly #clients: Clients;
    readonly #certificates: Certificates;
    /** True if Describe was seen to name no account. */
    #needsCaller = false;

    constructor(
        options: ClientOptions = {},
        private readonly traits: CallerTraits = {},
    ) {
        this.#clients = new Clients(options);
        this.#certificates = new Certificates((arn) => {
            const answer = this.#clients.acm(CERTIFICATE_REGION).describeCertificate({ CertificateArn: arn });
            return this.#found(answer, "DescribeCertificate", CERTIFICATE_REGION, arn);
        });
    }

    /** The Region of the first user pool that was asked about. */
    get poolRegion(): string | undefined {
        return this.#clients.poolRegion;
    }

    /** sts:GetCallerIdentity, in a Region: the account that the credentials belong to. Needs no permission. */
    async callerAccount(region: string): Promise<string> {
        try {
            const sts = await this.#clients.sts(region);
            const { Account } = await sts.getCallerIdentity({});
            if (!Account) {
                throw new IncompleteAnswerError("no Account");
            }
            return Account;
        } catch (error) {
            throw this.#failed(error, "GetCallerIdentity", region);
        }
    }

    /** cognito-idp:DescribeUserPoolDomain. */
    async describeDomain(address: DomainAddress): Promise<ObservedDomain | undefined> {
        const { domain, region } = address;
        // Asked before the read: nothing may lie between it and an update.
        const caller = this.#needsCaller ? await this.callerAccount(region) : undefined;
        const answer = await this.#ask("DescribeUserPoolDomain", address, (it) =>
            it.describeUserPoolDomain({ Domain: domain }),
        );
        if (answer && !answer.DomainDescription) {
            throw this.#failed(new IncompleteAnswerError("no DomainDescription"), "DescribeUserPoolDomain", region);
        }
        const found = observedDomain(answer?.DomainDescription, caller);
        if (found && !found.accountId && this.traits.needsAccount) {
            this.#needsCaller = true;
            return this.describeDomain(address);
        }
        return found;
    }

    /** Waits for the turn of an update, before the read that it is planned on. */
    acquireUpdate(address: DomainAddress): Promise<void> {
        return this.#clients.acquireUpdate(address);
    }

    /**
     * cognito-idp:UpdateUserPoolDomain, with all of the settings, at once, in one request: after `acquireUpdate` and a read. It is
     * never sent again here. After a throttling or a lost connection someone else may have changed the domain, and the same
     * settings would revert that: read and plan again.
     */
    async updateDomain(address: DomainAddress, settings: Settings): Promise<void> {
        const { userPoolId, region } = address;
        try {
            const cognito = this.#clients.cognitoForUpdate(region);
            const { $metadata, ...answer } = await cognito.updateUserPoolDomain(updateRequest(address, settings));
            if (Object.keys(answer).length === 0) {
                throw new IncompleteAnswerError("no member");
            }
        } catch (error) {
            throw this.#failed(error, "UpdateUserPoolDomain", region, userPoolId);
        }
    }

    /** acm:DescribeCertificate, in the Region that CloudFront takes its certificates from. */
    describeCertificate(arn: string): Promise<ObservedCertificate | undefined> {
        return this.#certificates.describe(arn);
    }

    /** cognito-idp:DescribeUserPool: the feature plan, and whether people may sign in with passkeys. */
    async describeUserPool(pool: PoolAddress): Promise<ObservedUserPool | undefined> {
        const answer = await this.#ask("DescribeUserPool", pool, (it, UserPoolId) =>
            it.describeUserPool({ UserPoolId }),
        );
        const found = answer?.UserPool;
        return (
            found && {
                tier: found.UserPoolTier,
                passkeys: found.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.includes("WEB_AUTHN") ?? false,
                customDomain: found.CustomDomain || undefined,
            }
        );
    }

    /** cognito-idp:GetUserPoolMfaConfig: the relying party id of passkeys, if one is set. */
    async relyingPartyId(pool: PoolAddress): Promise<string | undefined> {
        const answer = await this.#ask("GetUserPoolMfaConfig", pool, (it, UserPoolId) =>
            it.getUserPoolMfaConfig({ UserPoolId }),
        );
        return answer?.WebAuthnConfiguration?.RelyingPartyId || undefined;
    }

    /** cognito-idp:ListUserPoolClients: the first `limit` (at most 60) app clients, and whether there are more. */
    async listClients(pool: PoolAddress, limit: number): Promise<AppClients> {
        const answer = await this.#ask("ListUserPoolClients", pool, (it, UserPoolId) =>
            it.listUserPoolClients({ UserPoolId, MaxResults: limit }),
        );
        const clients = (answer?.UserPoolClients ?? []).map(
            ({ ClientId = "", ClientName }): AppClient => ({ id: ClientId, name: ClientName ?? ClientId }),
        );
        return { clients, more: answer?.NextToken !== undefined };
    }

    /** cognito-idp:DescribeUserPoolClient: of its answer, which holds the client's secret, only the OAuth flows. */
    async describeClient(pool: PoolAddress, ClientId: string): Promise<ObservedClient | undefined> {
        const answer = await this.#ask("DescribeUserPoolClient", pool, (it, UserPoolId) =>
            it.describeUserPoolClient({ UserPoolId, ClientId }),
        );
        return answer?.UserPoolClient && { flows: answer.UserPoolClient.AllowedOAuthFlows ?? [] };
    }

    /** cognito-idp:DescribeManagedLoginBrandingByClient: whether the app client has a branding style. */
    async hasBranding(pool: PoolAddress, ClientId: string): Promise<boolean> {
        const answer = await this.#ask("DescribeManagedLoginBrandingByClient", pool, (it, UserPoolId) =>
            it.describeManagedLoginBrandingByClient({ UserPoolId, ClientId }),
        );
        return answer?.ManagedLoginBranding?.ManagedLoginBrandingId !== undefined;
    }

    /** cognito-idp:ListUserPoolReplicas. */
    async listReplicas(pool: PoolAddress): Promise<ObservedReplica[]> {
        const answer = await this.#ask("ListUserPoolReplicas", pool, (it, UserPoolId) =>
            it.listUserPoolReplicas({ UserPoolId }),
        );
        return (answer?.UserPoolReplicas ?? []).map(({ RegionName, Status }) => ({
            region: RegionName ?? "",
            status: Status ?? "unknown",
        }));
    }

    /** Cognito's answer about a user pool. */
    #ask<A>(
        name: OperationName,
        { region, userPoolId }: PoolAddress,
        ask: (cognito: CognitoIdentityProvider, UserPoolId: string) => Promise<A>,
    ): Promise<A | undefined> {
        return this.#found(ask(this.#clients.cognito(region), userPoolId), name, region, userPoolId);
    }

    /** An answer; `undefined` if AWS says that the thing is not there. */
    async #found<A>(answer: Promise<A>, name: OperationName, region: string, target: string): Promise<A | undefined> {
        try {
            return await answer;
        } catch (error) {
            if (isNotFound(error)) {
                return undefined;
            }
            throw this.#failed(error, name, region, target);
        }
    }

    #failed(error: unknown, name: OperationName, region: string, target?: string): AwsCallError {
        return callFailed(error, { ...callTo(name, region, target), isFromConfig: this.traits.isFromConfig });
    }
}
