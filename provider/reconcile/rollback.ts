import type { Request } from "../inputs/request";
import type { DomainAddress } from "../model/address";
import { messageOf, NotConvergedError, RefusedError } from "../model/errors";
import { namesIn, pick, type Settings, sameSetting } from "../model/settings";
import { describeSettings } from "../model/settingsText";
import { revert } from "../plan/revert";
import type { OperationContext, Outcome, UpdateInput } from "./operation";

/** The request that sends settings from before: minimum validity is not enforced, since an expiring certificate beats a broken domain. */
export function revertInput(request: Request & { address: DomainAddress }, desired: Settings): UpdateInput {
    const reverting = {
        ...request,
        desired,
        unknown: [],
        ignored: [],
        minimumCertificateValidityDays: 0,
        acceptFindings: [],
    };
    return {
        request: { ...reverting, wait: "active", onFailure: "keep", onDrift: "warn" },
        changed: Object.fromEntries(namesIn(desired).map((name) => [name, {}])),
        record: { before: {}, desired: {}, open: true },
        action: "update",
    };
}

/** Sends settings from before; if the certificate is no longer usable, the others alone. Returns what was not sent, and why. */
export async function sendReverted(
    request: Request & { address: DomainAddress },
    desired: Settings,
    context: OperationContext,
): Promise<{ outcome?: Outcome; refused?: string }> {
    const { reconcile } = await import("./reconcile.js");
    try {
        return { outcome: await reconcile(revertInput(request, desired), context) };
    } catch (error) {
        const isCertificate =
            error instanceof RefusedError && error.findings.every(({ code }) => code.startsWith("certificate-"));
        if (!isCertificate || desired.certificateArn === undefined) {
            throw error;
        }
        const rest = pick(
            desired,
            namesIn(desired).filter((name) => name !== "certificateArn"),
        );
        const outcome = namesIn(rest).length > 0 ? await reconcile(revertInput(request, rest), context) : undefined;
        return { outcome, refused: messageOf(error) };
    }
}

/** Reverts what a failed update changed, if that still has the value that was sent. An update that was only late is not reverted. */
export async function rollBack(
    { request }: UpdateInput,
    context: OperationContext,
    failed: Outcome & { problem: NotConvergedError },
): Promise<Outcome> {
    const { plan, problem } = failed;
    const { changes, before, target } = plan;
    const withText = (outcome: Outcome, text: string): Outcome => ({
        ...outcome,
        plan,
        problem: new NotConvergedError(problem.kind, `${problem.message} ${text}`, { cause: problem }),
    });
    try {
        const domain = await context.aws.describeDomain(request.address);
        if (!domain) {
            return failed;
        }
        const hasArrived =
            domain.status === "ACTIVE" && changes.every((name) => sameSetting(domain.settings[name], target[name]));
        if (problem.kind === "timeout" && hasArrived) {
            context.engine.warn(
                `${request.address.domain}: the update arrived after all, later than waitTimeoutSeconds`,
            );
            return { ...failed, settings: domain.settings, status: domain.status, problem: undefined };
        }
        const isFailed = domain.status === "FAILED";
        const back = revert(pick(before, changes), target, domain);
        // A FAILED domain is sent its settings again, and one on its way may still get what was sent.
        const desired = isFailed || domain.status !== "ACTIVE" ? pick(before, changes) : back;
        if (namesIn(desired).length === 0) {
            return withText(failed, "There was nothing to roll back.");
        }
        const { outcome, refused } = await sendReverted(request, desired, context);
        if (outcome?.problem) {
            return withText(
                { ...failed, settings: outcome.settings, status: outcome.status },
                `The rollback failed as well: ${outcome.problem.message}`,
            );
        }
        const note = refused ? ` Not rolled back: ${refused}` : "";
        const irremovable = changes.filter((name) => before[name] === undefined);
        const rest = irremovable.length > 0 ? ` AWS cannot remove: ${irremovable.join(", ")}.` : "";
        const now = outcome ?? failed;
        return withText(
            { ...failed, settings: now.settings, status: now.status, certificate: now.certificate },
            `Rolled back to ${describeSettings(pick(now.settings, namesIn(desired)))}.${rest}${note}`,
        );
    } catch (error) {
        return withText(failed, `The rollback was not possible: ${messageOf(error)}`);
    }
}
