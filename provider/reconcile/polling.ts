import { setTimeout as sleep } from "node:timers/promises";
import { AwsCallError } from "../model/errors";

/** Seconds that a call may take once the time is over: the last read has to be answered too. */
const LAST_CALL_SECONDS = 5;

/** The time that an operation has, on a clock that neither jumps nor runs on while the machine sleeps. */
export class Deadline {
    readonly #startedMs: number;

    /** @param clockMs Milliseconds of a monotonic clock; replaced in tests. */
    constructor(
        readonly seconds: number,
        private readonly clockMs: () => number = () => performance.now(),
    ) {
        this.#startedMs = clockMs();
    }

    get elapsedSeconds(): number {
        return (this.clockMs() - this.#startedMs) / 1000;
    }

    /** The time that has gone by, for a status line: `12 s`. */
    get elapsed(): string {
        return `${Math.round(this.elapsedSeconds)} s`;
    }

    get secondsLeft(): number {
        return Math.max(this.seconds - this.elapsedSeconds, 0);
    }

    get isOver(): boolean {
        return this.secondsLeft === 0;
    }

    /**
     * Limits a read to the time that is left: the SDK's own retries go on for minutes.
     * @throws AwsCallError, transient, if it takes longer.
     */
    async cap<T>(read: Promise<T>, what: string): Promise<T> {
        const seconds = Math.max(this.secondsLeft, LAST_CALL_SECONDS);
        let timer: NodeJS.Timeout | undefined;
        const timeout = new Promise<never>((_, reject) => {
            const message = `AWS did not answer ${what} within ${Math.round(seconds)} s`;
            const error = () => new AwsCallError(message, { code: "TimeoutError", transient: true });
            timer = setTimeout(() => reject(error()), seconds * 1000);
        });
        try {
            return await Promise.race([read, timeout]);
        } finally {
            clearTimeout(timer);
        }
    }
}

/** How often to read. */
export interface Pauses {
    /** Seconds before the second read; the first is made at once. Each pause is jittered, and at most twice the last. */
    firstPauseSeconds?: number;
    /** Seconds between two reads at the most. */
    longestPauseSeconds?: number;
}

/** An update is noticed within 2 s during its first minute, and within 10 s later. */
const LONGEST_PAUSE_SECONDS = 9;
const FIRST_MINUTE_SECONDS = 60;
const PAUSE_IN_FIRST_MINUTE_SECONDS = 1.5;

const PENDING = Symbol("pending");

/** The answer of a read that has to be repeated. */
export const pending: typeof PENDING = PENDING;

/**
 * Reads until the answer is something other than `pending`, or a read throws; undefined once the time is over. The last read begins
 * after that: what happened while this machine was busy or asleep is seen before giving up.
 */
export async function poll<T>(
    read: () => Promise<T | typeof PENDING>,
    deadline: Deadline,
    { firstPauseSeconds = 0.2, longestPauseSeconds = LONGEST_PAUSE_SECONDS }: Pauses = {},
): Promise<T | undefined> {
    for (let pause = firstPauseSeconds; ; pause = Math.min(pause * 2, longestPauseSeconds)) {
        const isLast = deadline.isOver;
        const answer = await read();
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
