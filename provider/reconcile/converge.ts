import { type DomainAddress, isCustomName } from "../model/address";
import { AwsCallError, EngineGoneError, messageOf, NotConvergedError } from "../model/errors";
import type { ObservedDomain } from "../model/observed";
import {
    differences,
    fillUnreported,
    namesIn,
    pick,
    type SettingName,
    type Settings,
    sameSetting,
} from "../model/settings";
import { describeSettings } from "../model/settingsText";
import type { Engine } from "./engine";
import type { Deadline, Operation, OperationContext, Outcome, Plan } from "./operation";
import { pending, poll } from "./polling";
import { statusLine } from "./statusLine";
import type { Sent } from "./update";

/** What one look at a domain says about an update on its way. */
export type Progress =
    /** At rest with every desired value; `unreported` are those that Describe does not report at all. */
    | { state: "converged"; unreported: SettingName[] }
    | { state: "underway" }
    /** `foreign` where it was somebody else's doing: nothing of theirs may be undone. */
    | { state: "failed"; reason: string; foreign: boolean };

/**
 * Has the domain arrived at the target? Pure.
 *
 * ACTIVE alone proves nothing: the status may not have moved yet. A value that is neither the old nor the desired one,
 * on a domain at rest, was put there by somebody else.
 */
export function progressOf(seen: ObservedDomain | undefined, before: Settings, target: Settings): Progress {
    if (!seen) {
        return { state: "failed", foreign: true, reason: "the domain is gone: somebody deleted it during the update" };
    }
    if (seen.status === "FAILED" || seen.status === "DELETING") {
        const reason = `the domain has status ${seen.status}, with ${describeSettings(seen.settings)}`;
        return { state: "failed", foreign: seen.status === "DELETING", reason };
    }
    if (seen.status !== "ACTIVE") {
        return { state: "underway" };
    }
    const reported = pick(target, namesIn(seen.settings));
    const outstanding = differences(seen.settings, reported);
    const foreign = outstanding.filter((name) => !sameSetting(seen.settings[name], before[name]));
    if (foreign.length > 0) {
        const reason = `somebody else changed the domain meanwhile: it has ${describeSettings(pick(seen.settings, foreign))}`;
        return { state: "failed", foreign: true, reason };
    }
    if (outstanding.length > 0) {
        return { state: "underway" };
    }
    return { state: "converged", unreported: namesIn(target).filter((name) => seen.settings[name] === undefined) };
}

/** How many looks in a row may fail, each after the SDK's own retries, before a long wait is given up. */
const LOOKS_WITHOUT_ANSWER = 10;

/** How many looks at a domain at rest it takes to believe a new value that none of them reports: one may be stale. */
const LOOKS_TO_BELIEVE = 3;

/** How many looks that show nothing of an update without an answer it takes to call it lost. */
const LOOKS_FOR_LOST = 10;

