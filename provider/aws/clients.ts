import { ACM, type ACMClientConfig } from "@aws-sdk/client-acm";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import type { STS } from "@aws-sdk/client-sts";
import type { PoolAddress } from "../model/address";
import { getOrCreate } from "../model/objects";
import { RateLimits } from "./rateLimits";
import { directHandler } from "./requestHandler";

/** The options that the clients of all services take. */
export type ClientOptions = Pick<
    ACMClientConfig,
    "credentials" | "endpoint" | "maxAttempts" | "profile" | "requestHandler" | "retryStrategy"
> & {
    /** Endpoints that differ by service: before `endpoint`. */
    endpoints?: { cognito?: string; acm?: string; sts?: string };
};

/** Throttling is what retries are for here: a run over many domains meets it if others use the quota too. */
const READS = { retryMode: "adaptive", maxAttempts: 8 };

/** A client for each service and Region. They share connections and credentials; each Region has quotas of its own. */
export class Clients {
    readonly #cognito = new Map<string, CognitoIdentityProvider>();
    readonly #acm = new Map<string, ACM>();
    /** Cognito's; ACM counts apart. */
    readonly #limits = new Map<string, RateLimits>();
    readonly #options: ClientOptions;

    constructor(options: ClientOptions) {
        this.#options = { requestHandler: directHandler(), ...READS, ...options };
    }

    /** For reads. */
    cognito(region: string): CognitoIdentityProvider {
        return getOrCreate(this.#cognito, region, () => {
            const client = new CognitoIdentityProvider(this.#optionsOf("cognito", region));
            this.#limitsIn(region).addTo(client.middlewareStack);
            return client;
        });
    }

    /**
     * For one update, which is sent once, whatever comes of it, and at once: its caller has waited for its turn, and has read the
     * domain since. It takes over what the reads have found out about the clock of this machine.
     */
    cognitoForUpdate(region: string): CognitoIdentityProvider {
        const { systemClockOffset } = this.cognito(region).config;
        return new CognitoIdentityProvider({
            ...this.#optionsOf("cognito", region),
            systemClockOffset,
            retryStrategy: undefined,
            maxAttempts: 1,
        });
    }

    /** Waits for the turn of an update. */
    acquireUpdate({ userPoolId, region }: PoolAddress): Promise<void> {
        return this.#limitsIn(region).acquire("UpdateUserPoolDomain", userPoolId);
    }

    acm(region: string): ACM {
        return getOrCreate(this.#acm, region, () => {
            const client = new ACM(this.#optionsOf("acm", region));
            new RateLimits().addTo(client.middlewareStack);
            return client;
        });
    }

    async sts(region: string): Promise<STS> {
        const { STS } = await import("@aws-sdk/client-sts");
        return new STS(this.#optionsOf("sts", region));
    }

    /** The Region of the first user pool that was asked about. */
    get poolRegion(): string | undefined {
        return this.#cognito.keys().next().value;
    }

    #limitsIn(region: string): RateLimits {
        return getOrCreate(this.#limits, region, () => new RateLimits());
    }

    #optionsOf(service: "cognito" | "acm" | "sts", region: string): ClientOptions & { region: string } {
        const { endpoints, ...options } = this.#options;
        const endpoint = endpoints?.[service] ?? options.endpoint;
        return { ...options, region, ...(endpoint && { endpoint }) };
    }
}
