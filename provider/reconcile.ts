import { converge, outcomeOf } from "./converge";
import { messageOf, NotConvergedError } from "./errors";
import { Deadline, type Job, type Means, type Outcome } from "./job";
import { prove } from "./prove";
import { describeSettings, namesIn, type Settings } from "./settings";
import { update } from "./update";

/**
 * Observe, merge, gate, update, converge, prove: the one way in which settings of a domain are changed, for create (which
 * adopts), update and restore alike. Where AWS already is as wanted, nothing is written.
 *
 * @throws RefusedError when the gate finds the update unfit, AwsCallError when AWS refuses it, NotConvergedError when the
 * domain does not come to rest before the update, EngineGoneError: nothing has been written then. What goes wrong once
 * AWS has accepted the update is not thrown: it is the outcome's `problem`.
 */
export async function reconcile(job: Job, means: Means): Promise<Outcome> {
    const deadline = new Deadline(job.timeoutSeconds, means.now);
    const sent = await update(job, means, deadline);
    const arrived = sent.written
        ? await converge(job, means, sent, deadline)
        : outcomeOf(sent.plan, sent.plan.observed);
    const outcome = arrived.problem || job.wait === "none" ? arrived : await prove(job, means, arrived, deadline);
    return sent.written && outcome.problem?.revertible && job.onFailure === "rollback"
        ? rollBack(job, means, outcome)
        : outcome;
}

/** Puts back what was in force, through the same gate and the same wait. */
async function rollBack(job: Job, means: Means, failed: Outcome): Promise<Outcome> {
    const { before } = failed;
    const problem = failed.problem as NotConvergedError;
    const after = (text: string) => new NotConvergedError(`${problem.message} ${text}`, { cause: problem });
    try {
        const back = await reconcile(putBack(job, before, failed.inForce), means);
        const left = namesIn(back.inForce).filter((name) => before[name] === undefined);
        const text = back.problem
            ? `The rollback did not succeed either: ${back.problem.message} In force: ${describeSettings(back.inForce)}.`
            : `Rolled back: the domain is as before, with ${describeSettings(back.inForce)}.`;
        const rest = left.length > 0 ? ` Not taken away again, since the API cannot: ${left.join(", ")}.` : "";
        return { ...back, before, problem: after(text + rest) };
    } catch (error) {
        const text = `The rollback was not possible: ${messageOf(error)} In force: ${describeSettings(failed.inForce)}, status ${failed.status}.`;
        return { ...failed, problem: after(text) };
    }
}

/**
 * The job that puts back settings that were in force earlier. The same gate and the same wait, but what was good enough
 * then is good enough now: a certificate with few days left is no reason to stay with something broken.
 */
export function putBack(job: Job, settings: Settings, believed: Settings): Job {
    return {
        ...job,
        wanted: settings,
        believed,
        minimumCertificateValidityDays: 0,
        wait: "active",
        verifyClientId: undefined,
        onFailure: "keep",
    };
}
