import { messageOf, NotConvergedError, type NotConvergedKind } from "../model/errors";
import { differences, pick, type SettingName, sameSetting } from "../model/settings";
import { describeSettings } from "../model/settingsText";
import type { Operation, OperationContext, Outcome, Plan } from "./operation";
import { putBack } from "./putBack";

/** What `reconcile` has a rollback made of. */
export interface Steps {
    /** How an operation is carried out; `reconcile` itself. */
    reconcile(operation: Operation, context: OperationContext): Promise<Outcome>;
    /** Looks from outside at an update that has arrived late. */
    verify(late: Outcome): Promise<Outcome>;
}

/**
 * Puts back what an update has changed, through the same gate and the same wait, on top of what is there by then: an hour may
 * have gone by, and what somebody else has changed meanwhile stays. It has as long as the update had. An update that was
 * only late, and has arrived by the time the domain is at rest, is not undone.
 */
export async function rollBack(
    operation: Operation,
    context: OperationContext,
    plan: Plan,
    failed: Outcome & { problem: NotConvergedError },
    { reconcile, verify }: Steps,
): Promise<Outcome> {
    const { original, target } = plan;
    const { problem } = failed;
    const withProblem = (text: string) =>
        new NotConvergedError(problem.kind, `${problem.message} ${text}`, { cause: problem });
    try {
        const changed = differences(original, target);
        const back = await reconcile(
            {
                ...putBack(operation, pick(original, changed), [target], target),
                undoes: problem.kind === "timeout" ? plan : undefined,
            },
            context,
        );
        const hasArrived = !back.problem && changed.every((name) => sameSetting(back.observed[name], target[name]));
        if (problem.kind === "timeout" && hasArrived) {
            context.engine.warn(
                `${operation.address.domain}: the update has arrived after all, later than ${operation.timeoutSeconds} s (waitTimeoutSeconds)`,
            );
            return verify(back);
        }
        return {
            ...back,
            original,
            // Where nothing had to be put back, what was late may still come.
            isPending: back.isPending || (failed.isPending && !isWritten(back)),
            problem: withProblem(rollbackText(problem.kind, plan, back, changed)),
        };
    } catch (error) {
        const text = `The rollback was not possible: ${messageOf(error)} Last seen: ${describeSettings(failed.observed)}, status ${failed.status}.`;
        return { ...failed, problem: withProblem(text) };
    }
}

/** Whether a rollback that ended well has written anything. */
function isWritten({ original, observed }: Outcome): boolean {
    return differences(original, observed).length > 0;
}

function rollbackText(
    kind: NotConvergedKind,
    { original, target }: Plan,
    back: Outcome,
    changed: readonly SettingName[],
): string {
    const { observed, problem } = back;
    if (problem) {
        return `The rollback did not succeed either: ${problem.message} In force: ${describeSettings(observed)}.`;
    }
    const irremovable = changed.filter((name) => original[name] === undefined && observed[name] !== undefined);
    const rest =
        irremovable.length > 0 ? ` Not taken away again, since the API cannot: ${irremovable.join(", ")}.` : "";
    const others = differences(observed, original);
    if (kind === "timeout" && others.length === 0 && !isWritten(back)) {
        return `Nothing had to be put back: the domain has ${describeSettings(observed)}, as before. AWS has accepted the update, and may still carry it out.`;
    }
    if (others.length === 0) {
        return `Rolled back: the domain is as before, with ${describeSettings(observed)}.${rest}`;
    }
    const ours = changed.filter((name) => original[name] !== undefined && !others.includes(name));
    const done =
        ours.length > 0 ? `Rolled back to ${describeSettings(pick(observed, ours))}` : "Nothing was rolled back";
    const isOurs = (name: SettingName) => sameSetting(observed[name], target[name]);
    const left = (why: string, names: SettingName[]) =>
        names.length > 0 ? `; ${why}: ${describeSettings(pick(observed, names))}` : "";
    const theirs = left(
        "left as somebody else has changed it",
        others.filter((name) => !isOurs(name)),
    );
    return `${done}${theirs}${left("not put back", others.filter(isOurs))}.${rest}`;
}
