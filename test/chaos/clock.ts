import { AsyncLocalStorage } from "node:async_hooks";

/** The clocks of one command, in milliseconds. */
export interface Clock {
    /** How far `Date` is off: somebody, or NTP, sets it; forwards or back. */
    wallMs: number;
    /** `performance.now()`: where it runs on while the machine sleeps, as on Windows, it is ahead when the machine wakes. */
    monotonicMs: number;
}

/**
 * How far a command's monotonic clock goes each time that somebody reads it. So a command's time is over after so many
 * requests, about 40 a second, however busy this machine is.
 */
const TICK_MS = 5;

const clocks = new AsyncLocalStorage<Clock>();

/** Does some work by a clock of its own. The emulated AWS, which nothing here calls directly, keeps the real time. */
export function byClock<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
    return clocks.run(clock, work);
}

/** Replaces this process's clocks for the work that has its own; gives back how to undo it. */
export function replaceClocks(): () => void {
    const RealDate = Date;
    const monotonic = performance.now;
    const now = () => RealDate.now() + (clocks.getStore()?.wallMs ?? 0);
    globalThis.Date = new Proxy(RealDate, {
        construct: (target, given, newTarget) =>
            Reflect.construct(target, given.length > 0 ? given : [now()], newTarget),
        get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
    });
    performance.now = () => {
        const clock = clocks.getStore();
        if (!clock) {
            return monotonic.call(performance);
        }
        clock.monotonicMs += TICK_MS;
        return clock.monotonicMs;
    };
    return () => {
        globalThis.Date = RealDate;
        performance.now = monotonic;
    };
}
