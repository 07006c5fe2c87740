import { AwsCallError } from "../model/errors";

/** Seconds that a call may take once the time is over: the last look has to be answered too. */
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
     * A read that may take no longer than the time that is left: the SDK's own retries go on for minutes.
     * @throws AwsCallError, transient, where it does.
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
