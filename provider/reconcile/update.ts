import { isDeepStrictEqual } from "node:util";
import { isCertificateRefused, isConcurrentModification, isThrottled } from "../aws/callErrors";
import { lookAtCertificate, lookAtClient } from "../aws/observe";
import { judge } from "../checks/judge";
import type { DomainAddress } from "../model/address";
import type { Desired } from "../model/desired";
import { AwsCallError, EngineGoneError, messageOf, NotConvergedError, RefusedError } from "../model/errors";
import { type Finding, formatFinding } from "../model/findings";
import { type Lookup, lookUp, type Observations, type ObservedDomain } from "../model/observed";
import {
    differences,
    fillUnreported,
    namesIn,
    pick,
    raisesSecurityPolicy,
    sameSetting,
    targetSettings,
} from "../model/settings";
import { describeSettings } from "../model/settingsText";
import type { Deadline, Operation, OperationContext, Plan } from "./operation";
import { pending, poll } from "./polling";
import { statusLine } from "./statusLine";

/** A plan, and what became of it. */
export interface Sent {
    plan: Plan;
    /** Whether anything was written. */
    written: boolean;
    /** Where no answer came back: AWS may or may not have taken the update. Its first error. */
    uncertain?: AwsCallError;
}

/** How long after its issue Cognito may still refuse a certificate as not existing. */
const FRESH_CERTIFICATE = 10 * 60 * 1000;

/** How many requests without an answer it takes to give up, each after a look that shows nothing of the one before. */
const REQUESTS_WITHOUT_ANSWER = 5;

/** How many throttled requests it takes to give up; each waits for its turn in a queue that slows down. */
const THROTTLED_REQUESTS = 40;

/**
 * Observes until the domain is at rest, judges, and sends the whole settings where they differ. The request waits for its
 * turn under the quotas first, and the domain is looked at last, so that nothing lies between the look and the request:
 * what somebody else has changed until then is part of the plan. After a throttling, or a collision with somebody else, the
 * domain is looked at again, and the plan is made anew. So it is after a request without an answer: it is sent again only where the domain is
 * as it was, and what was in force is what was seen before the first one.
 *
 * @throws RefusedError, AwsCallError, NotConvergedError, EngineGoneError: nothing has been written then.
 */
export async function update(job: Operation, means: OperationContext, deadline: Deadline): Promise<Sent> {
    const { aws, engine, now } = means;
    const { address, settings } = job;
    const say = statusLine(engine);
    let obstacle = "";
    let lost: Sent | undefined;
    let requests = 0;
    let throttled = 0;
    let hasTurn = false;
    const warned = new Set<string>();
    const warnOnce = (text: string) => {
        if (!warned.has(text)) {
            warned.add(text);
            engine.warn(text);
        }
    };
    const attempt = async (): Promise<Sent | typeof pending> => {
        const certificate = await lookAtCertificate(aws, settings);
        const verifyClient = await lookAtClient(aws, { address, clientId: job.verifyClientId });
        if (!hasTurn) {
            await aws.acquireUpdate(address);
            hasTurn = true;
        }
        const domain = await lookUp(() => aws.describeDomain(address));
        if (lost && !isUntouched(domain, lost.plan)) {
            return lost;
        }
        if ("found" in domain && domain.found.userPoolId === address.userPoolId && isMoving(domain.found)) {
            obstacle = `the domain has status ${domain.found.status}`;
            say(`${address.domain}: ${domain.found.status}, waiting for it to come to rest`);
            return pending;
        }
        const plan = gate(job, { domain, certificate, verifyClient }, { now, warn: warnOnce });
        if (!needsUpdate(job, plan)) {
            return { plan, written: false };
        }
        if (!(await engine.alive())) {
            throw new EngineGoneError(`${address.domain}: the Pulumi engine is gone, nothing was written`);
        }
        try {
            requests += 1;
            hasTurn = false;
            await aws.updateDomain(address, plan.target);
            return { plan: lost?.plan ?? plan, written: true };
        } catch (error) {
            if (isConcurrentModification(error) || (isCertificateRefused(error) && isFresh(plan, now()))) {
                obstacle = messageOf(error);
                return pending;
            }
            if (error instanceof AwsCallError && error.lost) {
                lost ??= { plan, written: true, uncertain: error };
                return requests < REQUESTS_WITHOUT_ANSWER ? pending : lost;
            }
            if (isThrottled(error) && ++throttled < THROTTLED_REQUESTS) {
                return attempt();
            }
            if (error instanceof AwsCallError && error.transient && !isThrottled(error)) {
                // It has not left this machine; the next look says whether AWS can be reached at all.
                obstacle = messageOf(error);
                return pending;
            }
            throw nothingWritten(error, address);
        }
    };
    const patience = { ...means.pauses, timeoutSeconds: deadline.left };
    const sent = await poll(attempt, patience).catch((error: unknown) => {
        if (lost) {
            return lost;
        }
        throw error;
    });
    const outcome = sent ?? lost;
    if (!outcome) {
        throw new NotConvergedError(
            `${address.domain}: nothing was written within ${job.timeoutSeconds} s (waitTimeoutSeconds): ${obstacle}. Run \`pulumi up\` again.`,
        );
    }
    return outcome;
}

