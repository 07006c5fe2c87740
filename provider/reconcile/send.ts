import { askMissing } from "../aws/questions";
import { isCertificateRefused } from "../aws/updateRefusals";
import { AwsCallError, messageOf, NotConvergedError, RefusedError } from "../model/errors";
import { formatFinding } from "../model/findings";
import { answerOf, foundIn, isUnderWay, type Observed } from "../model/observed";
import { sameSetting } from "../model/settings";
import { makePlan, type Plan } from "../plan/plan";
import { requireEngine, withStatusLine } from "./engine";
import type { OperationContext, Outcome, UpdateInput } from "./operation";
import { type Deadline, pending, poll } from "./polling";

/** The fate of the request. */
export interface Sent {
    plan: Plan;
    /** `lost`: no answer came back, and AWS may have accepted it. */
    state: "nothing to send" | "accepted" | "lost";
    /** The error of a request that was lost. */
    error?: AwsCallError;
}

/** How long after its issue Cognito may still refuse a certificate as not existing. */
const FRESH_CERTIFICATE_MS = 10 * 60 * 1000;

/** Refusals that only another attempt can end; each is followed by a read and a new plan. */
const MOST_ATTEMPTS = 20;

/** Reads of a certificate that ACM may not find yet, since it was imported seconds ago. */
const READS_FOR_CERTIFICATE = 4;

/**
 * Reads until the domain is at rest, plans, and sends the complete settings if they differ. Nothing happens between the last read
 * and the request: it waits for the rate limit before the read, and after throttling, a conflict or any question to AWS it reads
 * and plans again.
 *
 * @throws RefusedError, AwsCallError, NotConvergedError, EngineGoneError: nothing was sent, or AWS itself refused it.
 */
export async function send(input: UpdateInput, context: OperationContext, deadline: Deadline): Promise<Sent> {
    const { aws, engine, now } = context;
    const { address, desired, waitTimeoutSeconds } = input.request;
    const logged = new Set<string>();
    let observed: Observed = {};
    let obstacle = "";
    let attempts = 0;
    let certificateReads = 0;
    let hasTurn = false;

    const attempt = async (): Promise<Sent | typeof pending> => {
        const arn = desired.certificateArn;
        if (arn && !observed.certificate) {
            const ask = () => deadline.cap(aws.describeCertificate(arn), "DescribeCertificate");
            observed = { ...observed, certificate: { arn, answer: await answerOf(ask) } };
            certificateReads += 1;
            if (isAbsent(observed) && certificateReads < READS_FOR_CERTIFICATE) {
                observed = {};
                obstacle = "ACM does not find the certificate yet";
                return pending;
            }
        }
        if (!hasTurn) {
            await aws.acquireUpdate(address);
            hasTurn = true;
        }
        await requireEngine(engine, `${address.domain}: the Pulumi engine has exited; nothing was written`);
        const domain = await answerOf(() => deadline.cap(aws.describeDomain(address), "DescribeUserPoolDomain"));
        const found = foundIn(domain);
        if (found && isUnderWay(found.status)) {
            obstacle = `the domain has status ${found.status}`;
            return pending;
        }
        if (input.late && found && hasArrived(found, input.late)) {
            return { state: "nothing to send", plan: { ...input.late, domain: found } };
        }
        const sofar = { ...observed, domain };
        const asked = await askMissing(aws, sofar, input, "named");
        if (asked !== sofar) {
            // Asking took time: read the domain once more.
            observed = asked;
            return attempt();
        }
        const plan = makePlan({ ...input, observed: asked, phase: "update", now: now() });
        if (plan.refused || !plan.domain) {
            throw refusal(address.domain, plan);
        }
        for (const finding of input.ours && !plan.isSent ? [] : plan.findings) {
            const text = `${address.domain}: ${formatFinding(finding)}`;
            if (!logged.has(text)) {
                logged.add(text);
                engine.warn(text);
            }
        }
        if (!plan.isSent) {
            return { state: "nothing to send", plan };
        }
        // Check again that the engine is still running: never write after it has exited.
        await requireEngine(engine, `${address.domain}: the Pulumi engine has exited; nothing was written`);
        try {
            await aws.updateDomain(address, plan.target);
            return { state: "accepted", plan };
        } catch (error) {
            if (error instanceof AwsCallError && error.lost) {
                return { state: "lost", plan, error };
            }
            attempts += 1;
            if (!mayPass(error, plan, now()) || attempts >= MOST_ATTEMPTS) {
                throw nothingWritten(error, address.domain);
            }
            hasTurn = false;
            observed = {};
            obstacle = messageOf(error);
            return pending;
        }
    };
    const status = () => `${address.domain}: before the update, ${obstacle || "reading AWS"}, ${deadline.elapsed}`;
    const sent = await withStatusLine(engine, status, () => poll(attempt, deadline, context.pauses));
    if (!sent) {
        throw new NotConvergedError(
            "timeout",
            `${address.domain}: nothing was written within ${waitTimeoutSeconds} s (waitTimeoutSeconds): ${obstacle}. Run the same command again.`,
        );
    }
    return sent;
}

/** True if a domain at rest has everything that an update changes. */
export function hasArrived(
    { status, settings }: Pick<Outcome, "status" | "settings">,
    { changes, target }: Plan,
): boolean {
    return status === "ACTIVE" && changes.every((name) => sameSetting(settings[name], target[name]));
}

function isAbsent({ certificate }: Observed): boolean {
    return certificate !== undefined && "absent" in certificate.answer;
}

function refusal(domain: string, { findings }: Plan): RefusedError {
    const errors = findings.filter(({ severity }) => severity === "error");
    const lines = errors.map((finding) => `  - ${formatFinding(finding)}`);
    return new RefusedError([`${domain}: the update was refused; nothing was written.`, ...lines].join("\n"), errors);
}

/** True if AWS may take the same update later: it was busy, or does not know a certificate yet that was issued just now. */
function mayPass(error: unknown, { certificate, changes }: Plan, now: Date): boolean {
    const isFresh =
        changes.includes("certificateArn") &&
        certificate?.issuedAt !== undefined &&
        now.getTime() - certificate.issuedAt.getTime() < FRESH_CERTIFICATE_MS;
    return (error instanceof AwsCallError && error.transient) || (isCertificateRefused(error) && isFresh);
}

function nothingWritten(error: unknown, domain: string): unknown {
    if (error instanceof AwsCallError) {
        error.rephrase((message) => `${domain}: nothing was written. ${message}`);
    }
    return error;
}
