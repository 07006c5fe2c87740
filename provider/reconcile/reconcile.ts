import { askMissing } from "../aws/questions";
import { isCertificateRefused } from "../aws/updateRefusals";
import { AwsCallError, EngineGoneError, messageOf, NotConvergedError, RefusedError } from "../model/errors";
import { type Finding, formatFinding } from "../model/findings";
import { answerOf, foundIn, isUnderWay, type Observed, type ObservedDomain } from "../model/observed";
import { differences, namesIn, pick } from "../model/settings";
import { SettingsText } from "../model/settingsText";
import { changesText, makePlan, type Plan } from "../plan/plan";
import type { OperationContext, Outcome, Sent, UpdateInput } from "./operation";
import { Deadline, pending, poll, requireEngine, type TimedContext } from "./polling";
import { verifyServedCertificate } from "./served";
import { arrival } from "./wait";

/** How long after its issue Cognito may still refuse a certificate as not existing. */
const FRESH_CERTIFICATE_MS = 10 * 60 * 1000;

/** Attempts before a refusal that may resolve itself is final: by AWS, and by the checks. */
const MOST_ATTEMPTS = 20;
const MOST_CHECKS = 4;

/**
 * Observes, plans, sends and waits: the only code that changes settings of a domain, for create (which adopts), update, rollback
 * and restore.
 *
 * @throws RefusedError, AwsCallError, NotConvergedError, EngineGoneError: nothing was written. A failure after AWS accepted the
 * update is the outcome's `problem`.
 */
export async function reconcile(input: UpdateInput, context: OperationContext): Promise<Outcome> {
    const { address, desired, wait, waitTimeoutSeconds } = input.request;
    const { engine } = context;
    const deadline = new Deadline(waitTimeoutSeconds);
    const timed = { ...context, deadline };
    const sent = await send(input, timed);
    const { plan } = sent;
    // A rollback and a restore have a status of their own to report.
    const isShown = ({ code }: Finding) => !input.ours || (plan.isSent && code !== "domain-not-active");
    for (const finding of plan.findings.filter(isShown)) {
        engine.warn(`${address.domain}: ${formatFinding(finding)}`);
    }
    const outcome = await arrival(sent, input, timed);
    const problem = outcome.problem ?? (await verifyServedCertificate(input, timed, outcome));
    // A restore and a rollback report what they did themselves.
    if (plan.isSent && !problem && !input.ours) {
        const all = `sent again: ${new SettingsText(plan.secret).all(plan.target, namesIn(desired))}`;
        const end = { none: "accepted", active: "active", served: "served" }[wait];
        engine.info(`${address.domain}: ${changesText(plan) || all}; ${end} after ${deadline.elapsed}`);
    }
    return { ...outcome, problem };
}

/**
 * Reads until the domain is at rest, plans, and sends the complete settings if they differ. Nothing happens between the last read
 * and the request: it waits for the rate limit before the read, and after throttling, a conflict or any question to AWS it reads
 * and plans again.
 *
 * @throws RefusedError, AwsCallError, NotConvergedError, EngineGoneError: nothing was sent, or AWS itself refused it.
 */
async function send(input: UpdateInput, context: TimedContext): Promise<Sent> {
    const { aws, deadline, engine } = context;
    const { address, desired } = input.request;
    const name = address.domain;
    let observed: Observed = {};
    let turn: Promise<void> | undefined;
    let attempts = 0;
    let obstacle = "reading AWS";

    const attempt = async (): Promise<Sent | typeof pending> => {
        const arn = desired.certificateArn;
        if (arn && !observed.certificate) {
            const ask = () => deadline.cap(aws.describeCertificate(arn), "DescribeCertificate");
            observed = { certificate: { arn, answer: await answerOf(ask) } };
        }
        turn ??= aws.acquireUpdate(address);
        await turn;
        const domain = await answerOf(() => deadline.cap(aws.describeDomain(address), "DescribeUserPoolDomain"));
        const found = foundIn(domain);
        if (isUnderWay(found?.status)) {
            obstacle = `the domain has status ${found?.status}`;
            return pending;
        }
        if (input.late && found && hasArrived(found, input.late)) {
            return { plan: { ...input.late, domain: found, isSent: false } };
        }
        const known = { ...observed, domain };
        observed = await askMissing(aws, known, input, "named");
        if (observed !== known) {
            // Asking took time: read the domain once more.
            return attempt();
        }
        const plan = makePlan({ ...input, observed, phase: "update", now: new Date() });
        attempts += 1;
        if (plan.refused || !plan.domain) {
            if (!mayAnswerLater(observed) || attempts >= MOST_CHECKS || deadline.secondsLeft === 0) {
                throw refusal(name, plan);
            }
            observed = {};
            return pending;
        }
        if (!plan.isSent) {
            return { plan };
        }
        // Check again that the engine is still running: never write after it has exited.
        await requireEngine(engine);
        try {
            await aws.updateDomain(address, plan.target);
            return { plan };
        } catch (error) {
            if (error instanceof AwsCallError && error.lost) {
                return { plan, lost: error };
            }
            if (!mayAcceptLater(error, plan) || attempts >= MOST_ATTEMPTS) {
                throw error;
            }
            turn = undefined;
            observed = {};
            obstacle = messageOf(error);
            return pending;
        }
    };
    const sent = await poll(attempt, context, () => `${name}: before the update, ${obstacle}`).catch((error) => {
        if (error instanceof AwsCallError || error instanceof EngineGoneError) {
            // A rollback or a restore may go on without what AWS refuses.
            error.rephrase((message) => `${name}: ${input.ours ? "" : "nothing was written. "}${message}`);
        }
        throw error;
    });
    if (!sent) {
        const reason = `nothing was written within ${deadline.seconds} s (waitTimeoutSeconds): ${obstacle}`;
        throw new NotConvergedError("timeout", `${name}: ${reason}.`, "Run the same command again.");
    }
    return sent;
}

/** True if the domain is ACTIVE and has everything that an update changes. */
export function hasArrived({ status, settings }: ObservedDomain | Outcome, { changes, target }: Plan): boolean {
    return status === "ACTIVE" && differences(settings, pick(target, changes)).length === 0;
}

function refusal(domain: string, { findings }: Plan): RefusedError {
    const errors = findings.filter(({ severity }) => severity === "error");
    const lines = errors.map((finding) => `  - ${formatFinding(finding)}`);
    return new RefusedError([`${domain}: the update was refused; nothing was written.`, ...lines].join("\n"), errors);
}

/** True if AWS may soon answer differently: a call failed for now, or ACM does not find a certificate that was imported seconds ago. */
function mayAnswerLater({ certificate, ...others }: Observed): boolean {
    const answers = [certificate?.answer, ...Object.values(others)];
    const hasFailedForNow = answers.some((answer) => answer && "failed" in answer && answer.failed.transient);
    return hasFailedForNow || (certificate !== undefined && "absent" in certificate.answer);
}

/** True if AWS may accept the same update later: it was busy, or does not yet know a certificate that was just issued. */
function mayAcceptLater(error: unknown, { certificate }: Plan): boolean {
    const ageMs = Date.now() - (certificate?.issuedAt?.getTime() ?? 0);
    const isBusy = error instanceof AwsCallError && error.transient;
    return isBusy || (isCertificateRefused(error) && ageMs < FRESH_CERTIFICATE_MS);
}
