import type { NotConvergedKind } from "../model/errors";
import type { Operation } from "./operation";

/** What a person runs to go on with an operation: a restore is part of a destroy, or of the `up` that removes the resource. */
export function commandAgain({ isRestore }: Pick<Operation, "isRestore">): string {
    return isRestore ? "the same command" : "`pulumi up`";
}

/** What a person does about an update that AWS has accepted, or may have, and that did not end well; "" where there is nothing. */
export function adviceOn(kind: NotConvergedKind, operation: Pick<Operation, "isRestore">): string {
    if (kind === "superseded" && !operation.isRestore) {
        return " The next `pulumi up` puts what the program says over it: change the program where theirs is to stay.";
    }
    if (!GOES_ON.includes(kind)) {
        return "";
    }
    const keep = operation.isRestore
        ? " To keep the resource instead, run `pulumi up --refresh` with it in the program: that puts what the program says in force again."
        : "";
    return ` Run ${commandAgain(operation)} again: it looks again and finishes the job.${keep}`;
}

/** The kinds of which the next attempt finds out by itself how they have ended. */
const GOES_ON: NotConvergedKind[] = ["timeout", "unseen", "engineGone", "unanswered"];
