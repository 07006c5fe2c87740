import { createWaiter, WaiterState } from "@smithy/core/client";
import { messageOf } from "../model/errors";

/** How long to wait, and how often to look. */
export interface PollOptions {
    /** Seconds in all. */
    timeoutSeconds: number;
    /** Seconds before the second look; the first is made at once. Each pause is jittered and at most twice the last. */
    firstPauseSeconds?: number;
    /** Seconds between two looks at the most. */
    longestPauseSeconds?: number;
}

/** How often to look, where somebody else knows how long. */
export type Pauses = Omit<PollOptions, "timeoutSeconds">;

const PENDING = Symbol("pending");

/** What an attempt answers when it has to be made again. */
export const pending: typeof PENDING = PENDING;

/** Makes attempts until one answers something else than `pending`, or throws; `undefined` once the time is over. */
export async function poll<T>(
    attempt: () => Promise<T | typeof PENDING>,
    { timeoutSeconds, firstPauseSeconds = 0.2, longestPauseSeconds = 10 }: PollOptions,
): Promise<T | undefined> {
    let outcome: { value: T } | { error: unknown } | undefined;
    const { state } = await createWaiter(
        {
            client: undefined,
            // The waiter wants more than its smallest pause in all; "at once" is then one look.
            maxWaitTime: Math.max(timeoutSeconds, firstPauseSeconds * 1.01),
            minDelay: firstPauseSeconds,
            maxDelay: Math.max(longestPauseSeconds, firstPauseSeconds * 1.01),
        },
        undefined,
        async () => {
            try {
                const value = await attempt();
                if (value === PENDING) {
                    return { state: WaiterState.RETRY };
                }
                outcome = { value };
                return { state: WaiterState.SUCCESS };
            } catch (error) {
                outcome = { error };
                return { state: WaiterState.FAILURE, reason: messageOf(error) };
            }
        },
    );
    if (state === WaiterState.TIMEOUT || outcome === undefined) {
        return undefined;
    }
    if ("error" in outcome) {
        throw outcome.error;
    }
    return outcome.value;
}