/** Judges what was observed, everything that is wrong in one message, and merges. */
function gate(
    asked: Operation,
    observed: Observations & { domain: Lookup<ObservedDomain> },
    { now, warn }: Pick<OperationContext, "now"> & Pick<OperationContext["engine"], "warn">,
): Plan {
    const { domain } = observed;
    const job = "found" in domain ? withoutOthersChanges(asked, domain.found, warn) : asked;
    const { address, settings } = job;
    const certificate = settings.certificateArn === asked.settings.certificateArn ? observed.certificate : undefined;
    const findings = judge({ ...observed, certificate }, desiredOf(job), "update", now());
    const errors = findings.filter(({ severity }) => severity === "error");
    if (errors.length > 0 || !("found" in domain)) {
        throw new RefusedError(refusalText(address, errors), errors);
    }
    for (const finding of findings) {
        warn(`${address.domain}: ${formatFinding(finding)}`);
    }
    const before = fillUnreported(domain.found.settings, job.lastApplied);
    const target = targetSettings(before, settings);
    if (raisesSecurityPolicy(before, settings)) {
        warn(
            `${address.domain}: the TLS policy goes from TLS_V1 to ${target.securityPolicy} as well: managed login needs it`,
        );
    }
    const found = certificate && "found" in certificate.look ? certificate.look.found : undefined;
    return { observed: domain.found, before, target, certificate: found };
}

/** The job without the settings that somebody else has changed since. */
function withoutOthersChanges(job: Operation, { settings }: ObservedDomain, warn: (text: string) => void): Operation {
    const { address, onlyOver } = job;
    if (!onlyOver) {
        return job;
    }
    const inForce = fillUnreported(settings, job.lastApplied);
    const changed = differences(inForce, job.settings).filter((name) => !sameSetting(inForce[name], onlyOver[name]));
    if (changed.length > 0) {
        warn(
            `${address.domain}: somebody else has changed it since: ${describeSettings(pick(inForce, changed))} is left as it is`,
        );
    }
    return {
        ...job,
        settings: pick(
            job.settings,
            namesIn(job.settings).filter((name) => !changed.includes(name)),
        ),
    };
}

function desiredOf(job: Operation): Desired {
    const { address, settings, minimumCertificateValidityDays, verifyClientId: clientId } = job;
    const { allowedAccountIds, forbiddenAccountIds } = job;
    const accounts = { allowedAccountIds, forbiddenAccountIds };
    return { domain: address.domain, address, settings, minimumCertificateValidityDays, clientId, ...accounts };
}

function refusalText({ domain }: DomainAddress, errors: Finding[]): string {
    const lines = errors.map((finding) => `  - ${formatFinding(finding)}`);
    return [`${domain}: the update was refused before anything was written.`, ...lines].join("\n");
}

/** A failed domain is sent its settings again: nothing else gets it out of that state. */
function needsUpdate({ settings }: Operation, { observed, before, target }: Plan): boolean {
    return differences(before, target).length > 0 || (observed.status === "FAILED" && Object.keys(settings).length > 0);
}

/** Whether the domain is at rest, as it was seen before: as if no request had arrived. */
function isUntouched(domain: Lookup<ObservedDomain>, { observed }: Plan): boolean {
    return (
        "found" in domain &&
        domain.found.userPoolId === observed.userPoolId &&
        domain.found.status === observed.status &&
        isDeepStrictEqual(domain.found.settings, observed.settings)
    );
}

function isMoving({ status }: ObservedDomain): boolean {
    return status === "UPDATING" || status === "CREATING";
}

/** Whether the update brings in a certificate that Cognito may not know yet. */
function isFresh({ certificate, before, target }: Plan, now: Date): boolean {
    const isNew = before.certificateArn !== target.certificateArn;
    return (
        isNew &&
        certificate?.issuedAt !== undefined &&
        now.getTime() - certificate.issuedAt.getTime() < FRESH_CERTIFICATE
    );
}

function nothingWritten(error: unknown, { domain }: DomainAddress): unknown {
    return error instanceof AwsCallError
        ? new AwsCallError(`${domain}: nothing was written. ${error.message}`, {
              code: error.code,
              transient: error.transient,
              cause: error.cause,
          })
        : error;
}
