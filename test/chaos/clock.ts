import { AsyncLocalStorage } from "node:async_hooks";

/** How far the clocks of one command are off, in milliseconds. */
export interface Clock {
    /** `Date`: somebody, or NTP, sets it; forwards or back. */
    wallMs: number;
    /** `performance.now()`: where it runs on while the machine sleeps, as on Windows, it is ahead when the machine wakes. */
    monotonicMs: number;
}

const clocks = new AsyncLocalStorage<Clock>();

/** Does some work by a clock of its own. The emulated AWS, which nothing here calls directly, keeps the real time. */
export function byClock<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
    return clocks.run(clock, work);
}

/** Replaces this process's clocks by ones that can be off for some work; gives back how to undo it. */
export function replaceClocks(): () => void {
    const RealDate = Date;
    const monotonic = performance.now.bind(performance);
    const now = () => RealDate.now() + (clocks.getStore()?.wallMs ?? 0);
    globalThis.Date = new Proxy(RealDate, {
        construct: (target, given, newTarget) =>
            Reflect.construct(target, given.length > 0 ? given : [now()], newTarget),
        get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
    });
    performance.now = () => monotonic() + (clocks.getStore()?.monotonicMs ?? 0);
    return () => {
        globalThis.Date = RealDate;
        performance.now = monotonic;
    };
}
