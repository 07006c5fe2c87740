/** How a pacer tells the time and waits; replaced in tests. */
export interface Clock {
    /** Milliseconds. */
    now(): number;
    sleep(milliseconds: number): Promise<void>;
}

const REAL_CLOCK: Clock = {
    now: () => performance.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** What is left of the rate after a throttling: the quota is lower here, or others use it too. */
const CUT = 0.8;

/** Milliseconds within which several throttlings are one piece of news: calls in flight were sent at the old rate. */
const ONE_PIECE_OF_NEWS = 1000;

/** What is won back of the starting rate in a second without throttling. */
const REGAIN = 0.01;

/** The rate never falls below this, in calls a second: a run has to end some day. */
const SLOWEST = 0.5;

/**
 * Lets calls through at the rate of a quota, so that they are not throttled in the first place: the SDK's retries alone
 * run out of tokens when hundreds of calls start at once. A second's worth of calls may go at once, as AWS's token
 * buckets allow. Throttling teaches it a lower rate, from which it climbs back slowly.
 */
export class Pacer {
    #rate: number;
    #tokens: number;
    #at: number;
    #lastCut = Number.NEGATIVE_INFINITY;

    constructor(
        /** Calls a second, and how many may go at once. */
        private readonly quota: number,
        private readonly clock: Clock = REAL_CLOCK,
    ) {
        this.#rate = quota;
        this.#tokens = quota;
        this.#at = clock.now();
    }

    /** Calls a second, as far as is known now. */
    get rate(): number {
        return this.#rate;
    }

    /** Resolves when it is this call's turn: first come, first served. */
    async turn(): Promise<void> {
        this.refill();
        this.#tokens -= 1;
        // Below zero, the tokens are calls that wait: each takes the place behind the last.
        if (this.#tokens < 0) {
            await this.clock.sleep((-this.#tokens / this.#rate) * 1000);
        }
    }

    /** A call was throttled. */
    throttled(): void {
        this.refill();
        const now = this.clock.now();
        if (now - this.#lastCut < ONE_PIECE_OF_NEWS) {
            return;
        }
        this.#lastCut = now;
        this.#rate = Math.max(this.#rate * CUT, SLOWEST);
        this.#tokens = Math.min(this.#tokens, 0);
    }

    private refill(): void {
        const now = this.clock.now();
        const seconds = (now - this.#at) / 1000;
        this.#at = now;
        this.#tokens = Math.min(this.#tokens + seconds * this.#rate, this.#rate);
        this.#rate = Math.min(this.#rate + seconds * REGAIN * this.quota, this.quota);
    }
}
