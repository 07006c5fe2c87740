import { ACMClient, type ACMClientConfig, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import {
    CognitoIdentityProviderClient,
    DescribeUserPoolDomainCommand,
    UpdateUserPoolDomainCommand,
    type UpdateUserPoolDomainResponse,
} from "@aws-sdk/client-cognito-identity-provider";
import { callFailed, isNotFound } from "./awsErrors";
import { certificateRegion } from "./certificateArn";
import type { DomainAddress } from "./domain";
import type { ObservedCertificate, ObservedDomain } from "./observation";
import { observedSettings, type Settings, updateRequest } from "./settings";

/** The options that both services' clients take. */
type ClientOptions = Pick<ACMClientConfig, "credentials" | "maxAttempts" | "profile" | "requestHandler">;

/** Milliseconds: no request may hang for ever, and none of these calls takes seconds when it succeeds. */
const CONNECTION_TIMEOUT = 5_000;
const REQUEST_TIMEOUT = 20_000;

/** The SDK warns on the terminal when more than its default of 50 requests wait for a socket. */
const MAX_SOCKETS = 256;

/** Throttling is what retries are for here: a run over many domains meets it. */
const MAX_ATTEMPTS = 8;

/**
 * The AWS calls that this package makes, and the reading of their answers. One instance serves a whole process: its
 * clients share credentials and connections.
 *
 * Every method throws {@link AwsCallError}; "not there" is `undefined`, not an error.
 */
export class Aws {
    readonly #cognito = new Map<string, CognitoIdentityProviderClient>();
    readonly #acm = new Map<string, ACMClient>();
    #shared: ClientOptions | undefined;

    constructor(private readonly options: ClientOptions = {}) {}

    /** cognito-idp:DescribeUserPoolDomain. A missing domain is an empty description, or ResourceNotFoundException. */
    async describeDomain(address: DomainAddress): Promise<ObservedDomain | undefined> {
        const { domain, region } = address;
        try {
            const { DomainDescription: description = {} } = await this.cognito(region).send(
                new DescribeUserPoolDomainCommand({ Domain: domain }),
            );
            if (!description.UserPoolId) {
                return undefined;
            }
            return {
                userPoolId: description.UserPoolId,
                accountId: description.AWSAccountId,
                status: description.Status ?? "ACTIVE",
                cloudFrontDistribution: description.CloudFrontDistribution || undefined,
                settings: observedSettings(description),
            };
        } catch (error) {
            if (isNotFound(error)) {
                return undefined;
            }
            throw callFailed(error, { action: "cognito-idp:DescribeUserPoolDomain", resource: "*", region });
        }
    }

    /** cognito-idp:UpdateUserPoolDomain, with all of the settings. */
    async updateDomain(address: DomainAddress, settings: Settings): Promise<UpdateUserPoolDomainResponse> {
        const { userPoolId, region } = address;
        try {
            return await this.cognito(region).send(new UpdateUserPoolDomainCommand(updateRequest(address, settings)));
        } catch (error) {
            const resource = `the user pool ${userPoolId}`;
            throw callFailed(error, { action: "cognito-idp:UpdateUserPoolDomain", resource, region });
        }
    }

    /** acm:DescribeCertificate, in the Region that CloudFront takes its certificates from. */
    async describeCertificate(arn: string): Promise<ObservedCertificate | undefined> {
        const region = certificateRegion(arn);
        try {
            const { Certificate: detail } = await this.acm(region).send(
                new DescribeCertificateCommand({ CertificateArn: arn }),
            );
            return (
                detail && {
                    status: detail.Status ?? "unknown",
                    names: [...new Set([detail.DomainName ?? "", ...(detail.SubjectAlternativeNames ?? [])])].filter(
                        Boolean,
                    ),
                    notBefore: detail.NotBefore,
                    notAfter: detail.NotAfter,
                    issuedAt: detail.IssuedAt ?? detail.ImportedAt,
                    keyAlgorithm: detail.KeyAlgorithm,
                    type: detail.Type,
                    failureReason: detail.FailureReason,
                    renewalStatus: detail.RenewalSummary?.RenewalStatus,
                    renewalReason: detail.RenewalSummary?.RenewalStatusReason,
                    renewalEligibility: detail.RenewalEligibility,
                    serial: detail.Serial,
                }
            );
        } catch (error) {
            if (isNotFound(error)) {
                return undefined;
            }
            throw callFailed(error, { action: "acm:DescribeCertificate", resource: arn, region });
        }
    }

    private cognito(region: string): CognitoIdentityProviderClient {
        return remember(this.#cognito, region, () =>
            this.share(new CognitoIdentityProviderClient({ ...this.clientOptions(), region })),
        );
    }

    private acm(region: string): ACMClient {
        return remember(this.#acm, region, () => this.share(new ACMClient({ ...this.clientOptions(), region })));
    }

    private clientOptions(): ClientOptions {
        return (
            this.#shared ?? {
                maxAttempts: MAX_ATTEMPTS,
                requestHandler: {
                    connectionTimeout: CONNECTION_TIMEOUT,
                    requestTimeout: REQUEST_TIMEOUT,
                    throwOnRequestTimeout: true,
                    httpAgent: { maxSockets: MAX_SOCKETS, keepAlive: true },
                    httpsAgent: { maxSockets: MAX_SOCKETS, keepAlive: true },
                },
                ...this.options,
            }
        );
    }

    /** The first client's connections and credentials serve all that follow. */
    private share<C extends CognitoIdentityProviderClient | ACMClient>(client: C): C {
        const { requestHandler, credentials } = client.config;
        this.#shared ??= { ...this.clientOptions(), requestHandler, credentials };
        return client;
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
