import { isCertificateRefused } from "../aws/updateRefusals";
import type { Request } from "../inputs/request";
import type { DomainAddress } from "../model/address";
import { messageOf, NotConvergedError, type NotConvergedKind, RefusedError } from "../model/errors";
import type { FindingCode } from "../model/findings";
import {
    ARGUMENT_PATH,
    namesIn,
    pick,
    SETTING_NAMES,
    type SettingName,
    type Settings,
    sameSetting,
} from "../model/settings";
import { argumentPaths, SettingsText } from "../model/settingsText";
import type { Plan } from "../plan/plan";
import type { OperationContext, Outcome, UpdateInput } from "./operation";
import { reconcile } from "./reconcile";
import { hasArrived } from "./send";

/** Kinds after which a rollback is safe: the domain was seen, and nobody else changed it. */
const REVERTIBLE: NotConvergedKind[] = ["failed", "timeout", "notServed"];

/** Reconciles; with `onFailure: "rollback"`, reverts what AWS accepted and then failed. Throws what `reconcile` throws. */
export async function reconcileOrRollBack(input: UpdateInput, context: OperationContext): Promise<Outcome> {
    const outcome = await reconcile(input, context);
    const { plan, problem } = outcome;
    const rollsBack = input.request.onFailure === "rollback" && plan.isSent;
    return problem && rollsBack && REVERTIBLE.includes(problem.kind)
        ? rollBack(input, context, { ...outcome, problem })
        : outcome;
}

/** The settings that a rollback or a restore sends. */
export interface Reversal {
    request: Request & { address: DomainAddress };
    /** The settings from before. */
    to: Settings;
    /** The program's settings, last first; only what still has one of these values is reverted. */
    ours: readonly [Settings, ...Settings[]];
    /** The update that was late: if it arrived after all, nothing is reverted. */
    late?: Plan;
}

/** The outcome, undefined if nothing could be sent; which settings were refused, and why. */
export interface Reverted {
    outcome?: Outcome;
    refused: SettingName[];
    reason?: string;
}

/**
 * Sends settings from before; if some of them are refused, such as a certificate that has expired, the others alone. Minimum validity
 * and branding are not enforced: what was served before is better than a broken domain.
 */
export async function sendReversal(reversal: Reversal, context: OperationContext): Promise<Reverted> {
    const { to } = reversal;
    try {
        return { outcome: await reconcile(inputOf(reversal), context), refused: [] };
    } catch (error) {
        const refused = refusedSettings(error).filter((name) => to[name] !== undefined);
        if (refused.length === 0) {
            throw error;
        }
        const rest = namesIn(to).filter((name) => !refused.includes(name));
        const others = { ...reversal, to: pick(to, rest) };
        const reverted: Reverted = rest.length > 0 ? await sendReversal(others, context) : { refused: [] };
        return { ...reverted, refused: [...refused, ...reverted.refused], reason: messageOf(error) };
    }
}

/** The settings that alone keep the others from being reverted, now and at another attempt. */
function refusedSettings(error: unknown): SettingName[] {
    if (!(error instanceof RefusedError)) {
        return isCertificateRefused(error) ? ["certificateArn"] : [];
    }
    const names = SETTING_NAMES.filter((name) =>
        error.findings.some(({ property }) => property === ARGUMENT_PATH[name]),
    );
    const isOnlyThese = error.findings.every(({ property }) => names.some((name) => property === ARGUMENT_PATH[name]));
    return error.mayPass || !isOnlyThese ? [] : names;
}

function inputOf({ request, to, ours, late }: Reversal): UpdateInput {
    const nothing = { unknown: [], ignored: [], acceptFindings: ["branding-missing" satisfies FindingCode] };
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
        record: { before: {}, desired: ours[0] },
        action: "update",
        ours,
        late,
    };
}

/** Reverts what a failed update changed, if that still has the value that was sent. An update that was only late is kept. */
async function rollBack(
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
        const { outcome, refused, reason } = await sendReversal({ request, to, ours: [target], late }, context);
        const irremovable = changes.filter((name) => before[name] === undefined);
        const stays = irremovable.length > 0 ? ` AWS cannot remove ${argumentPaths(irremovable)}.` : "";
        const note = reason ? ` Not rolled back: ${reason}` : "";
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
        const left = namesIn(to).filter((name) => !done.includes(name) && !refused.includes(name));
        const others = left.length > 0 ? ` Left as changed outside Pulumi: ${words.all(settings, left)}.` : "";
        const rolledBack =
            done.length > 0 ? `Rolled back to ${words.all(settings, done)}.` : "Nothing was rolled back.";
        return withText(outcome, `${rolledBack}${others}${stays}${note}`);
    } catch (error) {
        return withText(failed, `The rollback was not possible: ${messageOf(error)}`);
    }
}
