import type { Deadline } from "./deadline";
import type { Operation, OperationContext, Outcome, Plan } from "./operation";
import { verifyServedCertificate } from "./verifyServedCertificate";
import { verifySignInPage } from "./verifySignInPage";

/** Looks from outside: is the certificate served, does the sign-in page answer? Only what the operation asks for. */
export async function verify(
    operation: Operation,
    context: OperationContext,
    plan: Plan,
    outcome: Outcome,
    deadline: Deadline,
): Promise<Outcome> {
    const problem =
        (await verifyServedCertificate(operation, context, plan, outcome, deadline)) ??
        (await verifySignInPage(operation, context, outcome, deadline));
    return problem ? { ...outcome, problem } : outcome;
}
