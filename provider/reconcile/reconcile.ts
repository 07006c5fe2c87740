import type { NotConvergedError } from "../model/errors";
import { converge, outcomeOf } from "./converge";
import { Deadline } from "./deadline";
import type { Operation, OperationContext, Outcome } from "./operation";
import { rollBack } from "./rollback";
import { update } from "./update";
import { verify } from "./verify";

/**
 * Observe, merge, gate, update, converge, verify: the one way in which settings of a domain are changed, for create (which
 * adopts), update and restore alike. Where AWS already is as desired, nothing is written.
 *
 * @throws RefusedError when the gate finds the update unfit, AwsCallError when AWS refuses it, NotConvergedError when the
 * domain does not come to rest before the update, EngineGoneError: nothing has been written then. What goes wrong once
 * AWS has accepted the update is not thrown: it is the outcome's `problem`.
 */
export async function reconcile(operation: Operation, context: OperationContext): Promise<Outcome> {
    const deadline = new Deadline(operation.timeoutSeconds, context.clockMs);
    const sent = await update(operation, context, deadline);
    const { plan } = sent;
    const conclude = async (converged: Outcome, until: Deadline): Promise<Outcome> => {
        const isOver = converged.problem !== undefined || operation.wait === "none";
        const outcome = isOver ? converged : await verify(operation, context, plan, converged, until);
        if (operation.onFailure === "keep" || sent.state === "unchanged" || !isRevertible(outcome)) {
            return outcome;
        }
        // An update that was only late is verified all the same.
        const verifyLate = (late: Outcome) => conclude(late, new Deadline(operation.timeoutSeconds, context.clockMs));
        return rollBack(operation, context, plan, outcome, { reconcile, verify: verifyLate });
    };
    const converged =
        sent.state === "unchanged" ? outcomeOf(plan, plan.domain) : await converge(operation, context, sent, deadline);
    return conclude(converged, deadline);
}

/** Whether the evidence is good enough to put the old settings back: not over somebody else's change, nor blindly. */
function isRevertible(outcome: Outcome): outcome is Outcome & { problem: NotConvergedError } {
    const kind = outcome.problem?.kind;
    return kind === "failed" || kind === "timeout" || kind === "notServed";
}
