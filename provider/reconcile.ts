import type { Aws } from "./aws";
import { isCertificateRefused, isConcurrentModification } from "./awsErrors";
import { progressOf } from "./converge";
import type { DomainAddress } from "./domain";
import type { Engine } from "./engine";
import { AwsCallError, EngineGoneError, messageOf, NotConvergedError, RefusedError } from "./errors";
import { type Finding, formatFinding } from "./findings";
import { judge } from "./judge";
import { type Look, look, type ObservedCertificate, type ObservedDomain } from "./observation";
import {
    describeSettings,
    differences,
    fillUnreported,
    overlay,
    pick,
    raisesSecurityPolicy,
    type SettingName,
    type Settings,
} from "./settings";
import { attemptUntil, pending } from "./wait";

/** What is to be in force, and how to get there. */
export interface Job {
    address: DomainAddress;
    /** Only what the program manages. */
    wanted: Settings;
    /** What an earlier update put in force, for what Describe does not report. */
    believed: Settings;
    minimumCertificateValidityDays: number;
    wait: "active" | "none";
    /** Seconds for everything together. */
    timeoutSeconds: number;
}

/** Whom the job is done with. */
export interface Means {
    aws: Aws;
    engine: Engine;
    now: () => Date;
}

/** How it ended, where AWS has accepted the update or there was nothing to write. */
export interface Outcome {
    /** What was in force before anything was written. */
    before: Settings;
    /** What is in force now, as far as it is known. */
    inForce: Settings;
    status: string;
    cloudFrontDistribution?: string;
    /** The attached certificate, where it was asked for on the way. */
    certificate?: ObservedCertificate;
    /** AWS accepted the update, and this is what went wrong afterwards. */
    problem?: Error;
}

/** A plan that fits what was observed a moment ago. */
interface Plan {
    observed: ObservedDomain;
    /** The observed settings, completed by what is believed. */
    before: Settings;
    target: Settings;
    certificate?: ObservedCertificate;
}

/** The plan that was sent to AWS; `uncertain` where no answer came back. */
interface Sent extends Plan {
    uncertain?: AwsCallError;
}

/** How long after its issue Cognito may still refuse a certificate as not existing. */
const FRESH_CERTIFICATE = 10 * 60 * 1000;

/** How long an answer of ACM's serves, while the domain is being waited for. */
const CERTIFICATE_ANSWER_SERVES = 60 * 1000;

/**
 * Observe, merge, gate, update, converge: the one way in which settings of a domain are changed, for create (which
 * adopts), update and restore alike. Where AWS already is as wanted, nothing is written.
 *
 * @throws RefusedError when the gate finds the update unfit, AwsCallError when AWS refuses it, NotConvergedError when the
 * domain does not come to rest before the update, EngineGoneError: nothing has been written then.
 */
export async function reconcile(job: Job, means: Means): Promise<Outcome> {
    const end = means.now().getTime() + job.timeoutSeconds * 1000;
    const secondsLeft = () => (end - means.now().getTime()) / 1000;
    const plan = await send(job, means, secondsLeft());
    if (!("sent" in plan)) {
        return outcomeOf(plan, plan.observed, plan.before);
    }
    return converge(job, means, plan.sent, secondsLeft());
}

/** Observes until the domain is at rest and the gate is open, then sends what differs; looks again after a collision. */
async function send(job: Job, means: Means, seconds: number): Promise<Plan | { sent: Sent }> {
    const ask = certificateOracle(job, means);
    let obstacle: string | undefined;
    const result = await attemptUntil<Plan | { sent: Sent }>(
        async () => {
            const certificate = await ask();
            const domain = await look(() => means.aws.describeDomain(job.address));
            if ("found" in domain && isMoving(domain.found)) {
                obstacle = `the domain has status ${domain.found.status}`;
                means.engine.status(`${job.address.domain}: ${domain.found.status}, waiting for it to come to rest`);
                return pending;
            }
            const plan = gate(job, domain, certificate, means);
            if (!needsUpdate(job, plan)) {
                return plan;
            }
            if (!(await means.engine.alive())) {
                throw new EngineGoneError(`${job.address.domain}: the Pulumi engine is gone, nothing was written`);
            }
            try {
                await means.aws.updateDomain(job.address, plan.target);
                return { sent: plan };
            } catch (error) {
                if (isConcurrentModification(error) || (isCertificateRefused(error) && isFresh(plan, means.now()))) {
                    obstacle = messageOf(error);
                    return pending;
                }
                if (error instanceof AwsCallError && error.transient) {
                    return { sent: { ...plan, uncertain: error } };
                }
                throw prefixed(error, job.address);
            }
        },
        { timeoutSeconds: seconds },
    );
    if (!result) {
        throw new NotConvergedError(
            `${job.address.domain}: nothing was written within ${job.timeoutSeconds} s (waitTimeoutSeconds): ${obstacle}. Run \`pulumi up\` again.`,
        );
    }
    return result;
}

/** Judges what was observed, with everything that is wrong in one message, and merges. */
function gate(
    job: Job,
    domain: Look<ObservedDomain>,
    certificate: Look<ObservedCertificate> | undefined,
    { engine, now }: Means,
): Plan {
    const { address, wanted } = job;
    const findings = judge(
        { domain, certificate: certificate && { arn: wanted.certificateArn as string, look: certificate } },
        { domain: address.domain, address, wanted, minimumCertificateValidityDays: job.minimumCertificateValidityDays },
        "update",
        now(),
    );
    const errors = findings.filter(({ severity }) => severity === "error");
    if (errors.length > 0 || !("found" in domain)) {
        throw new RefusedError(refusalText(address, errors), errors);
    }
    for (const finding of findings) {
        engine.warn(`${address.domain}: ${formatFinding(finding)}`);
    }
    const before = fillUnreported(domain.found.settings, job.believed);
    return {
        observed: domain.found,
        before,
        target: overlay(before, wanted),
        certificate: certificate && "found" in certificate ? certificate.found : undefined,
    };
}

