import type { FinalizeRequestMiddleware, MiddlewareStack } from "@smithy/types";
import { getOrCreate } from "../model/objects";
import {
    type AwsOperation,
    CALLS_PER_SECOND,
    CALLS_PER_SECOND_ON_ONE_POOL,
    OPERATIONS,
    type OperationName,
} from "./operationTable";

/** How much of a quota may be used at once. AWS saves up a whole second; the rest is for calls that travel at different speeds. */
const BURST_MS = 250;

/** Lets calls through at a rate: first come, first served. */
class RateLimiter {
    #turn = 0;
    #last: Promise<void> = Promise.resolve();

    constructor(private readonly perSecond: number) {}

    /** Resolves when it is this call's turn. */
    acquire(): Promise<void> {
        this.#last = this.#last.then(() => this.#wait());
        return this.#last;
    }

    /** Reckons from when the one before has gone: after a program that was busy for a second, all would go at once. */
    async #wait(): Promise<void> {
        const now = performance.now();
        this.#turn = Math.max(this.#turn, now - BURST_MS) + 1000 / this.perSecond;
        if (this.#turn > now) {
            await new Promise((resolve) => setTimeout(resolve, this.#turn - now));
        }
    }
}

/**
 * Keeps the calls of one identity in one Region under the account's quotas, all resources of the process together. The SDK's own
 * retries alone run out of tokens if hundreds of calls start at once.
 */
export class RateLimits {
    readonly #limiters = new Map<string, RateLimiter>();
    readonly #factor = factorForTests();

    /** Makes every call of a client, whose middleware stack this is, wait for its turn. */
    addTo<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void {
        const middleware: FinalizeRequestMiddleware<Input, Output> = (next, context) => async (args) => {
            const operation = (context.commandName ?? "").replace(/Command$/, "") as OperationName;
            await this.acquire(operation, (args.input as { UserPoolId?: string }).UserPoolId);
            return next(args);
        };
        // Each attempt of its own, and before the signing: signatures get stale while a call waits.
        stack.addRelativeTo(middleware, {
            name: "rateLimitsMiddleware",
            relation: "after",
            toMiddleware: "retryMiddleware",
        });
    }

    /** Waits for the turn of a call. What it waits longer for comes first. */
    async acquire(name: OperationName, userPoolId?: string): Promise<void> {
        const { category, isLimitedOnOnePool }: AwsOperation = OPERATIONS[name];
        if (isLimitedOnOnePool && userPoolId !== undefined) {
            await this.#limiter(`${name} ${userPoolId}`, CALLS_PER_SECOND_ON_ONE_POOL).acquire();
        }
        if (category) {
            await this.#limiter(category, CALLS_PER_SECOND[category]).acquire();
        }
    }

    #limiter(name: string, perSecond: number): RateLimiter {
        return getOrCreate(this.#limiters, name, () => new RateLimiter(perSecond * this.#factor));
    }
}

/** How many times AWS's quotas there are, for tests against an emulator without any: AWS's own are not adjustable. */
function factorForTests(): number {
    const factor = Number(process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR);
    return factor > 0 ? factor : 1;
}
