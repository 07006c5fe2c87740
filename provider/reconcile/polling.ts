import { setTimeout as sleep } from "node:timers/promises";
import type { Deadline } from "./deadline";

/** How often to look. */
export interface Pauses {
    /** Seconds before the second look; the first is made at once. Each pause is jittered, and at most twice the last. */
    firstPauseSeconds?: number;
    /** Seconds between two looks at the most. */
    longestPauseSeconds?: number;
}

/** Looks in a row that have to agree: CloudFront's edges change one after another, and one look may be stale. */
export const LOOKS_IN_A_ROW = 3;

/** An update is noticed within 2 s during its first minute, and within 10 s later. */
const LONGEST_PAUSE_SECONDS = 9;
const FIRST_MINUTE_SECONDS = 60;
const PAUSE_IN_FIRST_MINUTE_SECONDS = 1.5;

const PENDING = Symbol("pending");

/** What a look answers when there has to be another. */
export const pending: typeof PENDING = PENDING;

/**
 * Looks until the answer is something else than `pending`, or a look throws; `undefined` once the time is over. The last
 * look begins after that: what has happened while this machine was busy or asleep is seen before anything is given up.
 */
export async function poll<T>(
    look: () => Promise<T | typeof PENDING>,
    deadline: Deadline,
    { firstPauseSeconds = 0.2, longestPauseSeconds = LONGEST_PAUSE_SECONDS }: Pauses = {},
): Promise<T | undefined> {
    for (let pause = firstPauseSeconds; ; pause = Math.min(pause * 2, longestPauseSeconds)) {
        const isLast = deadline.isOver;
        const answer = await look();
        if (answer !== PENDING) {
            return answer;
        }
        if (isLast) {
            return undefined;
        }
        const longest = deadline.elapsedSeconds < FIRST_MINUTE_SECONDS ? PAUSE_IN_FIRST_MINUTE_SECONDS : pause;
        const jittered = Math.min(pause, longest) * (0.5 + Math.random() / 2);
        await sleep(Math.min(jittered, deadline.secondsLeft) * 1000);
    }
}
