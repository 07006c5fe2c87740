import { isCustomName } from "../model/address";
import { NotConvergedError, type NotConvergedKind } from "../model/errors";
import type { ObservedDomain } from "../model/observed";
import { completed, differences, namesIn, pick, sameSetting } from "../model/settings";
import { SettingsText } from "../model/settingsText";
import { changesText, type Plan } from "../plan/plan";
import { requireEngine, withStatusLine } from "./engine";
import type { OperationContext, Outcome, UpdateInput } from "./operation";
import { Deadline, pending, poll } from "./polling";
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
    const deadline = new Deadline(input.request.waitTimeoutSeconds, context.clockMs);
    const sent = await send(input, context, deadline);
    const outcome = await arrival(sent, input, context, deadline);
    const problem = outcome.problem ?? (await verifyServedCertificate(input, context, outcome, deadline));
    const isSent = sent.state !== "nothing to send";
    // A restore and a rollback report what they did themselves.
    if (isSent && !problem && !input.ours) {
        context.engine.info(successLine(input, sent.plan, deadline));
    }
    return problem ? { ...outcome, problem } : outcome;
}

/** Waits until the domain has what was sent. */
async function arrival(
    sent: Sent,
    input: UpdateInput,
    context: OperationContext,
    deadline: Deadline,
): Promise<Outcome> {
    const { plan } = sent;
    const planned = outcomeOf(plan, plan.domain);
    if (sent.state === "nothing to send") {
        return planned;
    }
    if (input.request.wait === "none" && sent.state === "accepted") {
        return { ...planned, settings: plan.target, status: "UPDATING" };
    }
    let state = NO_READS;
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
    const end: WaitResult = result ?? lateness(sent, state, deadline);
    if (end.end === "failed") {
        return { ...outcomeOf(plan, state.domain), problem: problemOf(end, sent, state, input) };
    }
    if (end.unreported.length > 0) {
        context.engine.warn(
            `${address.domain}: AWS accepted ${new SettingsText(plan.secret).all(plan.target, end.unreported)}, but DescribeUserPoolDomain does not return it; assuming it took effect`,
        );
    }
    const outcome = outcomeOf(plan, state.domain);
    return { ...outcome, settings: { ...outcome.settings, ...pick(plan.target, end.unreported) } };
}

function outcomeOf(plan: Plan, domain: ObservedDomain | undefined): Outcome {
    const settings = completed(domain?.settings ?? plan.before, plan.before);
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
function lateness(sent: Sent, { domain, hasMoved, unanswered }: WaitState, { elapsed, seconds }: Deadline): WaitResult {
    const isLost = sent.state === "lost" && !hasMoved;
    const kind = isLost ? "unanswered" : unanswered > 0 ? "unseen" : "timeout";
    const seen = domain ? `status ${domain.status}` : "not been seen";
    return {
        end: "failed",
        kind,
        reason: `after ${elapsed} (waitTimeoutSeconds is ${seconds}) the domain has ${seen}`,
    };
}

/** The error: what happened, what is served now, what to do. */
function problemOf(
    { kind, reason, cause }: Extract<WaitResult, { end: "failed" }>,
    { plan, state, error }: Sent,
    { domain }: WaitState,
    { request, ours }: UpdateInput,
): NotConvergedError {
    const name = request.address.domain;
    const text = new SettingsText(plan.secret);
    const missing = domain ? differences(domain.settings, pick(plan.target, plan.changes)) : [];
    const served =
        domain && missing.length > 0
            ? ` Still served: ${text.all(domain.settings, missing)}. Not arrived: ${text.all(plan.target, missing)}.`
            : "";
    const again = ours ? "run the same command" : "run `pulumi up`";
    const first =
        state === "lost" ? `no answer to the update came back (${error?.message})` : "AWS accepted the update";
    const texts: Partial<Record<NotConvergedKind, string>> = {
        failed: `AWS gave up (FAILED, no reason given).${served} Check the certificate, the user pool's feature plan and the quota of CloudFront distributions, then ${again}.`,
        superseded: `${first}, then ${reason}. Agree on one value, then ${again}.`,
        gone: `${first}, then ${reason}. Create the domain again, then ${again}.`,
    };
    const message = texts[kind] ?? `${first}; ${reason}.${served} To complete it, ${again} again.`;
    return new NotConvergedError(kind, `${name}: ${message}`, { cause: cause ?? error });
}

/** `auth.example.com: managed login 1 -> 2; active after 41 s`. */
function successLine({ request }: UpdateInput, plan: Plan, deadline: Deadline): string {
    const all = `sent again: ${new SettingsText(plan.secret).all(plan.target, namesIn(request.desired))}`;
    const end = { none: "accepted", active: "active", served: "served" }[request.wait];
    return `${request.address.domain}: ${changesText(plan) || all}; ${end} after ${deadline.elapsed}`;
}

/** Source: Amazon Cognito Developer Guide, how long changes take to arrive. */
function usualTime({ changes }: Plan, domain: string): string {
    return isCustomName(domain) ? (changes.includes("certificateArn") ? "1 h" : "5 min") : "1 min";
}
