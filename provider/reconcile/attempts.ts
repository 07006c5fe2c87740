import { isThrottled } from "../aws/callErrors";
import { isCertificateRefused, isConcurrentModification } from "../aws/updateRefusals";
import { AwsCallError, messageOf } from "../model/errors";
import type { Plan } from "./operation";

/** What became of an update. */
export type Sent =
    /** AWS already is as desired: nothing was sent. */
    | { state: "unchanged"; plan: Plan }
    | { state: "accepted"; plan: Plan }
    /** No answer came back: AWS may or may not have taken it. With the first error. */
    | Unanswered;

export interface Unanswered {
    state: "unanswered";
    plan: Plan;
    error: AwsCallError;
    /** What AWS answered to a later request for the same update. */
    laterError?: AwsCallError;
}

/** What the attempts so far have come to. */
export interface Attempts {
    /** Whether the next request has its turn under the quotas already. */
    hasAcquired: boolean;
    requests: number;
    throttlings: number;
    /** Looks that did not find the desired certificate. */
    absences: number;
    /** Why there has to be another attempt. */
    obstacle: string;
    /** The first request without an answer; its plan has what was in force before any request. */
    unanswered?: Unanswered;
}

export const NO_ATTEMPTS: Attempts = { hasAcquired: false, requests: 0, throttlings: 0, absences: 0, obstacle: "" };

/** How long after its issue Cognito may still refuse a certificate as not existing. */
const FRESH_CERTIFICATE_MS = 10 * 60 * 1000;

/** How many looks have to miss a certificate: ACM may not find one yet that was imported seconds ago. */
export const LOOKS_FOR_ABSENT = 4;

/** How many requests without an answer it takes to give up, each after a look that shows nothing of the one before. */
const MOST_UNANSWERED = 5;

/** How many throttled requests it takes to give up; each waits for its turn in a queue that slows down. */
const MOST_THROTTLINGS = 20;

/**
 * What an error of UpdateUserPoolDomain means: look and plan again, or AWS may have acted on the request, or AWS refuses it.
 */
export function classify(error: unknown, plan: Plan, now: Date): "retry" | "unanswered" | "fatal" {
    if (!(error instanceof AwsCallError)) {
        return "fatal";
    }
    if (error.lost) {
        return "unanswered";
    }
    // A transient error that is not a lost answer: the request has not left this machine, or AWS had no time for it.
    const isPassing = isConcurrentModification(error) || isThrottled(error) || error.transient;
    return isPassing || (isCertificateRefused(error) && isFresh(plan, now)) ? "retry" : "fatal";
}

/** The attempts after a request that failed: to be tried again, or what became of the update. Pure. `undefined`: it is fatal. */
export function afterFailure(
    attempts: Attempts,
    error: unknown,
    plan: Plan,
    now: Date,
): Attempts | Unanswered | undefined {
    const next = { ...attempts, hasAcquired: false, requests: attempts.requests + 1, obstacle: messageOf(error) };
    switch (classify(error, plan, now)) {
        case "retry":
            next.throttlings += isThrottled(error) ? 1 : 0;
            return next.throttlings < MOST_THROTTLINGS ? next : undefined;
        case "unanswered": {
            const unanswered = attempts.unanswered ?? { state: "unanswered", plan, error: error as AwsCallError };
            return next.requests < MOST_UNANSWERED ? { ...next, unanswered } : unanswered;
        }
        case "fatal":
            return undefined;
    }
}

/** Whether the update brings in a certificate that Cognito may not know yet. */
function isFresh({ certificate, original, target }: Plan, now: Date): boolean {
    return (
        original.certificateArn !== target.certificateArn &&
        certificate?.issuedAt !== undefined &&
        now.getTime() - certificate.issuedAt.getTime() < FRESH_CERTIFICATE_MS
    );
}
