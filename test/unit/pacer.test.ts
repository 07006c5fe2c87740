import assert from "node:assert/strict";
import { Pacer } from "../../provider/pacer";

/** A clock that only moves when told, and that remembers how long it was asked to sleep. */
function fakeClock() {
    const clock = {
        at: 0,
        slept: [] as number[],
        now: () => clock.at,
        sleep: async (milliseconds: number) => {
            clock.slept.push(Math.round(milliseconds));
        },
    };
    return clock;
}

describe("Pacer", () => {
    it("lets a second's worth of calls go at once, and then one after another", async () => {
        const clock = fakeClock();
        const pacer = new Pacer(10, clock);
        for (let call = 0; call < 13; call++) {
            await pacer.turn();
        }
        assert.deepEqual(clock.slept, [100, 200, 300]);
    });

    it("regains its tokens with time, never more than a second's worth", async () => {
        const clock = fakeClock();
        const pacer = new Pacer(10, clock);
        for (let call = 0; call < 12; call++) {
            await pacer.turn();
        }
        clock.at = 500;
        for (let call = 0; call < 3; call++) {
            await pacer.turn();
        }
        assert.deepEqual(clock.slept, [100, 200]);
        clock.at = 1_000_000;
        for (let call = 0; call < 11; call++) {
            await pacer.turn();
        }
        assert.deepEqual(clock.slept, [100, 200, 100]);
    });

    it("slows down when throttled, once for several in the same second", () => {
        const clock = fakeClock();
        const pacer = new Pacer(10, clock);
        assert.equal(pacer.rate, 10);
        pacer.throttled();
        pacer.throttled();
        clock.at = 999;
        pacer.throttled();
        assert.ok(pacer.rate > 8 && pacer.rate < 8.2, String(pacer.rate));
        clock.at = 1000;
        pacer.throttled();
        assert.ok(pacer.rate > 6.4 && pacer.rate < 6.6, String(pacer.rate));
    });

    it("has no tokens left after a throttling", async () => {
        const clock = fakeClock();
        const pacer = new Pacer(10, clock);
        pacer.throttled();
        await pacer.turn();
        assert.deepEqual(clock.slept, [125]);
    });

    it("keeps those waiting in their places when throttled", async () => {
        const clock = fakeClock();
        const pacer = new Pacer(1, clock);
        await pacer.turn();
        await pacer.turn();
        pacer.throttled();
        await pacer.turn();
        assert.deepEqual(clock.slept, [1000, 2500]);
    });

    it("never falls below one call in two seconds", () => {
        const clock = fakeClock();
        const pacer = new Pacer(1, clock);
        for (let time = 0; time < 20; time++) {
            clock.at = time * 1000;
            pacer.throttled();
        }
        assert.equal(pacer.rate, 0.5);
    });

    it("climbs back to its quota, and no higher", async () => {
        const clock = fakeClock();
        const pacer = new Pacer(10, clock);
        pacer.throttled();
        clock.at = 10_000;
        await pacer.turn();
        assert.ok(Math.abs(pacer.rate - 9) < 1e-9, String(pacer.rate));
        clock.at = 10_000_000;
        await pacer.turn();
        assert.equal(pacer.rate, 10);
    });
});
