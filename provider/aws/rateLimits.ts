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
 * Keeps the calls of one identity under the account's quotas, all resources of the process together. The SDK's own retries alone
 * run out of tokens if hundreds of calls start at once.
 */
export class RateLimits {
    readonly #limiters = new Map<string, RateLimiter>();
    /** How many times AWS's quotas there are, for tests against an emulator without any: AWS's own are not adjustable. */
    readonly #factor = Number(process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR) || 1;

    /** Waits for the turn of a call. What it waits longer for comes first. */
    async acquire(name: OperationName, region: string, userPoolId?: string): Promise<void> {
        const { category, isLimitedOnOnePool }: AwsOperation = OPERATIONS[name];
        if (isLimitedOnOnePool) {
            await this.#limiter(`${region} ${name} ${userPoolId}`, CALLS_PER_SECOND_ON_ONE_POOL).acquire();
        }
        if (category) {
            await this.#limiter(`${region} ${category}`, CALLS_PER_SECOND[category]).acquire();
        }
    }

    #limiter(name: string, perSecond: number): RateLimiter {
        return getOrCreate(this.#limiters, name, () => new RateLimiter(perSecond * this.#factor));
    }
}
