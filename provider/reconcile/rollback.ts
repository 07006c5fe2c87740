import { isCertificateRefused } from "../aws/updateRefusals";
import type { Request } from "../inputs/request";
import type { DomainAddress } from "../model/address";
import { messageOf, NotConvergedError, RefusedError } from "../model/errors";
import { namesIn, pick, type Settings, sameSetting } from "../model/settings";
import { argumentPaths, SettingsText } from "../model/settingsText";
import type { Plan } from "../plan/plan";
import type { OperationContext, Outcome, UpdateInput } from "./operation";
import { hasArrived } from "./send";

/** What a rollback or a restore is to send. */
export interface Reversal {
    request: Request & { address: DomainAddress };
    /** The settings from before. */
    to: Settings;
    /** What the program had asked for; only what still has that value is reverted. */
    ours: Settings;
    /** The update that was late: if it arrived after all, nothing is reverted. */
    late?: Plan;
}

/** The outcome, undefined if nothing could be sent; and why the certificate was not reverted. */
export interface Reverted {
    outcome?: Outcome;
    refused?: string;
}

/**
 * Sends settings from before; if the certificate is no longer usable, the others alone. Minimum validity is not enforced: an expiring
 * certificate is better than a broken domain.
 */
export async function sendReversal(reversal: Reversal, context: OperationContext): Promise<Reverted> {
    const { reconcile } = await import("./reconcile.js");
    const { to } = reversal;
    try {
        return { outcome: await reconcile(inputOf(reversal), context) };
    } catch (error) {
        if (!isCertificateUnusable(error) || to.certificateArn === undefined) {
            throw error;
        }
        const rest = pick(
            to,
            namesIn(to).filter((name) => name !== "certificateArn"),
        );
        const isLeft = namesIn(rest).length === 0;
        const outcome = isLeft ? undefined : await reconcile(inputOf({ ...reversal, to: rest }), context);
        return { outcome, refused: messageOf(error) };
    }
}

/** Whether only the certificate keeps the settings from being reverted, now and at another attempt. */
function isCertificateUnusable(error: unknown): boolean {
    return error instanceof RefusedError
        ? error.findings.every(({ code, kind }) => code.startsWith("certificate-") && kind !== "unasked")
        : isCertificateRefused(error);
}

function inputOf({ request, to, ours, late }: Reversal): UpdateInput {
    const nothing = { unknown: [], ignored: [], acceptFindings: [] };
    return {
        request: {
            ...request,
            ...nothing,
            desired: to,
            minimumCertificateValidityDays: 0,
            wait: "active",
            onFailure: "keep",
            onDrift: "warn",
        },
        changed: Object.fromEntries(namesIn(to).map((name) => [name, {}])),
        // DescribeUserPoolDomain may not report the TLS policy: then it has the one that was sent last.
        record: { before: {}, desired: ours },
        action: "update",
        ours,
        late,
    };
}

/** Reverts what a failed update changed, if that still has the value that was sent. An update that was only late is kept. */
export async function rollBack(
    { request }: UpdateInput,
    context: OperationContext,
    failed: Outcome & { problem: NotConvergedError },
): Promise<Outcome> {
    const { plan, problem } = failed;
    const { changes, before, target, secret } = plan;
    const words = new SettingsText(secret);
    const withText = (outcome: Outcome, text: string): Outcome => ({
        ...outcome,
        plan,
        problem: new NotConvergedError(problem.kind, `${problem.message} ${text}`, { cause: problem }),
    });
    try {
        const late = problem.kind === "timeout" ? plan : undefined;
        const to = pick(before, changes);
        const { outcome, refused } = await sendReversal({ request, to, ours: target, late }, context);
        const irremovable = changes.filter((name) => before[name] === undefined);
        const stays = irremovable.length > 0 ? ` AWS cannot remove ${argumentPaths(irremovable)}.` : "";
        const note = refused ? ` Not rolled back: ${refused}` : "";
        if (!outcome) {
            return withText(failed, `Nothing was rolled back.${stays}${note}`);
        }
        const { settings } = outcome;
        if (late && hasArrived(outcome, late)) {
            context.engine.warn(
                `${request.address.domain}: the update arrived after all, later than waitTimeoutSeconds`,
            );
            return { ...outcome, plan, problem: undefined };
        }
        if (outcome.problem) {
            return withText(outcome, `The rollback failed as well: ${outcome.problem.message}`);
        }
        if (!outcome.plan.isSent && problem.kind === "timeout") {
            const text = `Nothing had to be rolled back: the domain has ${words.all(settings, changes)}. AWS accepted the update and may still carry it out.`;
            return withText(outcome, `${text}${note}`);
        }
        const done = namesIn(to).filter((name) => sameSetting(settings[name], to[name]));
        const left = namesIn(to).filter((name) => !done.includes(name) && !(refused && name === "certificateArn"));
        const others = left.length > 0 ? ` Left as changed outside Pulumi: ${words.all(settings, left)}.` : "";
        const rolledBack =
            done.length > 0 ? `Rolled back to ${words.all(settings, done)}.` : "Nothing was rolled back.";
        return withText(outcome, `${rolledBack}${others}${stays}${note}`);
    } catch (error) {
        return withText(failed, `The rollback was not possible: ${messageOf(error)}`);
    }
}
