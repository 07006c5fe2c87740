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
 * How many calls may go at once, in seconds of the quota. AWS's token buckets hold a whole second; the quarter that is
 * left is for calls that travel at different speeds: up to 250 ms of difference crowd into no full bucket.
 */
const BURST = 0.75;

/** What is left of the rate after a throttling: the quota is lower here, or others use it too. */
const CUT = 0.8;

/** Milliseconds within which several throttlings are one piece of news: calls in flight were sent at the old rate. */
const ONE_PIECE_OF_NEWS = 1000;

/**
 * How the rate climbs back, as TCP CUBIC's does: soon near the rate that was throttled, long about there, then on to
 * find out whether there is more. In quotas per cubed second; a lone throttling costs a pace of 20/s eight calls.
 */
const CLIMB = 0.0004;

/** The rate never falls below this, in calls a second: a run has to end some day. */
const SLOWEST = 0.5;

/** Of a token: what the arithmetic of fractions may lack. */
const ROUNDING = 1e-6;

/**
 * Lets calls through at the rate of a quota, so that they are not throttled in the first place: the SDK's retries alone
 * run out of tokens when hundreds of calls start at once. Throttling teaches it a lower rate, which holds at once for
 * those that already wait, and from which it climbs back.
 */
export class Pacer {
    #rate: number;
    #tokens: number;
    #at: number;
    #lastCut = Number.NEGATIVE_INFINITY;
    /** The rate that was throttled last. */
    #ceiling: number;
    /** Calls let go that may still be on this machine. */
    #leaving = 0;
    readonly #waiting: (() => void)[] = [];
    #isServing = false;

    constructor(
        /** Calls a second. */
        private readonly quota: number,
        private readonly clock: Clock = REAL_CLOCK,
    ) {
        this.#rate = quota;
        this.#ceiling = quota;
        this.#tokens = this.burst;
        this.#at = clock.now();
    }

    /** Calls a second, as far as is known now. */
    get rate(): number {
        return this.#rate;
    }

    /** Resolves when it is this call's turn: first come, first served. */
    acquire(): Promise<void> {
        return new Promise((resolve) => {
            this.#waiting.push(resolve);
            if (!this.#isServing) {
                void this.serve();
            }
        });
    }

    /** A call was throttled. */
    throttled(): void {
        this.refill();
        const now = this.clock.now();
        if (now - this.#lastCut < ONE_PIECE_OF_NEWS) {
            return;
        }
        this.#lastCut = now;
        this.#ceiling = this.#rate;
        this.#rate = Math.max(this.#rate * CUT, Math.min(SLOWEST, this.quota));
        this.#tokens = Math.min(this.#tokens, this.#leaving);
    }

    /** Until nobody waits. The rate is read anew before each turn. */
    private async serve(): Promise<void> {
        this.#isServing = true;
        while (this.#waiting.length > 0) {
            this.refill();
            const left = this.#tokens - this.#leaving;
            if (left >= 1 - ROUNDING) {
                this.#waiting.shift()?.();
                this.#leaving++;
                if (this.#leaving === 1) {
                    setImmediate(() => this.settle());
                }
            } else {
                await this.clock.sleep(((1 - left) / this.#rate) * 1000);
                this.settle();
            }
        }
        this.#isServing = false;
    }

    /** The calls let go have left. A process that is busy starting hundreds of them gets here late. */
    private settle(): void {
        this.refill();
        this.#tokens -= this.#leaving;
        this.#leaving = 0;
    }

    private get burst(): number {
        return Math.max(this.#rate * BURST, 1);
    }

    /** The rate, so many seconds after the cut. */
    private climbed(seconds: number): number {
        const scale = CLIMB * this.quota;
        const back = Math.cbrt((this.#ceiling * (1 - CUT)) / scale);
        return this.#ceiling + scale * (seconds - back) ** 3;
    }

    private refill(): void {
        const now = this.clock.now();
        const seconds = (now - this.#at) / 1000;
        this.#at = now;
        this.#tokens = Math.min(this.#tokens + seconds * this.#rate, this.burst);
        this.#rate = Math.max(this.#rate, Math.min(this.climbed((now - this.#lastCut) / 1000), this.quota));
    }
}
