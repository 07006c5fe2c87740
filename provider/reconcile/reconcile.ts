import { isCustomName } from "../model/address";
import { shortArn } from "../model/certificateArn";
import { NotConvergedError, type NotConvergedKind } from "../model/errors";
import { completed } from "../model/record";
import { namesIn, pick, type Settings, sameSetting } from "../model/settings";
import { describeSettings, SETTING_LABEL, shortSettingText } from "../model/settingsText";
import type { Plan } from "../plan/plan";
import { requireEngine, withStatusLine } from "./engine";
import type { OperationContext, Outcome, UpdateInput } from "./operation";
import { Deadline, pending, poll } from "./polling";
import { rollBack } from "./rollback";
import { type Sent, send } from "./send";
import { verifyServedCertificate } from "./verifyServedCertificate";
import { NO_READS, nextState, unseen, type WaitResult, type WaitState } from "./waitState";

/**
 * Observes, plans, sends and waits: the one way in which settings of a domain are changed, for create (which adopts), update,
 * rollback and restore alike.
 *
 * @throws RefusedError, AwsCallError, NotConvergedError, EngineGoneError: nothing was written. What goes wrong after AWS accepted the
 * update is the outcome's `problem`.
 */
export async function reconcile(input: UpdateInput, context: OperationContext): Promise<Outcome> {
    const { request } = input;
    const deadline = new Deadline(request.waitTimeoutSeconds, context.clockMs);
    const sent = await send(input, context, deadline);
    const outcome = await arrival(sent, input, context, deadline);
    const problem = outcome.problem ?? (await verifyServedCertificate(input, context, outcome, deadline));
    const final = problem ? { ...outcome, problem } : outcome;
    const isSent = sent.state !== "nothing to send";
    if (isSent && !problem) {
        context.engine.info(successLine(input, sent.plan, deadline));
    }
    if (!problem || !isSent || request.onFailure === "keep" || !REVERTIBLE.includes(problem.kind)) {
        return final;
    }
    return rollBack(input, context, { ...final, problem });
}

/** The evidence is good enough to roll back: not over someone else's change, nor without having seen the domain. */
const REVERTIBLE: NotConvergedKind[] = ["failed", "timeout", "notServed"];

/** Waits until the domain has what was sent. */
async function arrival(
    sent: Sent,
    input: UpdateInput,
    context: OperationContext,
    deadline: Deadline,
): Promise<Outcome> {
    const { plan } = sent;
    let state: WaitState = { ...NO_READS, domain: plan.domain };
    if (sent.state === "nothing to send") {
        return outcomeOf(plan, state);
    }
    if (input.request.wait === "none" && sent.state === "accepted") {
        return { ...outcomeOf(plan, state), settings: plan.target, status: "UPDATING" };
    }
    const { address } = input.request;
    const read = async () => {
        await requireEngine(context.engine);
        const answer = await deadline.cap(context.aws.describeDomain(address), "DescribeUserPoolDomain").then(
            (domain) => ({ domain: domain?.userPoolId === address.userPoolId ? domain : undefined }),
            (error: unknown) => ({ error }),
        );
        const next = nextState(state, answer, plan, sent.state === "lost");
        if ("end" in next) {
            if ("domain" in answer) {
                state = { ...state, domain: answer.domain ?? state.domain };
            }
            return next;
        }
        state = next;
        return pending;
    };
    const status = () =>
        `${address.domain}: ${state.domain?.status ?? "reading AWS"}, ${deadline.elapsed}, usually under ${usualTime(plan, address.domain)}`;
    const result = await withStatusLine(context.engine, status, () =>
        poll(read, deadline, context.pauses).catch((error: unknown) => unseen(error)),
    );
    const end: WaitResult = result ?? lateness(sent, state, input);
    if (end.end === "failed") {
        return { ...outcomeOf(plan, state), problem: problemOf(end, sent, state, input) };
    }
    if (end.unreported.length > 0) {
        context.engine.warn(
            `${address.domain}: AWS accepted ${describeSettings(pick(plan.target, end.unreported))}, but DescribeUserPoolDomain does not return it; assuming it took effect`,
        );
    }
    const outcome = outcomeOf(plan, state);
    return { ...outcome, settings: { ...outcome.settings, ...pick(plan.target, end.unreported) } };
}