function refusalText({ domain }: DomainAddress, errors: Finding[]): string {
    return `${domain}: the update was refused before anything was written.\n${errors
        .map((finding) => `  - ${formatFinding(finding)}`)
        .join("\n")}`;
}

/** A failed domain is sent its settings again: nothing else gets it out of that state. */
function needsUpdate({ wanted }: Job, { observed, before, target }: Plan): boolean {
    return differences(before, target).length > 0 || (observed.status === "FAILED" && Object.keys(wanted).length > 0);
}

/** Waits until the domain is at rest with what was sent. */
async function converge(job: Job, means: Means, sent: Sent, seconds: number): Promise<Outcome> {
    const { address, wanted } = job;
    const { before, target } = sent;
    if (raisesSecurityPolicy(before, wanted)) {
        means.engine.warn(
            `${address.domain}: the TLS policy goes from TLS_V1 to ${target.securityPolicy} as well: managed login needs it`,
        );
    }
    const started = means.now().getTime();
    let seen: ObservedDomain | undefined;
    const ended = (problem?: string, cause?: unknown): Outcome =>
        outcomeOf(
            sent,
            seen,
            settingsAfter(sent, seen),
            problem === undefined ? undefined : new NotConvergedError(`${address.domain}: ${problem}`, { cause }),
        );
    try {
        const end = await attemptUntil<Outcome>(
            async () => {
                if (!(await means.engine.alive())) {
                    throw new EngineGoneError(`${address.domain}: the Pulumi engine is gone, stopped waiting`);
                }
                seen = await means.aws.describeDomain(address);
                const progress = progressOf(seen, before, target);
                if (progress.state === "failed") {
                    return ended(
                        `AWS accepted the update, then it failed: ${progress.reason}. Wanted: ${describeSettings(target)}.`,
                    );
                }
                if (progress.state === "converged") {
                    sayUnreported(means.engine, address, target, progress.unreported);
                    return ended();
                }
                if (job.wait === "none") {
                    return ended();
                }
                const elapsed = Math.round((means.now().getTime() - started) / 1000);
                means.engine.status(`${address.domain}: ${seen?.status}, ${elapsed} s`);
                return pending;
            },
            { timeoutSeconds: Math.max(seconds, 1) },
        );
        return end ?? ended(notInTime(job, sent, seen));
    } catch (error) {
        return ended(
            `AWS ${sent.uncertain ? "may have" : "has"} accepted the update, but its end could not be seen: ${messageOf(error)}. Run \`pulumi up\` again: it looks again and finishes the job.`,
            error,
        );
    }
}

function notInTime({ timeoutSeconds }: Job, { target, uncertain }: Sent, seen: ObservedDomain | undefined): string {
    const accepted = uncertain ? `no answer to the update came back (${uncertain.message})` : "AWS accepted the update";
    const now = seen ? `status ${seen.status} with ${describeSettings(seen.settings)}` : "not been seen";
    return (
        `${accepted}, but after ${timeoutSeconds} s (waitTimeoutSeconds) the domain has ${now}; ` +
        `wanted: ${describeSettings(target)}. Run \`pulumi up\` again: it looks again and finishes the job.`
    );
}

/** What is in force after an update: what is seen, and for what Describe does not report, what was sent. */
function settingsAfter({ before, target }: Sent, seen: ObservedDomain | undefined): Settings {
    return seen ? fillUnreported(seen.settings, target) : before;
}

function outcomeOf(plan: Plan, seen: ObservedDomain | undefined, inForce: Settings, problem?: Error): Outcome {
    const isAttached = inForce.certificateArn !== undefined && inForce.certificateArn === plan.target.certificateArn;
    return {
        before: plan.before,
        inForce,
        status: seen?.status ?? "UNKNOWN",
        cloudFrontDistribution: seen?.cloudFrontDistribution ?? plan.observed.cloudFrontDistribution,
        certificate: isAttached ? plan.certificate : undefined,
        problem,
    };
}

function sayUnreported(engine: Engine, { domain }: DomainAddress, target: Settings, names: SettingName[]): void {
    if (names.length > 0) {
        engine.warn(
            `${domain}: AWS accepted ${describeSettings(pick(target, names))}, but does not report it back; taken as in force`,
        );
    }
}

/** Asks ACM for the wanted certificate; an answer serves for a minute of waiting. */
function certificateOracle(
    { wanted: { certificateArn } }: Job,
    { aws, now }: Means,
): () => Promise<Look<ObservedCertificate> | undefined> {
    let answer: { look: Look<ObservedCertificate>; at: number } | undefined;
    return async () => {
        if (certificateArn === undefined) {
            return undefined;
        }
        if (!answer || now().getTime() - answer.at > CERTIFICATE_ANSWER_SERVES) {
            answer = { look: await look(() => aws.describeCertificate(certificateArn)), at: now().getTime() };
        }
        return answer.look;
    };
}

function isMoving({ status }: ObservedDomain): boolean {
    return status === "UPDATING" || status === "CREATING";
}

function isFresh({ certificate }: Plan, now: Date): boolean {
    return certificate?.issuedAt !== undefined && now.getTime() - certificate.issuedAt.getTime() < FRESH_CERTIFICATE;
}

function prefixed(error: unknown, { domain }: DomainAddress): unknown {
    if (error instanceof AwsCallError) {
        return new AwsCallError(`${domain}: nothing was written. ${error.message}`, error.code, error.transient, {
            cause: error.cause,
        });
    }
    return error;
}
