import type { Call } from "./calls";
import { AwsError } from "./errors";

/**
 * Requests a second. Cognito's by category, for an account in a Region, with AWS's names; `perUserPool` for each
 * operation on each user pool, on top of that. Sources: Cognito Developer Guide, "Quotas"; ACM User Guide, "Quotas".
 */
const AWS_RATES = {
    UserPoolRead: 15,
    UserPoolResourceRead: 20,
    UserPoolResourceUpdate: 15,
    UserPoolClientRead: 15,
    perUserPool: 5,
    DescribeCertificate: 10,
};

/** No quotas; AWS's own; or a share of them, as where another client eats the rest. */
export type Quotas = boolean | number;

const CATEGORY: Readonly<Record<string, keyof typeof AWS_RATES>> = {
    DescribeUserPool: "UserPoolRead",
    // Not in AWS's tables: by analogy.
    ListUserPoolReplicas: "UserPoolRead",
    DescribeUserPoolDomain: "UserPoolResourceRead",
    GetUserPoolMfaConfig: "UserPoolResourceRead",
    DescribeManagedLoginBrandingByClient: "UserPoolResourceRead",
    UpdateUserPoolDomain: "UserPoolResourceUpdate",
    ListUserPoolClients: "UserPoolClientRead",
    DescribeUserPoolClient: "UserPoolClientRead",
    DescribeCertificate: "DescribeCertificate",
};

/** The only operation on a user pool that has no quota for each single one. */
const WITHOUT_OWN_QUOTA = "DescribeUserPool";

/** Token buckets for every account, Region, category and user pool: each holds one second's worth, and is full at first. */
export class QuotaBuckets {
    readonly #buckets = new Map<string, { tokens: number; at: number }>();

    /** Throws what AWS answers to a request above a quota. */
    admit({ account, region, operation, service }: Call, quotas: Quotas, pool: string | undefined, now: number): void {
        const category = CATEGORY[operation];
        if (quotas === false || category === undefined) {
            return;
        }
        const share = Number(quotas);
        const hasOwnQuota = pool !== undefined && operation !== WITHOUT_OWN_QUOTA;
        const admitted =
            (!hasOwnQuota || this.#take([pool, region, operation], AWS_RATES.perUserPool * share, now)) &&
            this.#take([account, region, category], AWS_RATES[category] * share, now);
        if (!admitted) {
            throw new AwsError(service === "acm" ? "ThrottlingException" : "TooManyRequestsException", "Rate exceeded");
        }
    }

    /** Takes a token, if there is one. A refused request takes none. */
    #take(key: string[], rate: number, now: number): boolean {
        const name = key.join(" ");
        const { tokens, at } = this.#buckets.get(name) ?? { tokens: rate, at: now };
        const filled = Math.min(tokens + ((now - at) / 1000) * rate, Math.max(rate, 1));
        const isAdmitted = filled >= 1;
        this.#buckets.set(name, { tokens: isAdmitted ? filled - 1 : filled, at: now });
        return isAdmitted;
    }
}

/** How many seconds so many calls, by operation, take at the least: the busiest category's calls at its rate. */
export function leastSeconds(calls: Record<string, number>): number {
    const byCategory = new Map<keyof typeof AWS_RATES, number>();
    for (const [operation, count] of Object.entries(calls)) {
        const category = CATEGORY[operation];
        if (category) {
            byCategory.set(category, (byCategory.get(category) ?? 0) + count);
        }
    }
    return Math.max(0, ...[...byCategory].map(([category, count]) => count / AWS_RATES[category]));
}
