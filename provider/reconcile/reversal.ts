import { isCertificateRefused, isRefusal } from "../aws/updateRefusals";
import { messageOf, NotConvergedError, RefusedError, UserPoolDomainSettingsError } from "../model/errors";
import type { ManagementRecord } from "../model/record";
import { ARGUMENT_PATH, namesIn, pick, type SettingName, type Settings, sameSetting } from "../model/settings";
import { SettingsText } from "../model/settingsText";
import { changesText } from "../plan/plan";
import { assertGone } from "./absence";
import type { OperationContext, Outcome, UpdateInput } from "./operation";
import { hasArrived, reconcile } from "./reconcile";

/** The settings that a rollback or a restore sends. */
interface Reversal extends Pick<UpdateInput, "request" | "late"> {
    /** The settings from before. */
    to: Settings;
    /** The program's settings, last first; only what still has one of these values is reverted. */
    ours: readonly [Settings, ...Settings[]];
    /** The settings that had no value before. */
    added: SettingName[];
}

/** The outcome; which settings were refused, and why. */
interface Reverted {
    outcome: Outcome;
    refused: SettingName[];
    reason?: string;
}

/** Kinds after which a rollback is safe: the domain was read, and no one else changed it. */
const REVERTIBLE: NotConvergedError["kind"][] = ["failed", "timeout", "notServed"];

/**
 * Reconciles; with `onFailure: "rollback"`, if AWS accepted the update and then failed it, reverts each changed setting that still has
 * the value that was sent. An update that was only late is kept. Throws what `reconcile` throws.
 */
export async function reconcileOrRollBack(input: UpdateInput, context: OperationContext): Promise<Outcome> {
    const { request } = input;
    const failed = await reconcile(input, context);
    const { plan, problem } = failed;
    const { changes, before, target } = plan;
    const isRevertible = plan.isSent && problem && REVERTIBLE.includes(problem.kind);
    if (request.onFailure !== "rollback" || !isRevertible) {
        return failed;
    }
    const problemWith = (text: string) =>
        new NotConvergedError(problem.kind, `${problem.event} ${text}`, problem.remedy, { cause: problem });
    const late = problem.kind === "timeout" ? plan : undefined;
    const added = changes.filter((name) => before[name] === undefined);
    const reversal: Reversal = { request, to: pick(before, changes), ours: [target], added, late };
    try {
        const reverted = await revert(reversal, context);
        const { outcome, reason } = reverted;
        if (late && hasArrived(outcome, late)) {
            const text = `${request.address.domain}: ${changesText(plan)}; it took effect, later than waitTimeoutSeconds.`;
            if (request.wait !== "served") {
                context.engine.warn(text);
                return { ...outcome, plan, problem: undefined };
            }
            const again = "Run `pulumi up` again to wait until CloudFront serves the certificate.";
            return { ...outcome, plan, problem: new NotConvergedError("unverified", text, again) };
        }
        if (outcome.problem) {
            const text = `The rollback failed as well: ${reasonOf(outcome.problem)}`;
            return { ...outcome, plan, problem: problemWith(text) };
        }
        const others = "changed outside Pulumi";
        const wording = { done: "Rolled back to", nothing: "Nothing was rolled back", others };
        const texts = [
            `${reversalText(reversal, reverted, wording)}.`,
            late && !outcome.plan.isSent ? "AWS accepted the update and may still carry it out." : "",
            reason ? `Not rolled back: ${reason}` : "",
        ];
        return { ...outcome, plan, problem: problemWith(texts.filter(Boolean).join(" ")) };
    } catch (error) {
        return { ...failed, problem: problemWith(`The rollback was not possible: ${reasonOf(error)}`) };
    }
}

/**
 * Restores the settings from before the program began to manage them, each if it still has the value that the program asked for.
 * @throws Failures that a retry may fix. Others are logged: otherwise the resource could never leave the stack.
 */
