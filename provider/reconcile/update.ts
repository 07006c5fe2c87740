import { isDeepStrictEqual } from "node:util";
import { lookAtCertificate, lookAtClient } from "../aws/observe";
import { undoneDrift } from "../checks/driftText";
import type { DomainAddress } from "../model/address";
import { isUnderWay } from "../model/domainStatus";
import { AwsCallError, NotConvergedError } from "../model/errors";
import { type Lookup, lookUp, type ObservedDomain, ownDomain } from "../model/observations";
import { commandAgain } from "./advice";
import { type Attempts, afterFailure, LOOKS_FOR_ABSENT, NO_ATTEMPTS, type Sent } from "./attempts";
import type { Deadline } from "./deadline";
import { requireEngine } from "./engine";
import { gate, needsUpdate } from "./gate";
import type { Operation, OperationContext, Plan } from "./operation";
import { pending, poll } from "./polling";
import { withStatusLine } from "./statusLine";
import { progressOf } from "./updateProgress";

/**
 * Observes until the domain is at rest, judges, and sends the whole settings where they differ. The request waits for its
 * turn under the quotas first, and the domain is looked at last, so that nothing lies between the look and the request:
 * what somebody else has changed until then is part of the plan. After a throttling, or a collision with somebody else, the
 * domain is looked at again, and the plan is made anew. So it is after a request without an answer: it is sent again only
 * where the domain is as it was, and what was in force is what was seen before the first one.
 *
 * @throws RefusedError, AwsCallError, NotConvergedError, EngineGoneError: nothing has been written then.
 */
export async function update(operation: Operation, context: OperationContext, deadline: Deadline): Promise<Sent> {
    const { domain } = operation.address;
    const warn = onceEach((text) => context.engine.warn(text));
    let attempts = NO_ATTEMPTS;
    const look = async () => {
        const next = await attempt(operation, { ...context, deadline, warn }, attempts);
        if ("state" in next) {
            return next;
        }
        attempts = next;
        return pending;
    };
    const status = () => `${domain}: before the update, ${attempts.obstacle || "asking AWS"}, ${deadline.elapsed}`;
    try {
        const sent = await withStatusLine(context.engine, status, () => poll(look, deadline, context.pauses));
        if (sent) {
            return sent;
        }
    } catch (error) {
        if (!attempts.unanswered) {
            throw error;
        }
        // The first request may still arrive: what came later says nothing of it.
        const laterError = error instanceof AwsCallError ? error : undefined;
        return { ...attempts.unanswered, laterError };
    }
    if (attempts.unanswered) {
        return attempts.unanswered;
    }
    throw new NotConvergedError(
        "timeout",
        `${domain}: nothing was written within ${operation.timeoutSeconds} s (waitTimeoutSeconds): ${attempts.obstacle}. Run ${commandAgain(operation)} again.`,
    );
}

/** What one update works with. */
interface UpdateContext extends OperationContext {
    deadline: Deadline;
    warn(text: string): void;
}

/** One look, and the request where one is needed. */
async function attempt(
    operation: Operation,
    { aws, engine, now, deadline, warn }: UpdateContext,
    attempts: Attempts,
): Promise<Sent | Attempts> {
    const { address, desired, undoes, verifyClientId: clientId } = operation;
    const engineGone = `${address.domain}: the Pulumi engine is gone, nothing was written`;
    const certificate = await lookAtCertificate(
        { describeCertificate: (arn) => deadline.cap(aws.describeCertificate(arn), "DescribeCertificate") },
        desired,
    );
    if (certificate && "absent" in certificate.look && attempts.absences + 1 < LOOKS_FOR_ABSENT) {
        return { ...attempts, absences: attempts.absences + 1, obstacle: "ACM does not find the certificate (yet)" };
    }
    const verifyClient = await lookAtClient(
        { describeClient: (pool, id) => deadline.cap(aws.describeClient(pool, id), "DescribeUserPoolClient") },
        { address, clientId },
    );
    if (!attempts.hasAcquired) {
        await aws.acquireUpdate(address);
    }
    await requireEngine(engine, engineGone);
    const waiting = { ...attempts, hasAcquired: true };
    const domain = await lookUp(() => deadline.cap(aws.describeDomain(address), "DescribeUserPoolDomain"));
    if (attempts.unanswered && !isUntouched(domain, attempts.unanswered.plan)) {
        return attempts.unanswered;
    }
    const found = ownDomain({ domain }, address.userPoolId);
    if (found && isUnderWay(found.status)) {
        return { ...waiting, obstacle: `the domain has status ${found.status}` };
    }
    if (undoes && found && progressOf(found, undoes).state === "converged") {
        return { state: "unchanged", plan: { ...undoes, domain: found } };
    }
    const { plan, warnings } = gate(operation, { domain, certificate, verifyClient }, now());
    warnings.forEach(warn);
    if (!needsUpdate(operation, plan)) {
        return { state: "unchanged", plan };
    }
    // A local connection, of about a millisecond: an engine that has gone during the look must not be outlived by a write.
    await requireEngine(engine, engineGone);
    try {
        await aws.updateDomain(address, plan.target);
        const undone = operation.onlyOver
            ? undefined
            : undoneDrift(address.domain, operation.lastApplied, desired, plan.domain);
        if (undone) {
            engine.info(undone);
        }
        return { state: "accepted", plan: attempts.unanswered?.plan ?? plan };
    } catch (error) {
        const next = afterFailure(waiting, error, plan, now());
        if (!next) {
            throw attempts.unanswered ? error : nothingWritten(error, address);
        }
        return next;
    }
}

/** Whether the domain is at rest, as it was seen before: as if no request had arrived. */
function isUntouched(look: Lookup<ObservedDomain>, { domain }: Plan): boolean {
    return (
        "found" in look &&
        look.found.userPoolId === domain.userPoolId &&
        look.found.status === domain.status &&
        isDeepStrictEqual(look.found.settings, domain.settings)
    );
}

function nothingWritten(error: unknown, { domain }: DomainAddress): unknown {
    if (error instanceof AwsCallError) {
        error.rephrase((message) => `${domain}: nothing was written. ${message}`);
    }
    return error;
}

/** Says each text only once, however many attempts there are. */
function onceEach(say: (text: string) => void): (text: string) => void {
    const said = new Set<string>();
    return (text) => {
        if (!said.has(text)) {
            said.add(text);
            say(text);
        }
    };
}
