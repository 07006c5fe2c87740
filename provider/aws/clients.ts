import { ACM, type ACMClientConfig } from "@aws-sdk/client-acm";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import type { STS } from "@aws-sdk/client-sts";
import type { InitializeMiddleware, Pluggable } from "@smithy/types";
import type { PoolAddress } from "../model/address";
import { CERTIFICATE_REGION } from "../model/certificateArn";
import { defined, getOrCreate } from "../model/objects";
import { callFailed, IncompleteAnswerError, isNotFound } from "./callErrors";
import { type AwsOperation, callTo, OPERATIONS, type OperationName, RateLimits } from "./operations";
import { directHandler } from "./requestHandler";

/** The options that the clients of all services take. */
export type ClientOptions = Pick<
    ACMClientConfig,
    "credentials" | "endpoint" | "maxAttempts" | "profile" | "requestHandler" | "retryStrategy"
> & {
    /** Endpoints that differ by service: before `endpoint`. */
    endpoints?: { cognito?: string; acm?: string; sts?: string };
    /** True if the credentials are in the stack's config. */
    isFromConfig?: boolean;
};

/** The members of requests that name what they are about. */
type RequestInput = Partial<Record<"RoleArn" | "CertificateArn" | "UserPoolId", string>>;

/** A part of the middleware of a client, whichever it is. */
// biome-ignore lint/suspicious/noExplicitAny: each client has a type of its own for it
type Plugin = Pluggable<any, any>;

/** Throttling is what retries are for here: a run over many domains meets it if others use the quota too. */
const READS = { retryMode: "adaptive", maxAttempts: 8 };

/** A client for each service and Region. They share connections, credentials and quotas. */
export class Clients {
    readonly #cognito = new Map<string, CognitoIdentityProvider>();
    #acm: ACM | undefined;
    readonly #limits = new RateLimits();
    readonly #options: ClientOptions;

    constructor(options: ClientOptions) {
        this.#options = { requestHandler: directHandler(), ...READS, ...options };
    }

    /** For reads. */
    cognito(region: string): CognitoIdentityProvider {
        return getOrCreate(this.#cognito, region, () => {
            const options = this.#optionsOf("cognito", region);
            return this.#prepared(new CognitoIdentityProvider(options), region);
        });
    }

    /** For one update, which is sent once, whatever comes of it. It takes over what the reads found out about this machine's clock. */
    cognitoForUpdate(region: string): CognitoIdentityProvider {
        const { systemClockOffset } = this.cognito(region).config;
        const options = { ...this.#optionsOf("cognito", region), retryStrategy: undefined, maxAttempts: 1 };
        return this.#prepared(new CognitoIdentityProvider({ ...options, systemClockOffset }), region);
    }

    /** Waits for the turn of an update. */
    acquireUpdate({ userPoolId, region }: PoolAddress): Promise<void> {
        return this.#limits.acquire("UpdateUserPoolDomain", region, userPoolId);
    }

    /** In the Region that CloudFront takes its certificates from. */
    get acm(): ACM {
        this.#acm ??= this.#prepared(new ACM(this.#optionsOf("acm", CERTIFICATE_REGION)), CERTIFICATE_REGION);
        return this.#acm;
    }

    async sts(region: string): Promise<STS> {
        const { STS } = await import("@aws-sdk/client-sts");
        return this.#prepared(new STS(this.#optionsOf("sts", region)), region);
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

/**
 * Makes every call wait for its turn (except for an update, whose turn comes before the read that it is planned on) and fail with an
 * AwsCallError that says what to do. A read of what is not there returns an empty answer.
 */
export function callPlugin(region: string, isFromConfig = false, limits = new RateLimits()): Plugin {
    const middleware: InitializeMiddleware<RequestInput, object> =
        (next, { commandName = "" }) =>
        async (args) => {
            const operation = commandName.replace(/Command$/, "") as OperationName;
            const isUpdate = operation === "UpdateUserPoolDomain";
            const { RoleArn, CertificateArn, UserPoolId } = args.input;
            const { hasAnswer }: AwsOperation = OPERATIONS[operation];
            try {
                if (!isUpdate) {
                    await limits.acquire(operation, region, UserPoolId);
                }
                const result = await next(args);
                // The SDK's own member is $metadata.
                if (hasAnswer && !Object.keys(defined(result.output)).some((member) => /^[A-Z]/.test(member))) {
                    throw new IncompleteAnswerError("no member");
                }
                return result;
            } catch (error) {
                if (isNotFound(error) && !isUpdate) {
                    return { response: {}, output: {} };
                }
                const call = callTo(operation, region, RoleArn ?? CertificateArn ?? UserPoolId);
                throw callFailed(error, { ...call, isFromConfig });
            }
        };
    return { applyToStack: (stack) => stack.add(middleware, { step: "initialize", priority: "high" }) };
}
