import { messageOf, NotConvergedError } from "../model/errors";
import { differences, pick, type SettingName, type Settings } from "../model/settings";
import { describeSettings } from "../model/settingsText";
import { converge, outcomeOf } from "./converge";
import { Deadline, type Operation, type OperationContext, type Outcome, type Plan } from "./operation";
import { update } from "./update";
import { verify } from "./verify";

/**
 * Observe, merge, gate, update, converge, prove: the one way in which settings of a domain are changed, for create (which
 * adopts), update and restore alike. Where AWS already is as desired, nothing is written.
 *
 * @throws RefusedError when the gate finds the update unfit, AwsCallError when AWS refuses it, NotConvergedError when the
 * domain does not come to rest before the update, EngineGoneError: nothing has been written then. What goes wrong once
 * AWS has accepted the update is not thrown: it is the outcome's `problem`.
 */
export async function reconcile(job: Operation, means: OperationContext): Promise<Outcome> {
    const deadline = new Deadline(job.timeoutSeconds, means.now);
    const sent = await update(job, means, deadline);
    const arrived = sent.written
        ? await converge(job, means, sent, deadline)
        : outcomeOf(sent.plan, sent.plan.observed);
    const outcome = arrived.problem || job.wait === "none" ? arrived : await verify(job, means, arrived, deadline);
    return sent.written && outcome.problem?.revertible && job.onFailure === "rollback"
        ? rollBack(job, means, sent.plan, outcome)
        : outcome;
}

/**
 * Puts back what this update has changed, through the same gate and the same wait, on top of what is there by then: an
 * hour may have gone by, and what somebody else has changed meanwhile stays.
 */
async function rollBack(job: Operation, means: OperationContext, plan: Plan, failed: Outcome): Promise<Outcome> {
    const { before, target } = plan;
    const problem = failed.problem as NotConvergedError;
    const after = (text: string) => new NotConvergedError(`${problem.message} ${text}`, { cause: problem });
    const changed = differences(before, target);
    try {
        const back = await reconcile(putBack(job, pick(before, changed), target, failed.inForce), means);
        const text = back.problem
            ? `The rollback did not succeed either: ${back.problem.message} In force: ${describeSettings(back.inForce)}.`
            : rolledBackText(before, back.inForce, changed);
        const left = changed.filter((name) => before[name] === undefined && back.inForce[name] !== undefined);
        const rest = left.length > 0 ? ` Not taken away again, since the API cannot: ${left.join(", ")}.` : "";
        return { ...back, before, problem: after(text + rest) };
    } catch (error) {
        const text = `The rollback was not possible: ${messageOf(error)} In force: ${describeSettings(failed.inForce)}, status ${failed.status}.`;
        return { ...failed, problem: after(text) };
    }
}

function rolledBackText(before: Settings, inForce: Settings, changed: readonly SettingName[]): string {
    const others = differences(inForce, before);
    if (others.length === 0) {
        return `Rolled back: the domain is as before, with ${describeSettings(inForce)}.`;
    }
    const ours = changed.filter((name) => before[name] !== undefined && !others.includes(name));
    const done =
        ours.length > 0 ? `Rolled back to ${describeSettings(pick(inForce, ours))}` : "Nothing was rolled back";
    return `${done}; left as somebody else has changed it: ${describeSettings(pick(inForce, others))}.`;
}

/**
 * The job that puts back settings that were in force earlier, where `onlyOver` still is. The same gate and the same wait,
 * but what was good enough then is good enough now: a certificate with few days left is no reason to stay with something
 * broken.
 */
export function putBack(job: Operation, settings: Settings, onlyOver: Settings, lastApplied: Settings): Operation {
    return {
        ...job,
        settings,
        onlyOver,
        lastApplied,
        minimumCertificateValidityDays: 0,
        wait: "active",
        verifyClientId: undefined,
        onFailure: "keep",
    };
}
