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

/**
 * Seconds of the quota that may be saved up while nobody calls. AWS's token buckets hold a whole second; the quarter that
 * is left is for calls that travel at different speeds: up to 250 ms of difference overflow no full bucket.
 */
const BURST_SECONDS = 0.75;

/** What a throttling leaves of the rate: the quota is lower here, or others use it too. */
const DECREASE_FACTOR = 0.8;

/** Milliseconds within which further throttlings decrease nothing: those calls were sent at the old rate. */
const DECREASE_INTERVAL_MS = 1000;

/** What the rate gains a second after that, as a share of the quota. */
const INCREASE_PER_SECOND = 0.02;

/** The rate never falls below this, in calls a second. */
const MIN_RATE = 0.5;

/** Of a token: what the arithmetic of fractions may lack. */
const ROUNDING = 1e-6;

/**
 * Lets calls through at the rate of a quota (a token bucket), so that they are not throttled in the first place: the SDK's
 * retries alone run out of tokens when hundreds of calls start at once. A throttling decreases the rate by a factor, and
 * time increases it by a constant.
 */
export class Pacer {
    #rate: number;
    #tokens: number;
    #refilledAt: number;
    #decreasedAt = Number.NEGATIVE_INFINITY;
    /** The turn of the last call that waits: the next one waits for it, first come, first served. */
    #last: Promise<void> = Promise.resolve();

    constructor(
        /** Calls a second. */
        private readonly quota: number,
        private readonly clock: Clock = REAL_CLOCK,
    ) {
        this.#rate = quota;
        this.#tokens = this.burst;
        this.#refilledAt = clock.now();
    }

    /** Calls a second, as far as is known now. */
    get rate(): number {
        return this.#rate;
    }

    /** Resolves when it is this call's turn. */
    acquire(): Promise<void> {
        this.#last = this.#last.then(() => this.takeToken());
        return this.#last;
    }

    /** A call was throttled. */
    throttled(): void {
        this.refill();
        if (this.clock.now() - this.#decreasedAt < DECREASE_INTERVAL_MS) {
            return;
        }
        this.#decreasedAt = this.clock.now();
        this.#rate = Math.max(this.#rate * DECREASE_FACTOR, Math.min(MIN_RATE, this.quota));
        this.#tokens = 0;
    }

    private async takeToken(): Promise<void> {
        this.refill();
        while (this.#tokens < 1 - ROUNDING) {
            await this.clock.sleep(((1 - this.#tokens) / this.#rate) * 1000);
            this.refill();
        }
        this.#tokens -= 1;
    }

    private get burst(): number {
        return Math.max(this.#rate * BURST_SECONDS, 1);
    }

    private refill(): void {
        const now = this.clock.now();
        const seconds = (now - this.#refilledAt) / 1000;
        this.#refilledAt = now;
        this.#tokens = Math.min(this.#tokens + seconds * this.#rate, this.burst);
        this.#rate = Math.min(this.#rate + seconds * INCREASE_PER_SECOND * this.quota, this.quota);
    }
}
