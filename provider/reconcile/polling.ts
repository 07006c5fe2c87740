import { setTimeout as sleep } from "node:timers/promises";
import type { Aws } from "../aws/awsCalls";
import { AwsCallError, EngineGoneError } from "../model/errors";
import { answerOf, foundIn } from "../model/observed";
import type { Settings } from "../model/settings";
import type { Engine, OperationContext } from "./operation";

/** Seconds that a call may take once time has run out: the last read has to be answered too. */
const LAST_CALL_SECONDS = 5;

/** The time that an operation has, on a clock that neither jumps nor runs on while the machine sleeps. */
export class Deadline {
    readonly #startedMs = performance.now();

    constructor(readonly seconds: number) {}

    get elapsedSeconds(): number {
        return (performance.now() - this.#startedMs) / 1000;
    }

    /** The elapsed time, for messages: `12 s`. */
    get elapsed(): string {
        return `${Math.round(this.elapsedSeconds)} s`;
    }

    get secondsLeft(): number {
        return Math.max(this.seconds - this.elapsedSeconds, 0);
    }

    /**
     * Limits a read to the time that is left: the SDK's own retries go on for minutes.
     * @throws AwsCallError, transient, if it takes longer.
     */
    async cap<T>(read: Promise<T>, what: string): Promise<T> {
        const seconds = Math.max(this.secondsLeft, LAST_CALL_SECONDS);
        const message = `AWS did not answer ${what} within ${Math.round(seconds)} s`;
        const answered = new AbortController();
        const timeout = sleep(seconds * 1000, undefined, { signal: answered.signal }).then(() => {
            throw new AwsCallError(message, { code: "TimeoutError", transient: true });
        });
        try {
            return await Promise.race([read, timeout]);
        } finally {
            answered.abort();
        }
    }
}

/** Seconds to wait for what is only reported: everything else is done by then. */
const CERTIFICATE_TIMEOUT_SECONDS = 20;

/** The attached certificate. A missing permission, or no answer, fails nothing. */
export async function attachedCertificate(aws: Aws, { certificateArn: arn }: Settings) {
    if (!arn) {
        return undefined;
    }
    const deadline = new Deadline(CERTIFICATE_TIMEOUT_SECONDS);
    return foundIn(await answerOf(() => deadline.cap(aws.describeCertificate(arn), "DescribeCertificate")));
}

/** The tools of an operation that has begun. */
export interface TimedContext extends OperationContext {
    deadline: Deadline;
}

/** @throws EngineGoneError: never write, or wait, for an engine that has exited. */
export async function requireEngine(engine: Engine): Promise<void> {
    if (!(await engine.alive())) {
        throw new EngineGoneError("the Pulumi engine has exited");
    }
}

/** Seconds between two reads: an update is noticed within 2 s during its first minute, and within 10 s later. Jittered. */
function pauseAfter(elapsedSeconds: number): number {
    const longest = elapsedSeconds < 60 ? Math.min(0.2 + elapsedSeconds / 4, 1.5) : 9;
    return longest * (0.5 + Math.random() / 2);
}

/** Between two status lines: on a terminal each replaces the last, in a pipeline all of them stay. */
const STATUS_INTERVAL_MS = 15_000;

const PENDING = Symbol("pending");

/** The answer of a read that has to be repeated. */
export const pending: typeof PENDING = PENDING;

/**
 * Reads until the answer is something other than `pending`, or a read throws; undefined once time has run out. The last read begins
 * after that, to see what happened while this machine was busy or asleep. Meanwhile it shows a status line, even if a call
 * hangs.
 *
 * @throws EngineGoneError
 */
export async function poll<T>(
    read: () => Promise<T | typeof PENDING>,
    { deadline, engine, pauseFactor = 1 }: Pick<TimedContext, "deadline" | "engine" | "pauseFactor">,
    status: () => string,
): Promise<T | undefined> {
    const timer = setInterval(() => engine.status(`${status()}, ${deadline.elapsed}`), STATUS_INTERVAL_MS);
    try {
        for (;;) {
            const isLast = deadline.secondsLeft === 0;
            await requireEngine(engine);
            const answer = await read();
            if (answer !== PENDING) {
                return answer;
            }
            if (isLast) {
                return undefined;
            }
            const pause = pauseAfter(deadline.elapsedSeconds) * pauseFactor;
            await sleep(Math.min(pause, deadline.secondsLeft) * 1000);
        }
    } finally {
        clearInterval(timer);
    }
}