/** Waits until the domain is at rest with what was sent. What goes wrong now is part of the outcome: AWS has accepted. */
export async function converge(
    job: Operation,
    { aws, engine, pauses }: OperationContext,
    sent: Sent,
    deadline: Deadline,
): Promise<Outcome> {
    const { address } = job;
    const { plan, uncertain } = sent;
    const accepted = uncertain ? `no answer to the update came back (${uncertain.message})` : "AWS accepted the update";
    const say = statusLine(engine);
    let seen: ObservedDomain | undefined;
    let unanswered = 0;
    let unconfirmed = 0;
    let untouched = 0;
    const ended = (problem?: string, options: { revertible?: boolean; cause?: unknown } = {}) =>
        outcomeOf(
            plan,
            seen,
            problem === undefined ? undefined : new NotConvergedError(`${address.domain}: ${problem}`, options),
        );
    const attempt = async (): Promise<Outcome | typeof pending> => {
        if (!(await engine.alive())) {
            throw new EngineGoneError("the Pulumi engine is gone");
        }
        try {
            const found = await aws.describeDomain(address);
            seen = found?.userPoolId === address.userPoolId ? found : undefined;
            unanswered = 0;
        } catch (error) {
            if (error instanceof AwsCallError && error.transient && ++unanswered < LOOKS_WITHOUT_ANSWER) {
                return pending;
            }
            throw error;
        }
        const progress = progressOf(seen, plan.before, plan.target);
        if (progress.state === "failed") {
            const reason = `${accepted}, then it failed: ${progress.reason}. Desired: ${describeSettings(plan.target)}.`;
            return ended(reason, { revertible: !progress.foreign });
        }
        if (progress.state === "converged" && (isConfirmed(plan, progress) || ++unconfirmed === LOOKS_TO_BELIEVE)) {
            const lastApplied = pick(plan.target, progress.unreported);
            sayUnreported(engine, address, lastApplied);
            const outcome = ended();
            return { ...outcome, inForce: { ...outcome.inForce, ...lastApplied } };
        }
        const hasNoTrace = uncertain !== undefined && seen?.status === plan.observed.status;
        if (hasNoTrace && ++untouched === LOOKS_FOR_LOST) {
            return ended(
                `${accepted}, and nothing of it is to be seen. Desired: ${describeSettings(plan.target)}. ${GO_ON}`,
            );
        }
        if (job.wait === "none" && !hasNoTrace) {
            return ended();
        }
        say(
            `${address.domain}: ${seen?.status}, ${Math.round(deadline.elapsed)} s, usually under ${usualTime(plan, address)}`,
        );
        return pending;
    };
    try {
        return (
            (await poll(attempt, { ...pauses, timeoutSeconds: deadline.left })) ??
            ended(
                `${accepted}, but after ${job.timeoutSeconds} s (waitTimeoutSeconds) the domain has ${describeSeen(seen)}; ` +
                    `desired: ${describeSettings(plan.target)}. ${GO_ON}`,
                { revertible: true },
            )
        );
    } catch (cause) {
        return ended(`${accepted}, but its end could not be seen: ${messageOf(cause)}. ${GO_ON}`, { cause });
    }
}

/** What every report of an unfinished update ends with. */
const GO_ON = "Run `pulumi up` again: it looks again and finishes the job.";

/** The outcome that a look at the domain after (or without) an update amounts to. */
export function outcomeOf(plan: Plan, seen: ObservedDomain | undefined, problem?: NotConvergedError): Outcome {
    const inForce = seen ? fillUnreported(seen.settings, plan.target) : plan.before;
    const isAttached = inForce.certificateArn !== undefined && inForce.certificateArn === plan.target.certificateArn;
    return {
        accountId: seen?.accountId ?? plan.observed.accountId,
        before: plan.before,
        inForce,
        status: seen?.status ?? "UNKNOWN",
        cloudFrontDistribution: seen?.cloudFrontDistribution ?? plan.observed.cloudFrontDistribution,
        certificate: isAttached ? plan.certificate : undefined,
        problem,
    };
}

/** Whether everything that the update changes was reported. */
function isConfirmed({ before, target }: Plan, { unreported }: { unreported: SettingName[] }): boolean {
    return !differences(before, target).some((name) => unreported.includes(name));
}

function describeSeen(seen: ObservedDomain | undefined): string {
    return seen ? `status ${seen.status} with ${describeSettings(seen.settings)}` : "not been seen";
}

/** Amazon Cognito Developer Guide: how long changes take to arrive. */
function usualTime({ before, target }: Plan, { domain }: DomainAddress): string {
    if (!isCustomName(domain)) {
        return "1 min";
    }
    return before.certificateArn === target.certificateArn ? "5 min" : "1 h";
}

function sayUnreported(engine: Engine, { domain }: DomainAddress, unreported: Settings): void {
    if (namesIn(unreported).length > 0) {
        engine.warn(
            `${domain}: AWS accepted ${describeSettings(unreported)}, but does not report it back; taken as in force`,
        );
    }
}
