import { isThrottlingError } from "@smithy/core/retry";
import type { FinalizeRequestMiddleware, MiddlewareStack } from "@smithy/types";
import { Pacer } from "./pacer";

/**
 * Calls a second that an account has in a Region, by what shares a quota.
 * Source: Cognito Developer Guide, "Quotas: API request rate categories"; ACM User Guide, "Quotas: API rate quotas".
 */
const RATES = { domains: 20, pools: 15, clients: 15, updates: 15, replicas: 15, certificates: 10 } as const;

type Category = keyof typeof RATES;

const CATEGORY: Record<string, Category> = {
    DescribeUserPoolDomainCommand: "domains",
    GetUserPoolMfaConfigCommand: "domains",
    DescribeManagedLoginBrandingByClientCommand: "domains",
    DescribeUserPoolCommand: "pools",
    DescribeUserPoolClientCommand: "clients",
    ListUserPoolClientsCommand: "clients",
    ListUserPoolReplicasCommand: "replicas",
    UpdateUserPoolDomainCommand: "updates",
    DescribeCertificateCommand: "certificates",
};

/** How often a throttled call takes its turn again, in a queue that slows down each time. */
const TURNS = 40;

/**
 * Keeps the calls of one identity in one Region under the account's quotas, all resources of the process together. A
 * throttled call takes its turn again here, inside of the SDK's own retries, which would run out of tokens.
 */
export class Quotas {
    readonly #pacers = new Map<Category, Pacer>();

    constructor(private readonly factor: number = factorFromEnvironment()) {}

    /** Puts every call of a client, whose middleware stack this is, under the quotas. */
    govern<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void {
        const middleware: FinalizeRequestMiddleware<Input, Output> = (next, context) => async (args) => {
            const pacer = this.pacerOf(context.commandName ?? "");
            for (let turn = 1; ; turn++) {
                await pacer?.turn();
                try {
                    return await next(args);
                } catch (error) {
                    if (!pacer || !isThrottlingError(error as Parameters<typeof isThrottlingError>[0])) {
                        throw error;
                    }
                    pacer.throttled();
                    if (turn === TURNS) {
                        throw error;
                    }
                }
            }
        };
        stack.addRelativeTo(middleware, {
            name: "quotasMiddleware",
            relation: "after",
            // Before the signing: signatures get stale while a call waits for its turn.
            toMiddleware: "retryMiddleware",
        });
    }

    private pacerOf(command: string): Pacer | undefined {
        const category = CATEGORY[command];
        if (!category) {
            return undefined;
        }
        const pacer = this.#pacers.get(category) ?? new Pacer(RATES[category] * this.factor);
        this.#pacers.set(category, pacer);
        return pacer;
    }
}

/** How many times AWS's default quotas the account has: they can be raised, and then so can the pace. */
function factorFromEnvironment(): number {
    const factor = Number(process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR);
    return factor > 0 ? factor : 1;
}
