import { ACMClient, type ACMClientConfig } from "@aws-sdk/client-acm";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { getOrCreate } from "../model/objects";
import { Quotas } from "./quotas";
import { directHandler } from "./requestHandler";
import { requireReadableAnswers } from "./unreadableAnswer";

/** The options that the clients of both services take. */
export type ClientOptions = Pick<
    ACMClientConfig,
    | "credentials"
    | "endpoint"
    | "maxAttempts"
    | "profile"
    | "requestHandler"
    | "retryStrategy"
    | "useDualstackEndpoint"
    | "useFipsEndpoint"
> & {
    /** Endpoints that differ by service: before `endpoint`. */
    endpoints?: { cognito?: string; acm?: string; sts?: string };
};

/** Throttling is what retries are for here: a run over many domains meets it. */
const MAX_ATTEMPTS = 8;

/** A client for each service and Region. They share connections and credentials; each has quotas of its own. */
export class Clients {
    readonly #cognito = new Map<string, CognitoIdentityProviderClient>();
    readonly #acm = new Map<string, ACMClient>();
    readonly #quotas = new Map<string, Quotas>();
    readonly #options: ClientOptions;
    /** The first client's, with what they have found out: they are looked up, and roles assumed, once. */
    #credentials: ClientOptions["credentials"];

    constructor(options: ClientOptions) {
        this.#options = { maxAttempts: MAX_ATTEMPTS, requestHandler: directHandler(), ...options };
    }

    cognito(region: string): CognitoIdentityProviderClient {
        return getOrCreate(this.#cognito, region, () => {
            const client = new CognitoIdentityProviderClient({ ...this.optionsOf("cognito"), region });
            return this.prepare(client, this.quotas(region));
        });
    }

    acm(region: string): ACMClient {
        return getOrCreate(this.#acm, region, () =>
            this.prepare(new ACMClient({ ...this.optionsOf("acm"), region }), new Quotas()),
        );
    }

    /** Of Cognito; ACM counts apart, and so does each Region. */
    quotas(region: string): Quotas {
        return getOrCreate(this.#quotas, region, () => new Quotas());
    }

    /** The Region of the first user pool that was asked about. */
    get poolRegion(): string | undefined {
        return this.#cognito.keys().next().value;
    }

    private optionsOf(service: "cognito" | "acm"): ClientOptions {
        const { endpoints, ...options } = this.#options;
        const endpoint = endpoints?.[service] ?? options.endpoint;
        return { ...options, credentials: this.#credentials ?? options.credentials, ...(endpoint && { endpoint }) };
    }

    private prepare<C extends CognitoIdentityProviderClient | ACMClient>(client: C, quotas: Quotas): C {
        const { middlewareStack, config } = client as ACMClient;
        quotas.addTo(middlewareStack);
        requireReadableAnswers(middlewareStack);
        this.#credentials ??= config.credentials;
        return client;
    }
}
