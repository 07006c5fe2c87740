import type { Call } from "./calls";
import { AwsError } from "./errors";

/**
 * Requests a second. Cognito's by category, for an account in a Region, with AWS's names; `perUserPool` for each
 * operation on each user pool, on top of that. Sources: Cognito Developer Guide, "Quotas"; ACM User Guide, "Quotas".
 */
export interface QuotaRates {
    UserPoolRead: number;
    UserPoolUpdate: number;
    UserPoolResourceRead: number;
    UserPoolResourceUpdate: number;
    UserPoolClientRead: number;
    UserPoolClientUpdate: number;
    perUserPool: number;
    DescribeCertificate: number;
}

/** No quotas; AWS's own; a share of them, as where another client eats the rest; or some of them changed. */
export type Quotas = boolean | number | Partial<QuotaRates>;

const AWS_RATES: Readonly<QuotaRates> = {
    UserPoolRead: 15,
    UserPoolUpdate: 15,
    UserPoolResourceRead: 20,
    UserPoolResourceUpdate: 15,
    UserPoolClientRead: 15,
    UserPoolClientUpdate: 15,
    perUserPool: 5,
    DescribeCertificate: 10,
};

const CATEGORY: Readonly<Record<string, keyof QuotaRates>> = {
    CreateUserPool: "UserPoolUpdate",
    DescribeUserPool: "UserPoolRead",
    UpdateUserPool: "UserPoolUpdate",
    DeleteUserPool: "UserPoolUpdate",
    // Not in AWS's tables: by analogy.
    ListUserPoolReplicas: "UserPoolRead",
    DescribeUserPoolDomain: "UserPoolResourceRead",
    GetUserPoolMfaConfig: "UserPoolResourceRead",
    DescribeManagedLoginBranding: "UserPoolResourceRead",
    DescribeManagedLoginBrandingByClient: "UserPoolResourceRead",
    CreateUserPoolDomain: "UserPoolResourceUpdate",
    UpdateUserPoolDomain: "UserPoolResourceUpdate",
    DeleteUserPoolDomain: "UserPoolResourceUpdate",
    ListUserPoolClients: "UserPoolClientRead",
    DescribeUserPoolClient: "UserPoolClientRead",
    CreateUserPoolClient: "UserPoolClientUpdate",
    DeleteUserPoolClient: "UserPoolClientUpdate",
    DescribeCertificate: "DescribeCertificate",
};

/** The only operation on a user pool that has no quota for each single one. */
const WITHOUT_OWN_QUOTA = "DescribeUserPool";

/** A token bucket that holds one second's worth, and is full at first. */
class Bucket {
    #tokens: number | undefined;
    #at = 0;

    /** Takes a token, if there is one. A refused request takes none. */
    take(rate: number, now: number): boolean {
        this.#tokens = Math.min((this.#tokens ?? rate) + ((now - this.#at) / 1000) * rate, Math.max(rate, 1));
        this.#at = now;
        if (this.#tokens < 1) {
            return false;
        }
        this.#tokens--;
        return true;
    }
}

/** The token buckets of every account, Region, category and user pool. */
export class QuotaBuckets {
    readonly #buckets = new Map<string, Bucket>();

    /** Throws what AWS answers to a request above a quota. `poolOf` finds the user pool of a request that names none. */
    admit(call: Call, quotas: Quotas, poolOf: (call: Call) => string | undefined, now: number): void {
        const category = CATEGORY[call.operation];
        if (quotas === false || category === undefined) {
            return;
        }
        const { account, region, operation, service } = call;
        const pool = service === "cognito-idp" && operation !== WITHOUT_OWN_QUOTA ? poolOf(call) : undefined;
        const admitted =
            (pool === undefined || this.#take([pool, region, operation], rateOf(quotas, "perUserPool"), now)) &&
            this.#take([account, region, category], rateOf(quotas, category), now);
        if (!admitted) {
            throw new AwsError(service === "acm" ? "ThrottlingException" : "TooManyRequestsException", "Rate exceeded");
        }
    }

    #take(key: string[], rate: number, now: number): boolean {
        const name = key.join(" ");
        const bucket = this.#buckets.get(name) ?? new Bucket();
        this.#buckets.set(name, bucket);
        return bucket.take(rate, now);
    }
}

/** How many seconds so many calls, by operation, take at the least: the busiest category's calls at its rate. */
export function leastSeconds(calls: Record<string, number>, quotas: Quotas): number {
    const byCategory = new Map<keyof QuotaRates, number>();
    for (const [operation, count] of Object.entries(calls)) {
        const category = CATEGORY[operation];
        if (category) {
            byCategory.set(category, (byCategory.get(category) ?? 0) + count);
        }
    }
    return Math.max(0, ...[...byCategory].map(([category, count]) => count / rateOf(quotas, category)));
}

function rateOf(quotas: Quotas, name: keyof QuotaRates): number {
    if (typeof quotas === "object") {
        return quotas[name] ?? AWS_RATES[name];
    }
    return AWS_RATES[name] * Number(quotas);
}
