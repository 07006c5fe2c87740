import { type DomainAddress, isCustomName } from "../model/address";
import { NotConvergedError, type NotConvergedKind } from "../model/errors";
import type { ObservedDomain } from "../model/observations";
import { fillUnreported, namesIn, pick } from "../model/settings";
import { describeSettings } from "../model/settingsText";
import { adviceOn } from "./advice";
import type { Sent, Unanswered } from "./attempts";
import type { Deadline } from "./deadline";
import { type Engine, requireEngine } from "./engine";
import type { Operation, OperationContext, Outcome, Plan } from "./operation";
import { pending, poll } from "./polling";
import { withStatusLine } from "./statusLine";
import { type Conclusion, type Evidence, type Look, NO_EVIDENCE, step, unseen } from "./updateProgress";

/** Waits until the domain is at rest with what was sent. What goes wrong now is part of the outcome: AWS has accepted. */
export async function converge(
    operation: Operation,
    context: OperationContext,
    sent: Sent,
    deadline: Deadline,
): Promise<Outcome> {
    const { address } = operation;
    let evidence = NO_EVIDENCE;
    const look = async () => {
        const next = step(evidence, await lookAt(address, context, deadline), sent, operation.wait);
        if ("state" in next) {
            return next;
        }
        evidence = next;
        return pending;
    };
    const status = () =>
        `${address.domain}: ${evidence.domain?.status ?? "asking AWS"}, ${deadline.elapsed}, usually under ${usualTime(sent.plan, address)}`;
    const conclusion = await withStatusLine(context.engine, status, () =>
        poll(look, deadline, context.pauses).catch((error: unknown) => unseen(evidence, error)),
    );
    return outcomeAfter(conclusion ?? tooLate(operation, evidence), sent, operation, context.engine);
}

/** @throws EngineGoneError: nobody waits any more. */
async function lookAt(address: DomainAddress, { aws, engine }: OperationContext, deadline: Deadline): Promise<Look> {
    await requireEngine(engine);
    try {
        const domain = await deadline.cap(aws.describeDomain(address), "DescribeUserPoolDomain");
        return { domain: domain?.userPoolId === address.userPoolId ? domain : undefined };
    } catch (error) {
        return { error };
    }
}

/** The time is over, the last look included. */
function tooLate({ timeoutSeconds }: Operation, { domain, isCurrent }: Evidence): Conclusion {
    const seen = domain ? `status ${domain.status} with ${describeSettings(domain.settings)}` : "not been seen";
    return {
        state: "failed",
        kind: isCurrent ? "timeout" : "unseen",
        reason: `after ${timeoutSeconds} s (waitTimeoutSeconds) the domain has ${seen}`,
        domain,
    };
}

function outcomeAfter(conclusion: Conclusion, sent: Sent, operation: Operation, engine: Engine): Outcome {
    const { plan } = sent;
    const { domain } = operation.address;
    if (conclusion.state === "failed") {
        const { kind, reason, cause } = conclusion;
        const answer = sent.state === "unanswered" ? withoutAnswer(sent) : "AWS accepted the update";
        const message = `${domain}: ${answer}, ${LINK[kind] ?? "but"} ${reason}. Desired: ${describeSettings(plan.target)}.${adviceOn(kind, operation)}`;
        return outcomeOf(plan, conclusion.domain, new NotConvergedError(kind, message, { cause }));
    }
    const outcome = outcomeOf(plan, conclusion.domain);
    if (conclusion.state === "accepted") {
        // The look may still show the old values. What is found to differ later was changed by somebody else.
        return { ...outcome, observed: plan.target, certificate: plan.certificate, isPending: true };
    }
    const unreported = pick(plan.target, conclusion.unreported);
    if (namesIn(unreported).length > 0) {
        engine.warn(
            `${domain}: AWS accepted ${describeSettings(unreported)}, but does not report it back; taken as in force`,
        );
    }
    return { ...outcome, observed: { ...outcome.observed, ...unreported } };
}

function withoutAnswer({ error, laterError }: Unanswered): string {
    const later = laterError ? `; then: ${laterError.message}` : "";
    return `no answer to the update came back (${error.message}${later})`;
}

/** How the sentence goes on after "AWS accepted the update". */
const LINK: Partial<Record<NotConvergedKind, string>> = {
    failed: "then it failed:",
    superseded: "then it failed:",
    unanswered: "and",
};

/** The outcome that a look at the domain after (or without) an update amounts to. */
export function outcomeOf(plan: Plan, domain: ObservedDomain | undefined, problem?: NotConvergedError): Outcome {
    const unreported = problem ? plan.original : plan.target;
    const observed = domain ? fillUnreported(domain.settings, unreported) : plan.original;
    const isAttached = observed.certificateArn !== undefined && observed.certificateArn === plan.target.certificateArn;
    return {
        accountId: domain?.accountId ?? plan.domain.accountId,
        original: plan.original,
        observed,
        status: domain?.status ?? "UNKNOWN",
        cloudFrontDistribution: domain?.cloudFrontDistribution ?? plan.domain.cloudFrontDistribution,
        certificate: isAttached ? plan.certificate : undefined,
        isPending: problem !== undefined && !OVER.includes(problem.kind),
        problem,
    };
}

/** The problems after which AWS has nothing left to carry out. */
const OVER: NotConvergedKind[] = ["failed", "superseded", "gone", "notServed", "unverified"];

/** Amazon Cognito Developer Guide: how long changes take to arrive. */
function usualTime({ original, target }: Plan, { domain }: DomainAddress): string {
    if (!isCustomName(domain)) {
        return "1 min";
    }
    return original.certificateArn === target.certificateArn ? "5 min" : "1 h";
}
