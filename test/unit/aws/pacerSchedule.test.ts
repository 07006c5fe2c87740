import assert from "node:assert/strict";
import { type Clock, Pacer } from "../../../provider/aws/pacer";

/** A clock that goes on when it is told to, and wakes everybody in time. */
class FakeClock implements Clock {
    #now = 0;
    readonly #sleepers: { until: number; wake: () => void }[] = [];

    now(): number {
        return this.#now;
    }

    sleep(milliseconds: number): Promise<void> {
        return new Promise((wake) => {
            this.#sleepers.push({ until: this.#now + milliseconds, wake });
        });
    }

    async pass(milliseconds: number): Promise<void> {
        const end = this.#now + milliseconds;
        await settled();
        for (let next = this.next(end); next; next = this.next(end)) {
            this.#now = Math.max(this.#now, next.until);
            this.#sleepers.splice(this.#sleepers.indexOf(next), 1);
            next.wake();
            await settled();
        }
        this.#now = Math.max(this.#now, end);
    }

    /** Time goes by, and nobody wakes up: a process that is busy. */
    stall(milliseconds: number): void {
        this.#now += milliseconds;
    }

    private next(end: number) {
        return this.#sleepers.filter(({ until }) => until <= end).sort((a, b) => a.until - b.until)[0];
    }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("Pacer, call by call", () => {
    let clock: FakeClock;
    let pacer: Pacer;
    let went: number[];

    beforeEach(() => {
        clock = new FakeClock();
        pacer = new Pacer(20, clock);
        went = [];
    });

    /** So many calls ask for their turn now. */
    function ask(count: number): void {
        for (let call = 0; call < count; call++) {
            void pacer.acquire().then(() => went.push(Math.round(clock.now())));
        }
    }

    it("lets three quarters of a second's calls go at once, and the others at the rate of the quota", async () => {
        ask(20);
        await clock.pass(1000);
        assert.deepEqual(went, [...Array(15).fill(0), 50, 100, 150, 200, 250]);
    });

    it("lets 500 calls go within the quota's own bound of 25 s", async () => {
        ask(500);
        await clock.pass(25_000);
        assert.equal(went.length, 500);
        assert.ok((went.at(-1) ?? 0) <= 24_300, String(went.at(-1)));
    });

    it("leaves AWS's bucket of one second a quarter of it", async () => {
        ask(100);
        await clock.pass(60_000);
        ask(50);
        await clock.pass(60_000);
        let tokens = 20;
        let at = 0;
        for (const now of went) {
            tokens = Math.min(tokens + ((now - at) / 1000) * 20, 20) - 1;
            at = now;
            assert.ok(tokens >= 5 - 0.1, `${tokens} left at ${now}`);
        }
    });

    it("does not hold up calls that come at less than the rate", async () => {
        for (let call = 0; call < 100; call++) {
            ask(1);
            await clock.pass(60);
        }
        assert.deepEqual(
            went,
            went.map((_, index) => index * 60),
        );
    });

    it("makes up for a timer that is a little late", async () => {
        ask(60);
        await clock.pass(990);
        clock.stall(30);
        await clock.pass(970);
        assert.equal(went.length, 15 + 39);
    });

    it("slows down by a fifth when a call is throttled, at once also for those that wait already", async () => {
        ask(40);
        await clock.pass(100);
        pacer.throttled();
        assert.equal(pacer.rate, 16);
        const before = went.length;
        await clock.pass(1000);
        assert.ok(went.length - before >= 15 && went.length - before <= 18, `${went.length - before} calls`);
    });

    it("lets nothing go at once after a throttling", async () => {
        pacer.throttled();
        ask(2);
        await clock.pass(60);
        assert.equal(went.length, 0);
        await clock.pass(5);
        assert.equal(went.length, 1);
    });

    it("gains a fiftieth of the quota each second after a throttling, up to the quota", async () => {
        pacer.throttled();
        clock.stall(1000);
        pacer.throttled();
        const rates: number[] = [];
        for (let second = 1; second <= 20; second++) {
            ask(1);
            await clock.pass(1000);
            rates.push(Math.round(pacer.rate * 100) / 100);
        }
        // (20 x 0.8 + 0.4) x 0.8 = 13.12; the first call waits 76 ms for its token.
        assert.deepEqual(rates.slice(0, 3), [13.15, 13.52, 13.92]);
        assert.equal(rates.at(-1), 20);
    });

    it("learns what half a quota is: it takes the bound that is left and at most a fifth more", async () => {
        let tokens = 10;
        let refilled = 0;
        let throttled = 0;
        let done = 0;
        const call = async (): Promise<void> => {
            await pacer.acquire();
            tokens = Math.min(tokens + ((clock.now() - refilled) / 1000) * 10, 10);
            refilled = clock.now();
            if (tokens < 1) {
                throttled++;
                pacer.throttled();
                return call();
            }
            tokens--;
            done++;
        };
        for (let index = 0; index < 500; index++) {
            void call();
        }
        await clock.pass(60_000);
        assert.equal(done, 500);
        assert.ok(throttled < 45, `${throttled} throttled`);
    });
});