export async function restore(
    request: UpdateInput["request"],
    record: ManagementRecord,
    context: OperationContext,
): Promise<void> {
    const { address, accounts } = request;
    const { aws, engine } = context;
    const words = new SettingsText(request.secret);
    const found = await aws.describeDomain(address);
    if (found?.userPoolId !== address.userPoolId) {
        await assertGone(aws, address, record.account, accounts);
        engine.info(`${address.domain}: nothing to restore: the user pool no longer has the domain`);
        return;
    }
    const { before: to, desired, earlier = {} } = record;
    const added = namesIn(desired).filter((name) => to[name] === undefined);
    const reversal: Reversal = { request, to, ours: [desired, earlier], added };
    try {
        const reverted = await revert(reversal, context);
        if (reverted.outcome.problem) {
            throw reverted.outcome.problem;
        }
        const { refused, reason } = reverted;
        const nothing = reason ? "nothing was restored" : "nothing to restore";
        // A killed update leaves no trace in the record.
        const others = "changed outside Pulumi, or by an update that did not complete";
        engine.info(`${address.domain}: ${reversalText(reversal, reverted, { done: "restored", nothing, others })}`);
        if (reason) {
            engine.warn(`${address.domain}: not restored: ${words.asArguments(pick(to, refused))}. ${reason}`);
        }
    } catch (error) {
        if (isFinal(error)) {
            engine.warn(`${address.domain}: not restored to ${words.asArguments(to)}. ${reasonOf(error)}`);
            return;
        }
        if (error instanceof UserPoolDomainSettingsError) {
            error.rephrase((message) => `the settings from before were not restored (onDelete). ${message}`);
        }
        throw error;
    }
}

/** Why something was not reverted, in sentences, without the remedy in a program. */
function reasonOf(error: unknown): string {
    if (error instanceof RefusedError) {
        return error.findings.map(({ code, property, message }) => `${property}: ${message} [${code}].`).join(" ");
    }
    return error instanceof NotConvergedError ? error.event : messageOf(error).replace(/\.?$/, ".");
}

/** True if no retry could succeed. */
function isFinal(error: unknown): boolean {
    return error instanceof NotConvergedError
        ? error.kind === "superseded"
        : isRefusal(error) || (error instanceof RefusedError && !error.mayPass);
}

/**
 * Sends settings from before; if some of them are refused, such as an expired certificate, sends only the others. Minimum validity
 * and branding are not enforced: what was served before is better than a broken domain.
 */
async function revert(reversal: Reversal, context: OperationContext): Promise<Reverted> {
    const { request, to, ours, late } = reversal;
    const names = namesIn(to);
    const input: UpdateInput = {
        request: {
            ...request,
            desired: to,
            acceptFindings: [...request.acceptFindings, "branding-missing"],
            minimumCertificateValidityDays: 0,
            wait: "active",
        },
        changed: Object.fromEntries(names.map((name) => [name, {}])),
        // DescribeUserPoolDomain may not report the TLS policy: then it has the one that was sent last.
        record: { before: {}, desired: ours[0] },
        action: "update",
        ours,
        late,
    };
    try {
        return { outcome: await reconcile(input, context), refused: [] };
    } catch (error) {
        const paths = refusedPaths(error);
        const refused = names.filter((name) => paths.includes(ARGUMENT_PATH[name]));
        if (refused.length === 0) {
            throw error;
        }
        const others = names.filter((name) => !refused.includes(name));
        const rest = await revert({ ...reversal, to: pick(to, others) }, context);
        return { ...rest, refused: [...refused, ...rest.refused], reason: reasonOf(error) };
    }
}

/** The paths of the settings that AWS or the checks refuse, and would refuse again. */
function refusedPaths(error: unknown): string[] {
    if (isCertificateRefused(error)) {
        return [ARGUMENT_PATH.certificateArn];
    }
    if (error instanceof RefusedError) {
        return error.mayPass ? [] : error.findings.map(({ property }) => property);
    }
    // AWS names no setting. The replica of the failover may be gone: the checks only warn of that.
    return isRefusal(error) ? [ARGUMENT_PATH.failover] : [];
}

/** `restored managed login 1; changed outside Pulumi, so left alone: ...; kept, since ...`. */
function reversalText(
    { request, to, ours, added }: Reversal,
    { outcome, refused }: Reverted,
    wording: Record<"done" | "nothing" | "others", string>,
): string {
    const { plan, settings } = outcome;
    const words = new SettingsText(request.secret);
    const done = namesIn(to).filter((name) => sameSetting(settings[name], to[name]));
    const rest = namesIn(to).filter((name) => !done.includes(name) && !refused.includes(name));
    const kept = rest.filter((name) => ours.some((it) => sameSetting(settings[name], it[name])));
    const changed = rest.filter((name) => !kept.includes(name));
    const left = `${words.all(settings, changed)} (the values from before: ${words.asArguments(pick(to, changed))})`;
    const parts: [names: SettingName[], text: string][] = [
        [changed, `${wording.others}, so left alone: ${left}`],
        [kept, `kept, since managed login does not work with TLS_V1: ${words.all(settings, kept)}`],
        [added, `kept, since AWS had reported none, and cannot remove a value: ${words.all(settings, added)}`],
    ];
    const first = plan.isSent && done.length > 0 ? `${wording.done} ${words.all(to, done)}` : wording.nothing;
    return [first, ...parts.flatMap(([names, text]) => (names.length > 0 ? text : []))].join("; ");
}
