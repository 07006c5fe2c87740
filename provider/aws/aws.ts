import {
    ACMClient,
    type ACMClientConfig,
    type CertificateDetail,
    DescribeCertificateCommand,
} from "@aws-sdk/client-acm";
import {
    CognitoIdentityProviderClient,
    DescribeManagedLoginBrandingByClientCommand,
    DescribeUserPoolClientCommand,
    DescribeUserPoolCommand,
    DescribeUserPoolDomainCommand,
    GetUserPoolMfaConfigCommand,
    ListUserPoolClientsCommand,
    ListUserPoolReplicasCommand,
    UpdateUserPoolDomainCommand,
    type UpdateUserPoolDomainCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { FinalizeRequestMiddleware } from "@smithy/types";
import type { AwsIdentity } from "../inputs/identity";
import type { DomainAddress, PoolAddress } from "../model/address";
import { certificateRegion } from "../model/certificateArn";
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
import { type Call, callFailed, isNotFound } from "./callErrors";
import { callerAccount } from "./callerAccount";
import { type CredentialOptions, credentialOptions } from "./credentials";
import { observedSettings, updateRequest } from "./mapping";
import { Quotas } from "./quotas";

/** The options that both services' clients take. */
type ClientOptions = CredentialOptions &
    Pick<ACMClientConfig, "endpoint" | "maxAttempts" | "requestHandler" | "retryStrategy">;

/** Milliseconds: no request may hang for ever, and none of these calls takes seconds when it succeeds. */
const CONNECTION_TIMEOUT = 5_000;
const REQUEST_TIMEOUT = 20_000;

/** Calls in flight at once; further ones wait for a connection. */
const MAX_SOCKETS = 64;

/** Milliseconds after which the SDK warns on the terminal of requests that wait for a socket: here they may. */
const SOCKET_WARNING_TIMEOUT = 24 * 60 * 60 * 1000;

/** Throttling is what retries are for here: a run over many domains meets it. */
const MAX_ATTEMPTS = 8;

/** Milliseconds for which the answer about an issued certificate serves. */
const ISSUED_SERVES = 60 * 1000;

/**
 * The AWS calls that this package makes, and the reading of their answers. One instance serves a whole process: its
 * clients share credentials and connections.
 *
 * Every method throws {@link AwsCallError}; "not there" is `undefined`, not an error.
 */
export class Aws {
    readonly #cognito = new Map<string, CognitoIdentityProviderClient>();
    readonly #acm = new Map<string, ACMClient>();
    readonly #quotas = new Map<string, Quotas>();
    readonly #certificates = new Map<string, Promise<ObservedCertificate | undefined>>();
    #shared: ClientOptions | undefined;

    /** `needsAccount`: where Describe does not name a domain's account, STS is asked for the caller's. */
    constructor(
        private readonly options: ClientOptions = {},
        private readonly needsAccount = false,
    ) {}

    /** sts:GetCallerIdentity, in a Region: the account that the credentials belong to. */
    callerAccount(region: string): Promise<string> {
        const { endpoint } = this.options;
        return callerAccount(this.cognito(region), region, typeof endpoint === "string" ? endpoint : undefined);
    }

    /** cognito-idp:DescribeUserPoolDomain. A missing domain is an empty description, or ResourceNotFoundException. */
    async describeDomain({ domain, region }: DomainAddress): Promise<ObservedDomain | undefined> {
        const answer = await called(
            { action: "cognito-idp:DescribeUserPoolDomain", resource: "*", region },
            this.cognito(region).send(new DescribeUserPoolDomainCommand({ Domain: domain })),
        );
        const description = answer?.DomainDescription;
        return description?.UserPoolId
            ? {
                  userPoolId: description.UserPoolId,
                  accountId:
                      description.AWSAccountId || (this.needsAccount ? await this.callerAccount(region) : undefined),
                  status: description.Status ?? "ACTIVE",
                  cloudFrontDistribution: description.CloudFrontDistribution || undefined,
                  settings: observedSettings(description),
              }
            : undefined;
    }

    /** Waits for the turn of an update, before the look that it is planned on. */
    acquireUpdate({ userPoolId, region }: DomainAddress): Promise<void> {
        return this.quotas(region).acquireUpdate(userPoolId);
    }

    /**
     * cognito-idp:UpdateUserPoolDomain, with all of the settings, at once, in one request: after `acquireUpdate` and a
     * look. It is never sent anew here. After a throttling or a lost connection somebody else may have changed the domain,
     * and the same settings would undo that: look and plan again.
     */
    async updateDomain(address: DomainAddress, settings: Settings): Promise<void> {
        const { userPoolId, region } = address;
        const call = {
            action: "cognito-idp:UpdateUserPoolDomain",
            resource: `the user pool ${userPoolId} (and, for a custom domain, cloudfront:UpdateDistribution on *)`,
            region,
        };
        const command = new UpdateUserPoolDomainCommand(updateRequest(address, settings));
        const withoutRetry: FinalizeRequestMiddleware<UpdateUserPoolDomainCommandInput, object> = (next) => (args) =>
            next(args).catch((error: unknown) => {
                throw new FinalError(error);
            });
        command.middlewareStack.add(withoutRetry as never, { step: "finalizeRequest", name: "withoutRetryMiddleware" });
        try {
            await this.cognito(region).send(command);
        } catch (error) {
            throw callFailed(error instanceof FinalError ? error.error : error, call);
        }
    }

    /**
     * acm:DescribeCertificate, in the Region that CloudFront takes its certificates from. One answer serves all who ask
     * at the same time and, where the certificate is issued, within a minute: a wildcard is asked for by hundreds.
     */
    describeCertificate(arn: string): Promise<ObservedCertificate | undefined> {
        const known = this.#certificates.get(arn);
        if (known) {
            return known;
        }
        const answer = this.askForCertificate(arn);
        this.#certificates.set(arn, answer);
        const forget = () => void this.#certificates.delete(arn);
        answer.then((it) => (it?.status === "ISSUED" ? setTimeout(forget, ISSUED_SERVES).unref() : forget()), forget);
        return answer;
    }

    private async askForCertificate(arn: string): Promise<ObservedCertificate | undefined> {
        const region = certificateRegion(arn);
        const answer = await called(
            { action: "acm:DescribeCertificate", resource: arn, region },
            this.acm(region).send(new DescribeCertificateCommand({ CertificateArn: arn })),
        );
        const detail = answer?.Certificate;
        return (
            detail && {
                status: detail.Status ?? "unknown",
                names: namesOf(detail),
                notBefore: detail.NotBefore,
                notAfter: detail.NotAfter,
                issuedAt: detail.IssuedAt ?? detail.ImportedAt,
                keyAlgorithm: detail.KeyAlgorithm,
                type: detail.Type,
                keyPairOrigin: detail.CertificateKeyPairOrigin,
                managedBy: detail.ManagedBy,
                validationMethod: detail.DomainValidationOptions?.[0]?.ValidationMethod,
                failureReason: detail.FailureReason,
                renewalStatus: detail.RenewalSummary?.RenewalStatus,
                renewalReason: detail.RenewalSummary?.RenewalStatusReason,
                renewalEligibility: detail.RenewalEligibility,
                serial: detail.Serial,
            }
        );
    }

    /** cognito-idp:DescribeUserPool: the feature plan, and whether people may sign in with passkeys. */
    async describeUserPool({ userPoolId, region }: PoolAddress): Promise<ObservedUserPool | undefined> {
        const answer = await called(
            { action: "cognito-idp:DescribeUserPool", resource: `the user pool ${userPoolId}`, region },
            this.cognito(region).send(new DescribeUserPoolCommand({ UserPoolId: userPoolId })),
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
        const answer = await called(
            { action: "cognito-idp:GetUserPoolMfaConfig", resource: `the user pool ${userPoolId}`, region },
            this.cognito(region).send(new GetUserPoolMfaConfigCommand({ UserPoolId: userPoolId })),
        );
        return answer?.WebAuthnConfiguration?.RelyingPartyId || undefined;
    }

    /** cognito-idp:ListUserPoolClients: the first `limit` (at most 60) app clients, and whether there are more. */
    async listClients({ userPoolId, region }: PoolAddress, limit: number): Promise<AppClients> {
        const answer = await called(
            { action: "cognito-idp:ListUserPoolClients", resource: `the user pool ${userPoolId}`, region },
            this.cognito(region).send(new ListUserPoolClientsCommand({ UserPoolId: userPoolId, MaxResults: limit })),
        );
        const clients = (answer?.UserPoolClients ?? []).map(
            ({ ClientId = "", ClientName }): AppClient => ({ id: ClientId, name: ClientName ?? ClientId }),
        );
        return { clients, more: answer?.NextToken !== undefined };
    }

    /** cognito-idp:DescribeUserPoolClient: of its answer, which holds the client's secret, only what a URL needs. */
    async describeClient({ userPoolId, region }: PoolAddress, clientId: string): Promise<ObservedClient | undefined> {
        const answer = await called(
            { action: "cognito-idp:DescribeUserPoolClient", resource: `the user pool ${userPoolId}`, region },
            this.cognito(region).send(
                new DescribeUserPoolClientCommand({ UserPoolId: userPoolId, ClientId: clientId }),
            ),
        );
        const client = answer?.UserPoolClient;
        return (
            client && {
                redirectUri: client.DefaultRedirectURI ?? client.CallbackURLs?.[0],
                flows: client.AllowedOAuthFlows ?? [],
                scopes: client.AllowedOAuthScopes ?? [],
            }
        );
    }

    /** cognito-idp:DescribeManagedLoginBrandingByClient: whether the app client has a branding style. */
    async hasBranding({ userPoolId, region }: PoolAddress, clientId: string): Promise<boolean> {
        const answer = await called(
            {
                action: "cognito-idp:DescribeManagedLoginBrandingByClient",
                resource: `the user pool ${userPoolId}`,
                region,
            },
            this.cognito(region).send(
                new DescribeManagedLoginBrandingByClientCommand({ UserPoolId: userPoolId, ClientId: clientId }),
            ),
        );
        return answer?.ManagedLoginBranding?.ManagedLoginBrandingId !== undefined;
    }

    /** cognito-idp:ListUserPoolReplicas. */
    async listReplicas({ userPoolId, region }: PoolAddress): Promise<ObservedReplica[]> {
        const answer = await called(
            { action: "cognito-idp:ListUserPoolReplicas", resource: `the user pool ${userPoolId}`, region },
            this.cognito(region).send(new ListUserPoolReplicasCommand({ UserPoolId: userPoolId })),
        );
        return (answer?.UserPoolReplicas ?? []).map(({ RegionName, Status }) => ({
            region: RegionName ?? "",
            status: Status ?? "unknown",
        }));
    }

    private cognito(region: string): CognitoIdentityProviderClient {
        return remember(this.#cognito, region, () =>
            this.share(new CognitoIdentityProviderClient({ ...this.clientOptions(), region }), this.quotas(region)),
        );
    }

    /** Cognito and ACM count apart, and so does each Region. */
    private quotas(region: string): Quotas {
        return remember(this.#quotas, region, () => new Quotas());
    }

    private acm(region: string): ACMClient {
        return remember(this.#acm, region, () =>
            this.share(new ACMClient({ ...this.clientOptions(), region }), new Quotas()),
        );
    }

    private clientOptions(): ClientOptions {
        return (
            this.#shared ?? {
                maxAttempts: MAX_ATTEMPTS,
                requestHandler: {
                    connectionTimeout: CONNECTION_TIMEOUT,
                    requestTimeout: REQUEST_TIMEOUT,
                    throwOnRequestTimeout: true,
                    socketAcquisitionWarningTimeout: SOCKET_WARNING_TIMEOUT,
                    httpAgent: { maxSockets: MAX_SOCKETS, keepAlive: true },
                    httpsAgent: { maxSockets: MAX_SOCKETS, keepAlive: true },
                },
                ...this.options,
            }
        );
    }

    /** The first client's connections and credentials serve all that follow. */
    private share<C extends CognitoIdentityProviderClient | ACMClient>(client: C, quotas: Quotas): C {
        quotas.govern((client as ACMClient).middlewareStack);
        const { requestHandler, credentials } = client.config;
        this.#shared ??= { ...this.clientOptions(), requestHandler, credentials };
        return client;
    }
}

/** Browsers look at the subject alternative names alone, where there are any (RFC 9525; CA/B baseline requirements). */
function namesOf({ DomainName, SubjectAlternativeNames }: CertificateDetail): string[] {
    return [...new Set(SubjectAlternativeNames?.length ? SubjectAlternativeNames : [DomainName ?? ""])].filter(Boolean);
}

/** An error that the SDK does not know as one to retry. It is no `cause`, since the SDK looks at causes too. */
class FinalError extends Error {
    constructor(readonly error: unknown) {
        super();
    }
}

/** The calls as somebody. */
export async function connectAs(identity: AwsIdentity): Promise<Aws> {
    const needsAccount = Boolean(identity.allowedAccountIds ?? identity.forbiddenAccountIds);
    return new Aws(await credentialOptions(identity), needsAccount);
}

/** The answer of a call that reads; `undefined` where AWS says that the thing is not there. */
async function called<A>(call: Call, answer: Promise<A>): Promise<A | undefined> {
    try {
        return await answer;
    } catch (error) {
        if (isNotFound(error)) {
            return undefined;
        }
        throw callFailed(error, call);
    }
}

function remember<V>(map: Map<string, V>, key: string, make: () => V): V {
    let value = map.get(key);
    if (value === undefined) {
        value = make();
        map.set(key, value);
    }
    return value;
}
