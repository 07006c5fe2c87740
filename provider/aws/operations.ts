import { getOrCreate } from "../model/objects";

/**
 * Calls a second that an account has in a Region; the operations of one category share them. They are not adjustable.
 * Source: Cognito Developer Guide, "Quotas: API request rate categories"; ACM User Guide, "Quotas: API rate quotas".
 */
export const CALLS_PER_SECOND = {
    domains: 20,
    userPools: 15,
    appClients: 15,
    updates: 15,
    replicas: 15,
    certificates: 10,
} as const;

/** Calls a second of one operation on one user pool, on top of that. Source: as above. */
export const CALLS_PER_SECOND_ON_ONE_POOL = 5;

export interface AwsOperation {
    /** Its prefix in IAM. */
    service: "acm" | "cognito-idp" | "sts";
    /** The resource that a policy names to allow it; GetCallerIdentity needs no permission. Source: Service Authorization Reference. */
    allowedOn: "*" | "certificate" | "userPool" | "role";
    /** The quota that it counts against. STS has none to keep. */
    category?: keyof typeof CALLS_PER_SECOND;
    /** True if it has a quota on each user pool, too. */
    isLimitedOnOnePool?: boolean;
    /** Further permissions that AWS checks, on `*`. */
    dependentAction?: string;
    /** True if an answer without any member is not from AWS. The SDK reads an empty body, and HTML instead of XML, that way. */
    hasAnswer?: boolean;
}

/** An operation on one user pool, with a quota for each. */
const ofPool = <C extends keyof typeof CALLS_PER_SECOND>(category: C) =>
    ({ service: "cognito-idp", allowedOn: "userPool", category, isLimitedOnOnePool: true }) as const;

/** Every operation that this package calls: error texts, pacing and docs/iam.md come from here. */
export const OPERATIONS = {
    DescribeUserPoolDomain: { service: "cognito-idp", allowedOn: "*", category: "domains", hasAnswer: true },
    DescribeCertificate: { service: "acm", allowedOn: "certificate", category: "certificates" },
    DescribeManagedLoginBrandingByClient: ofPool("domains"),
    DescribeUserPool: { service: "cognito-idp", allowedOn: "userPool", category: "userPools" },
    GetUserPoolMfaConfig: ofPool("domains"),
    ListUserPoolClients: ofPool("appClients"),
    ListUserPoolReplicas: ofPool("replicas"),
    DescribeUserPoolClient: ofPool("appClients"),
    UpdateUserPoolDomain: { ...ofPool("updates"), hasAnswer: true, dependentAction: "cloudfront:UpdateDistribution" },
    GetCallerIdentity: { service: "sts", allowedOn: "*", hasAnswer: true },
    AssumeRole: { service: "sts", allowedOn: "role", hasAnswer: true },
    AssumeRoleWithWebIdentity: { service: "sts", allowedOn: "role", hasAnswer: true },
} as const satisfies Record<string, AwsOperation>;

export type OperationName = keyof typeof OPERATIONS;

/** A call, for the text of its failure, in IAM's terms. */
export interface Call {
    /** The IAM action, such as `acm:DescribeCertificate`. */
    action: string;
    /** The resource that a policy has to name to allow it. */
    resource: string;
    region: string;
    /** True if the credentials are in the stack's config. */
    isFromConfig?: boolean;
}

export function actionOf(name: OperationName): string {
    return `${OPERATIONS[name].service}:${name}`;
}

/** A call of an operation, for the text of its failure. `target` is the id or the ARN that it is about. */
export function callTo(name: OperationName, region: string, target = ""): Call {
    const { allowedOn, dependentAction }: AwsOperation = OPERATIONS[name];
    const resource = allowedOn === "userPool" ? `the user pool ${target}` : target || "*";
    const besides = dependentAction ? ` (and, for a custom domain, ${dependentAction} on *)` : "";
    return { action: actionOf(name), resource: `${resource}${besides}`, region };
}

/** How much of a quota may be used at once. AWS allows a whole second's; the rest is for calls that travel at different speeds. */
const BURST_MS = 250;

/** Lets calls through at a rate: first come, first served. The function resolves when it is this call's turn. */
function rateLimiter(perSecond: number): () => Promise<void> {
    let turn = 0;
    let last = Promise.resolve();
    const wait = async () => {
        // Counts from when the previous call was let through: otherwise, after a busy second, all would go at once.
        const now = performance.now();
        turn = Math.max(turn, now - BURST_MS) + 1000 / perSecond;
        if (turn > now) {
            await new Promise((resolve) => setTimeout(resolve, turn - now));
        }
    };
    return () => {
        last = last.then(wait);
        return last;
    };
}

/**
 * Keeps the calls of one identity under the account's quotas, all resources of the process together. The SDK's own retries alone
 * run out of tokens if hundreds of calls start at once.
 */
export class RateLimits {
    readonly #limiters = new Map<string, () => Promise<void>>();
    /** For tests against an emulator without quotas: AWS's own are not adjustable. */
    readonly #factor = Number(process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR) || 1;

    /** Waits for the turn of a call, first for the quota with the longer wait. */
    async acquire(name: OperationName, region: string, userPoolId?: string): Promise<void> {
        const { category, isLimitedOnOnePool }: AwsOperation = OPERATIONS[name];
        if (isLimitedOnOnePool) {
            await this.#turn(`${region} ${name} ${userPoolId}`, CALLS_PER_SECOND_ON_ONE_POOL);
        }
        if (category) {
            await this.#turn(`${region} ${category}`, CALLS_PER_SECOND[category]);
        }
    }

    #turn(quota: string, perSecond: number): Promise<void> {
        return getOrCreate(this.#limiters, quota, () => rateLimiter(perSecond * this.#factor))();
    }
}
