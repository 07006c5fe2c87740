import { isThrottlingError } from "@smithy/core/retry";
import type { FinalizeRequestMiddleware, MiddlewareStack } from "@smithy/types";
import { Pacer } from "./pacer";

/**
 * Calls a second that an account has in a Region, by what shares a quota.
 * Source: Cognito Developer Guide, "Quotas: API request rate categories"; ACM User Guide, "Quotas: API rate quotas".
 */
const RATES = { domains: 20, pools: 15, clients: 15, updates: 15, replicas: 15, certificates: 10 } as const;

/** Calls a second of each operation on one user pool, on top of that. */
const RATE_ON_ONE_POOL = 5;

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

/** The only operation on a user pool that has no quota for each single one. */
const WITHOUT_POOL_QUOTA = "DescribeUserPoolCommand";

/** The one call that changes something: whoever makes it has acquired its turn already. */
const UPDATE = "UpdateUserPoolDomainCommand";

/** How often a throttled call takes its turn again, in a queue that slows down each time. */
const TURNS = 40;

/**
 * Keeps the calls of one identity in one Region under the account's quotas, all resources of the process together. A
 * throttled call takes its turn again here, inside of the SDK's own retries, which would run out of tokens.
 */
export class Quotas {
    readonly #pacers = new Map<string, Pacer>();
    /**
     * The first call, which goes alone: it finds the credentials and connects, which takes long enough for those behind
     * it to pile up and arrive all at once.
     */
    #first: Promise<void> | undefined;

    constructor(private readonly factor: number = factorFromEnvironment()) {}

    /** Puts every call of a client, whose middleware stack this is, under the quotas. */
    govern<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void {
        const middleware: FinalizeRequestMiddleware<Input, Output> = (next, context) => (args) => {
            const command = context.commandName ?? "";
            const pacers = this.pacersOf(command, args.input);
            const send = () =>
                command === UPDATE ? noticed(pacers, () => next(args)) : paced(pacers, () => next(args));
            if (this.#first) {
                return this.#first.then(send);
            }
            const call = send();
            const done = () => {};
            this.#first = call.then(done, done);
            return call;
        };
        stack.addRelativeTo(middleware, {
            name: "quotasMiddleware",
            relation: "after",
            // Before the signing: signatures get stale while a call waits for its turn.
            toMiddleware: "retryMiddleware",
        });
    }

    /**
     * Waits for the turn of an update of a user pool's domain. Its caller waits before it looks at the domain, since what
     * is sent has to fit what is there: so an update is neither held back nor repeated between that look and the request.
     */
    acquireUpdate(userPoolId: string): Promise<void> {
        return acquireAll(this.pacersOf(UPDATE, { UserPoolId: userPoolId }));
    }

    /** The quotas that a call counts against; what it waits longer for comes first. */
    private pacersOf(command: string, input: object): Pacer[] {
        const category = CATEGORY[command];
        if (!category) {
            return [];
        }
        const account = this.pacer(category, RATES[category]);
        const pool = (input as { UserPoolId?: string }).UserPoolId;
        return pool === undefined || command === WITHOUT_POOL_QUOTA
            ? [account]
            : [this.pacer(`${command} ${pool}`, RATE_ON_ONE_POOL), account];
    }

    private pacer(name: string, rate: number): Pacer {
        const pacer = this.#pacers.get(name) ?? new Pacer(rate * this.factor);
        this.#pacers.set(name, pacer);
        return pacer;
    }
}

/** Makes a call when it is its turn, again where it is throttled. */
async function paced<T>(pacers: readonly Pacer[], call: () => Promise<T>): Promise<T> {
    for (let turn = 1; ; turn++) {
        await acquireAll(pacers);
        try {
            return await noticed(pacers, call);
        } catch (error) {
            if (pacers.length === 0 || turn === TURNS || !isThrottled(error)) {
                throw error;
            }
        }
    }
}

async function acquireAll(pacers: readonly Pacer[]): Promise<void> {
    for (const pacer of pacers) {
        await pacer.acquire();
    }
}

/** Makes a call at once; the pacers learn where it is throttled. */
async function noticed<T>(pacers: readonly Pacer[], call: () => Promise<T>): Promise<T> {
    try {
        return await call();
    } catch (error) {
        if (isThrottled(error)) {
            for (const pacer of pacers) {
                pacer.throttled();
            }
        }
        throw error;
    }
}

function isThrottled(error: unknown): boolean {
    return isThrottlingError(error as Parameters<typeof isThrottlingError>[0]);
}

/** How many times AWS's default quotas the account has: they can be raised, and then so can the pace. */
function factorFromEnvironment(): number {
    const factor = Number(process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR);
    return factor > 0 ? factor : 1;
}
