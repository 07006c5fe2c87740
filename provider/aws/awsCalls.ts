import {
    DescribeManagedLoginBrandingByClientCommand,
    DescribeUserPoolClientCommand,
    DescribeUserPoolCommand,
    DescribeUserPoolDomainCommand,
    GetUserPoolMfaConfigCommand,
    ListUserPoolClientsCommand,
    ListUserPoolReplicasCommand,
    UpdateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { DomainAddress, PoolAddress } from "../model/address";
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
import { awsAnswer } from "./awsAnswer";
import { callFailed } from "./callErrors";
import { callerAccount } from "./callerAccount";
import { Certificates } from "./certificates";
import { type ClientOptions, Clients } from "./clients";
import { observedDomain, updateRequest } from "./domainMapping";
import { callTo } from "./operationTable";
import { originalError, sendOnce } from "./sendOnce";
import { stsEndpoint } from "./stsEndpoint";

/**
 * The AWS calls that this package makes, and the reading of their answers. One instance serves a whole process: its
 * clients share credentials and connections.
 *
 * Every method throws {@link AwsCallError}; "not there" is `undefined`, not an error.
 */
export class Aws {
    readonly #clients: Clients;
    readonly #certificates: Certificates;
    /** Whether Describe was seen to name no account. */
    #needsCaller = false;

    /** `needsAccount`: where Describe does not name a domain's account, STS is asked for the caller's. */
    constructor(
        private readonly options: ClientOptions = {},
        private readonly needsAccount = false,
    ) {
        this.#clients = new Clients(options);
        this.#certificates = new Certificates((region) => this.#clients.acm(region));
    }

    /** The Region of the first user pool that was asked about. */
    get poolRegion(): string | undefined {
        return this.#clients.poolRegion;
    }

    /** sts:GetCallerIdentity, in a Region: the account that the credentials belong to. */
    callerAccount(region: string): Promise<string> {
        return callerAccount(this.#clients.cognito(region), region, stsEndpoint(region, this.options));
    }

    /** cognito-idp:DescribeUserPoolDomain. */
    async describeDomain(address: DomainAddress): Promise<ObservedDomain | undefined> {
        const { domain, region } = address;
        // Asked before the look: nothing may lie between it and an update.
        const caller = this.#needsCaller ? await this.callerAccount(region) : undefined;
        const answer = await awsAnswer(
            callTo("DescribeUserPoolDomain", region),
            this.#clients.cognito(region).send(new DescribeUserPoolDomainCommand({ Domain: domain })),
        );
        const found = observedDomain(answer?.DomainDescription, caller);
        if (found && !found.accountId && this.needsAccount) {
            this.#needsCaller = true;
            return this.describeDomain(address);
        }
        return found;
    }

    /** Waits for the turn of an update, before the look that it is planned on. */
    acquireUpdate({ userPoolId, region }: DomainAddress): Promise<void> {
        return this.#clients.quotas(region).acquireUpdate(userPoolId);
    }

    /**
     * cognito-idp:UpdateUserPoolDomain, with all of the settings, at once, in one request: after `acquireUpdate` and a
     * look. It is never sent anew here. After a throttling or a lost connection somebody else may have changed the domain,
     * and the same settings would undo that: look and plan again.
     */
    async updateDomain(address: DomainAddress, settings: Settings): Promise<void> {
        const { userPoolId, region } = address;
        const command = new UpdateUserPoolDomainCommand(updateRequest(address, settings));
        sendOnce(command.middlewareStack);
        try {
            await this.#clients.cognito(region).send(command);
        } catch (error) {
            throw callFailed(originalError(error), callTo("UpdateUserPoolDomain", region, userPoolId));
        }
    }

    /** acm:DescribeCertificate, in the Region that CloudFront takes its certificates from. */
    describeCertificate(arn: string): Promise<ObservedCertificate | undefined> {
        return this.#certificates.describe(arn);
    }

    /** cognito-idp:DescribeUserPool: the feature plan, and whether people may sign in with passkeys. */
    async describeUserPool({ userPoolId, region }: PoolAddress): Promise<ObservedUserPool | undefined> {
        const answer = await awsAnswer(
            callTo("DescribeUserPool", region, userPoolId),
            this.#clients.cognito(region).send(new DescribeUserPoolCommand({ UserPoolId: userPoolId })),
        );
        const pool = answer?.UserPool;
        return (
            pool && {
                tier: pool.UserPoolTier,
                passkeys: pool.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.includes("WEB_AUTHN") ?? false,
                customDomain: pool.CustomDomain || undefined,
            }
        );
    }

    /** cognito-idp:GetUserPoolMfaConfig: the relying party id of passkeys, where one is set. */
    async relyingPartyId({ userPoolId, region }: PoolAddress): Promise<string | undefined> {
        const answer = await awsAnswer(
            callTo("GetUserPoolMfaConfig", region, userPoolId),
            this.#clients.cognito(region).send(new GetUserPoolMfaConfigCommand({ UserPoolId: userPoolId })),
        );
        return answer?.WebAuthnConfiguration?.RelyingPartyId || undefined;
    }

    /** cognito-idp:ListUserPoolClients: the first `limit` (at most 60) app clients, and whether there are more. */
    async listClients({ userPoolId, region }: PoolAddress, limit: number): Promise<AppClients> {
        const command = new ListUserPoolClientsCommand({ UserPoolId: userPoolId, MaxResults: limit });
        const answer = await awsAnswer(
            callTo("ListUserPoolClients", region, userPoolId),
            this.#clients.cognito(region).send(command),
        );
        const clients = (answer?.UserPoolClients ?? []).map(
            ({ ClientId = "", ClientName }): AppClient => ({ id: ClientId, name: ClientName ?? ClientId }),
        );
        return { clients, more: answer?.NextToken !== undefined };
    }

    /** cognito-idp:DescribeUserPoolClient: of its answer, which holds the client's secret, only the OAuth flows. */
    async describeClient({ userPoolId, region }: PoolAddress, clientId: string): Promise<ObservedClient | undefined> {
        const command = new DescribeUserPoolClientCommand({ UserPoolId: userPoolId, ClientId: clientId });
        const answer = await awsAnswer(
            callTo("DescribeUserPoolClient", region, userPoolId),
            this.#clients.cognito(region).send(command),
        );
        const client = answer?.UserPoolClient;
        return client && { flows: client.AllowedOAuthFlows ?? [] };
    }

    /** cognito-idp:DescribeManagedLoginBrandingByClient: whether the app client has a branding style. */
    async hasBranding({ userPoolId, region }: PoolAddress, clientId: string): Promise<boolean> {
        const command = new DescribeManagedLoginBrandingByClientCommand({ UserPoolId: userPoolId, ClientId: clientId });
        const answer = await awsAnswer(
            callTo("DescribeManagedLoginBrandingByClient", region, userPoolId),
            this.#clients.cognito(region).send(command),
        );
        return answer?.ManagedLoginBranding?.ManagedLoginBrandingId !== undefined;
    }

    /** cognito-idp:ListUserPoolReplicas. */
    async listReplicas({ userPoolId, region }: PoolAddress): Promise<ObservedReplica[]> {
        const answer = await awsAnswer(
            callTo("ListUserPoolReplicas", region, userPoolId),
            this.#clients.cognito(region).send(new ListUserPoolReplicasCommand({ UserPoolId: userPoolId })),
        );
        return (answer?.UserPoolReplicas ?? []).map(({ RegionName, Status }) => ({
            region: RegionName ?? "",
            status: Status ?? "unknown",
        }));
    }
}
