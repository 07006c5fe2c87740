import { EngineGoneError, messageOf, NotConvergedError, type NotConvergedKind } from "../model/errors";
import { lookUp, type ObservedDomain } from "../model/observed";
import { differences, pick, type SettingName, type Settings } from "../model/settings";
import { describeSettings } from "../model/settingsText";
import { outcomeOf } from "./converge";
import { progressOf } from "./convergence";
import { Deadline } from "./deadline";
import type { Operation, OperationContext, Outcome, Plan } from "./operation";
import { pending, poll } from "./polling";

/** How an operation is carried out; `reconcile` itself. */
export type Reconcile = (operation: Operation, context: OperationContext) => Promise<Outcome>;

/**
 * Puts back what an update has changed, through the same gate and the same wait, on top of what is there by then: an hour may
 * have gone by, and what somebody else has changed meanwhile stays. It has as long as the update had.
 */
export async function rollBack(
    operation: Operation,
    context: OperationContext,
    plan: Plan,
    failed: Outcome & { problem: NotConvergedError },
    reconcile: Reconcile,
): Promise<Outcome> {
    const { original, target } = plan;
    const { problem } = failed;
    const withProblem = (text: string) =>
        new NotConvergedError(problem.kind, `${problem.message} ${text}`, { cause: problem });
    try {
        const late = problem.kind === "timeout" ? await arrivedAtLast(operation, context, plan) : undefined;
        if (late) {
            context.engine.warn(
                `${operation.address.domain}: the update has arrived after ${operation.timeoutSeconds} s (waitTimeoutSeconds); nothing was rolled back`,
            );
            return outcomeOf(plan, late);
        }
        const changed = differences(original, target);
        const back = await reconcile(putBack(operation, pick(original, changed), target, failed.observed), context);
        return { ...back, original, problem: withProblem(rollbackText(problem.kind, original, back, changed)) };
    } catch (error) {
        const text = `The rollback was not possible: ${messageOf(error)} Last seen: ${describeSettings(failed.observed)}, status ${failed.status}.`;
        return { ...failed, problem: withProblem(text) };
    }
}

/**
 * The operation that puts back settings that were in force earlier, where `onlyOver` still is. The same gate and the same
 * wait, but what was good enough then is good enough now: a certificate with few days left is no reason to stay with
 * something broken.
 */
export function putBack(
    operation: Operation,
    original: Settings,
    onlyOver: Settings,
    lastApplied: Settings,
): Operation {
    return {
        ...operation,
        desired: original,
        onlyOver,
        lastApplied,
        minimumCertificateValidityDays: 0,
        wait: "active",
        verifyClientId: undefined,
        onFailure: "keep",
    };
}

/** The domain, once it is at rest, where the update has arrived after all: a finished update is not undone. */
async function arrivedAtLast(
    { address, timeoutSeconds }: Operation,
    { aws, engine, clockMs, pauses }: OperationContext,
    { original, target }: Plan,
): Promise<ObservedDomain | undefined> {
    const deadline = new Deadline(timeoutSeconds, clockMs);
    const atRest = await poll(
        async () => {
            if (!(await engine.alive())) {
                throw new EngineGoneError("the Pulumi engine is gone");
            }
            const look = await lookUp(() => deadline.cap(aws.describeDomain(address), "DescribeUserPoolDomain"));
            if ("failed" in look) {
                return pending;
            }
            const domain = "found" in look ? look.found : undefined;
            return domain?.status === "UPDATING" || domain?.status === "CREATING" ? pending : { domain };
        },
        deadline,
        pauses,
    );
    const domain = atRest?.domain;
    const isOwn = domain?.userPoolId === address.userPoolId;
    return isOwn && progressOf(domain, original, target).state === "converged" ? domain : undefined;
}

function rollbackText(
    kind: NotConvergedKind,
    original: Settings,
    { original: before, observed, problem }: Outcome,
    changed: readonly SettingName[],
): string {
    if (problem) {
        return `The rollback did not succeed either: ${problem.message} In force: ${describeSettings(observed)}.`;
    }
    const left = changed.filter((name) => original[name] === undefined && observed[name] !== undefined);
    const rest = left.length > 0 ? ` Not taken away again, since the API cannot: ${left.join(", ")}.` : "";
    const others = differences(observed, original);
    if (kind === "timeout" && others.length === 0 && differences(before, observed).length === 0) {
        return `Nothing had to be put back: the domain has ${describeSettings(observed)}, as before. AWS has accepted the update, and may still carry it out.`;
    }
    if (others.length === 0) {
        return `Rolled back: the domain is as before, with ${describeSettings(observed)}.${rest}`;
    }
    const ours = changed.filter((name) => original[name] !== undefined && !others.includes(name));
    const done =
        ours.length > 0 ? `Rolled back to ${describeSettings(pick(observed, ours))}` : "Nothing was rolled back";
    return `${done}; left as somebody else has changed it: ${describeSettings(pick(observed, others))}.${rest}`;
}
