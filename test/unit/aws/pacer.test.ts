import assert from "node:assert/strict";
import { type Clock, Pacer } from "../../../provider/aws/pacer";

/** A clock that moves only while somebody sleeps, and then exactly as far as is asked; what is due at once, happens before. */
class VirtualClock implements Clock {
    at = 0;

    now(): number {
        return this.at;
    }

    async sleep(milliseconds: number): Promise<void> {
        assert.ok(milliseconds > 0, String(milliseconds));
        assert.ok(this.at < 1e9, "it sleeps for ever");
        await new Promise(setImmediate);
        this.at += milliseconds;
    }
}

/** So many calls that come all at once: when each had its turn, in milliseconds. */
async function turnsOf(pacer: Pacer, clock: VirtualClock, calls: number): Promise<number[]> {
    return Promise.all(Array.from({ length: calls }, () => pacer.acquire().then(() => clock.at)));
}

/** The most turns within any second. */
function mostInASecond(turns: number[]): number {
    return Math.max(...turns.map((start) => turns.filter((it) => it >= start && it < start + 1000).length));
}

describe("Pacer", () => {
    let clock: VirtualClock;

    beforeEach(() => {
        clock = new VirtualClock();
    });

    it("lets the first call go at once", async () => {
        assert.deepEqual(await turnsOf(new Pacer(10, clock), clock, 1), [0]);
        assert.deepEqual(await turnsOf(new Pacer(0.1, clock), clock, 1), [0]);
    });

    it("lets calls through at the rate of the quota", async () => {
        const turns = await turnsOf(new Pacer(10, clock), clock, 201);
        // A second's worth may have been there at the start.
        assert.ok(clock.at >= 19_000 - 1 && clock.at <= 20_000 + 1, String(clock.at));
        assert.ok(mostInASecond(turns) <= 20, String(mostInASecond(turns)));
        assert.ok(mostInASecond(turns.slice(50)) <= 11, String(mostInASecond(turns.slice(50))));
    });

    it("serves those who wait in their order, and those who come later after them", async () => {
        const pacer = new Pacer(5, clock);
        const order: number[] = [];
        const first = Array.from({ length: 20 }, (_, call) => pacer.acquire().then(() => order.push(call)));
        await first[10];
        const later = Array.from({ length: 5 }, (_, call) => pacer.acquire().then(() => order.push(20 + call)));
        await Promise.all([...first, ...later]);
        assert.deepEqual(
            order,
            Array.from({ length: 25 }, (_, call) => call),
        );
    });

    it("saves up no more than a second's worth while nobody calls", async () => {
        const pacer = new Pacer(10, clock);
        await pacer.acquire();
        clock.at = 1_000_000;
        const turns = await turnsOf(pacer, clock, 50);
        assert.ok(turns.filter((it) => it === 1_000_000).length <= 10);
        assert.ok(clock.at >= 1_000_000 + 4000 - 1, String(clock.at));
    });

    it("slows down when throttled, by several throttlings of the same second only once", () => {
        const pacer = new Pacer(10, clock);
        assert.equal(pacer.rate, 10);
        pacer.throttled();
        const once = pacer.rate;
        assert.ok(once < 10 && once >= 5, String(once));
        pacer.throttled();
        assert.equal(pacer.rate, once);
        clock.at = 1001;
        pacer.throttled();
        assert.ok(pacer.rate < once, String(pacer.rate));
    });

    it("holds the lower rate at once for those who wait already", async () => {
        const pacer = new Pacer(10, clock);
        const work = turnsOf(pacer, clock, 60);
        pacer.throttled();
        await work;
        const undisturbed = new VirtualClock();
        await turnsOf(new Pacer(10, undisturbed), undisturbed, 60);
        assert.ok(clock.at > undisturbed.at, `${clock.at} ${undisturbed.at}`);
    });

    it("never stops, however often it is throttled", async () => {
        const pacer = new Pacer(2, clock);
        for (let second = 0; second < 50; second++) {
            clock.at = second * 1001;
            pacer.throttled();
        }
        assert.ok(pacer.rate >= 0.5, String(pacer.rate));
        const slow = new Pacer(0.2, clock);
        slow.throttled();
        assert.ok(slow.rate > 0 && slow.rate <= 0.2, String(slow.rate));
    });

    it("climbs back to its quota, and no higher", async () => {
        const pacer = new Pacer(10, clock);
        await pacer.acquire();
        pacer.throttled();
        let last = pacer.rate;
        for (let seconds = 1; seconds < 3600; seconds *= 2) {
            clock.at = seconds * 1000;
            await pacer.acquire();
            assert.ok(pacer.rate >= last && pacer.rate <= 10, String(pacer.rate));
            last = pacer.rate;
        }
        assert.equal(pacer.rate, 10);
    });
});
