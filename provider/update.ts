import { isDeepStrictEqual } from "node:util";
import { isCertificateRefused, isConcurrentModification } from "./awsErrors";
import type { DomainAddress } from "./domain";
import { AwsCallError, EngineGoneError, messageOf, NotConvergedError, RefusedError } from "./errors";
import { type Finding, formatFinding } from "./findings";
import type { Deadline, Job, Means, Plan } from "./job";
import { judge, type Question } from "./judge";
import { type Look, look, type Observations, type ObservedDomain } from "./observation";
import { lookAtCertificate } from "./observe";
import { differences, fillUnreported, overlay, raisesSecurityPolicy } from "./settings";
import { statusLine } from "./statusLine";
import { attemptUntil, pending } from "./wait";

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

/**
 * Observes until the domain is at rest, judges, and sends the whole settings where they differ. The domain is looked at
 * last, so that nothing lies between the look and the request; after a collision with somebody else it is looked at
 * again, and the plan is made anew. So it is after a request without an answer: it is sent again only where the domain is
 * as it was, and what was in force is what was seen before the first one.
 *
 * @throws RefusedError, AwsCallError, NotConvergedError, EngineGoneError: nothing has been written then.
 */
export async function update(job: Job, means: Means, deadline: Deadline): Promise<Sent> {
    const { aws, engine, now } = means;
    const { address, wanted } = job;
    const say = statusLine(engine);
    let obstacle = "";
    let lost: Sent | undefined;
    let requests = 0;
    const attempt = async (): Promise<Sent | typeof pending> => {
        const certificate = await lookAtCertificate(aws, wanted);
        const domain = await look(() => aws.describeDomain(address));
        if (lost && !isUntouched(domain, lost.plan)) {
            return lost;
        }
        if ("found" in domain && domain.found.userPoolId === address.userPoolId && isMoving(domain.found)) {
            obstacle = `the domain has status ${domain.found.status}`;
            say(`${address.domain}: ${domain.found.status}, waiting for it to come to rest`);
            return pending;
        }
        const plan = gate(job, domain, certificate, means);
        if (!needsUpdate(job, plan)) {
            return { plan, written: false };
        }
        if (!(await engine.alive())) {
            throw new EngineGoneError(`${address.domain}: the Pulumi engine is gone, nothing was written`);
        }
        try {
            requests += 1;
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
            throw nothingWritten(error, address);
        }
    };
    const patience = { ...means.pauses, timeoutSeconds: deadline.left };
    const sent = await attemptUntil(attempt, patience).catch((error: unknown) => {
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
    job: Job,
    domain: Look<ObservedDomain>,
    certificate: Observations["certificate"],
    { engine, now }: Means,
): Plan {
    const { address, wanted } = job;
    const findings = judge({ domain, certificate }, questionOf(job), "update", now());
    const errors = findings.filter(({ severity }) => severity === "error");
    if (errors.length > 0 || !("found" in domain)) {
        throw new RefusedError(refusalText(address, errors), errors);
    }
    for (const finding of findings) {
        engine.warn(`${address.domain}: ${formatFinding(finding)}`);
    }
    const before = fillUnreported(domain.found.settings, job.believed);
    const target = overlay(before, wanted);
    if (raisesSecurityPolicy(before, wanted)) {
        engine.warn(
            `${address.domain}: the TLS policy goes from TLS_V1 to ${target.securityPolicy} as well: managed login needs it`,
        );
    }
    const found = certificate && "found" in certificate.look ? certificate.look.found : undefined;
    return { observed: domain.found, before, target, certificate: found };
}

function questionOf({ address, wanted, minimumCertificateValidityDays, allowedAccountIds }: Job): Question {
    return { domain: address.domain, address, wanted, minimumCertificateValidityDays, allowedAccountIds };
}

function refusalText({ domain }: DomainAddress, errors: Finding[]): string {
    const lines = errors.map((finding) => `  - ${formatFinding(finding)}`);
    return [`${domain}: the update was refused before anything was written.`, ...lines].join("\n");
}

/** A failed domain is sent its settings again: nothing else gets it out of that state. */
function needsUpdate({ wanted }: Job, { observed, before, target }: Plan): boolean {
    return differences(before, target).length > 0 || (observed.status === "FAILED" && Object.keys(wanted).length > 0);
}

/** Whether the domain is at rest, as it was seen before: as if no request had arrived. */
function isUntouched(domain: Look<ObservedDomain>, { observed }: Plan): boolean {
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
        ? new AwsCallError(`${domain}: nothing was written. ${error.message}`, error.code, error.transient, {
              cause: error.cause,
          })
        : error;
}