function outcomeOf(plan: Plan, { domain }: WaitState): Outcome {
    const settings = completed(domain?.settings ?? plan.before, { before: {}, desired: plan.before });
    return {
        plan,
        settings,
        status: domain?.status ?? "UNKNOWN",
        accountId: domain?.accountId ?? plan.domain?.accountId,
        cloudFrontDistribution: domain?.cloudFrontDistribution ?? plan.domain?.cloudFrontDistribution,
        certificate: sameSetting(settings.certificateArn, plan.target.certificateArn) ? plan.certificate : undefined,
    };
}

/** The time is over. Without an answer to the last read, nothing is known well enough to roll back. */
function lateness(sent: Sent, { domain, hasMoved, unanswered }: WaitState, { request }: UpdateInput): WaitResult {
    const isLost = sent.state === "lost" && !hasMoved;
    const kind = isLost ? "unanswered" : unanswered > 0 ? "unseen" : "timeout";
    const seen = domain ? `status ${domain.status}` : "not been seen";
    return {
        end: "failed",
        kind,
        reason: `after ${request.waitTimeoutSeconds} s (waitTimeoutSeconds) the domain has ${seen}`,
    };
}

/** What happened, what is served now, what to do. */
function problemOf(
    { kind, reason, cause }: Extract<WaitResult, { end: "failed" }>,
    { plan, state, error }: Sent,
    { domain }: WaitState,
    { request, ours }: UpdateInput,
): NotConvergedError {
    const name = request.address.domain;
    const settings = domain?.settings ?? plan.before;
    const arrived = plan.changes.filter((it) => sameSetting(settings[it], plan.target[it]));
    const missing = plan.changes.filter((it) => !arrived.includes(it));
    const served =
        missing.length > 0
            ? ` Still served: ${valuesOf(settings, missing)}. Not arrived: ${valuesOf(plan.target, missing)}.`
            : "";
    const again = ours ? "run the same command" : "run `pulumi up`";
    const first =
        state === "lost" ? `no answer to the update came back (${error?.message})` : "AWS accepted the update";
    const texts: Partial<Record<NotConvergedKind, string>> = {
        failed: `AWS gave up (FAILED, no reason given).${served} Check the certificate, the user pool's feature plan and the quota of CloudFront distributions, then ${again}.`,
        superseded: `${first}, then ${reason}. Agree on one value, then ${again}.`,
        gone: `${first}, then ${reason}. Create the domain again, then ${again}.`,
    };
    const text = texts[kind] ?? `${first}; ${reason}.${served} To complete it, ${again} again.`;
    return new NotConvergedError(kind, `${name}: ${text}`, { cause: cause ?? error });
}

function valuesOf(settings: Settings, names: readonly (keyof Settings)[]): string {
    return (
        names
            .map((name) =>
                name === "certificateArn" && settings.certificateArn
                    ? shortArn(settings.certificateArn)
                    : `${SETTING_LABEL[name]} ${shortSettingText(name, settings)}`,
            )
            .join(", ") || "nothing"
    );
}

/** `auth.example.com: managed login 1 -> 2; active after 41 s`. */
function successLine({ request }: UpdateInput, { before, target, changes, reason }: Plan, deadline: Deadline): string {
    const parts = changes.map(
        (name) => `${SETTING_LABEL[name]} ${shortSettingText(name, before)} -> ${shortSettingText(name, target)}`,
    );
    const what = parts.join("; ") || `sent again: ${describeSettings(pick(target, namesIn(request.desired)))}`;
    const why = reason === "open" ? " (the last update did not complete)" : reason ? ' (onDrift: "correct")' : "";
    const end = { none: "accepted", active: "active", served: "served" }[request.wait];
    return `${request.address.domain}: ${what}${why}; ${end} after ${deadline.elapsed}`;
}

/** Source: Amazon Cognito Developer Guide, how long changes take to arrive. */
function usualTime({ changes }: Plan, domain: string): string {
    return isCustomName(domain) ? (changes.includes("certificateArn") ? "1 h" : "5 min") : "1 min";
}
