import { baseUrl, isCustomName } from "../model/address";
import { EngineGoneError, messageOf, NotConvergedError } from "../model/errors";
import { Deadline } from "./deadline";
import type { Engine } from "./engine";
import type { Operation, OperationContext, Outcome, Plan } from "./operation";
import { pending, poll } from "./polling";
import { allServe, anotherIsServed, askEdges, describeEdges, type EdgeAnswer, serialOf } from "./servedCertificate";
import { askPage, judgePage, loginPath, type PageVerdict } from "./signInPage";
import { withStatusLine } from "./statusLine";

/** Looks from outside: is the certificate served, does the sign-in page answer? Only what the operation asks for. */
export async function verify(
    operation: Operation,
    context: OperationContext,
    plan: Plan,
    outcome: Outcome,
    deadline: Deadline,
): Promise<Outcome> {
    const problem =
        (await verifyCertificate(operation, context, plan, outcome, deadline)) ??
        (await verifyPage(operation, context, outcome, deadline));
    return problem ? { ...outcome, problem } : outcome;
}

/** Looks in a row that have to agree: edges change one after another, and one look may be stale. */
const LOOKS_IN_A_ROW = 3;

async function verifyCertificate(
    { wait, address, timeoutSeconds }: Operation,
    { aws, engine, pauses }: OperationContext,
    { original }: Plan,
    { observed, certificate, cloudFrontDistribution }: Outcome,
    deadline: Deadline,
): Promise<NotConvergedError | undefined> {
    const { certificateArn } = observed;
    if (wait !== "served" || !isCustomName(address.domain) || !certificateArn) {
        return undefined;
    }
    // Under the same ARN, CloudFront may go on serving what ACM had before for a day: no reason to undo anything.
    // Source: Cognito Developer Guide, "Using your own domain", on renewed and re-imported certificates.
    const isNewArn = original.certificateArn !== certificateArn;
    const unverified = (reason: string, isNotServed = false, cause?: unknown) =>
        new NotConvergedError(
            isNotServed ? "notServed" : "unverified",
            `${address.domain}: ACTIVE, but not seen to serve ${certificateArn}: ${reason}`,
            { cause },
        );
    const usual = isNewArn ? "usually under 1 h" : "up to 24 h, since its ARN has not changed";
    if (!cloudFrontDistribution) {
        return unverified("DescribeUserPoolDomain names no CloudFront distribution that could be asked.");
    }
    const status = () =>
        `${address.domain}: waiting for CloudFront to serve the certificate, ${deadline.elapsed}, ${usual}`;
    let answers: EdgeAnswer[] = [];
    let serving = 0;
    let refuting = 0;
    try {
        const { serial: text } =
            certificate ?? (await deadline.cap(aws.describeCertificate(certificateArn), "DescribeCertificate")) ?? {};
        if (!text) {
            return unverified("ACM names no serial number for it.");
        }
        const serial = serialOf(text);
        const look = async () => {
            await requireEngine(engine);
            answers = await askEdges(cloudFrontDistribution, address.domain);
            serving = allServe(answers, serial) ? serving + 1 : 0;
            refuting = anotherIsServed(answers, serial) ? refuting + 1 : 0;
            return serving === LOOKS_IN_A_ROW ? true : pending;
        };
        if (await withStatusLine(engine, status, () => poll(look, deadline, pauses))) {
            return undefined;
        }
        const rest = isNewArn ? "" : " Under an ARN that has not changed, that may take up to 24 h.";
        return unverified(
            `after ${timeoutSeconds} s (waitTimeoutSeconds), ${describeEdges(answers, serial)}.${rest} Run \`pulumi up\` again to wait on.`,
            isNewArn && refuting >= LOOKS_IN_A_ROW,
        );
    } catch (cause) {
        return unverified(`${messageOf(cause)}. Run \`pulumi up\` again.`, false, cause);
    }
}

/** Seconds within which a version has usually arrived. Source: Cognito Developer Guide, "Managed login". */
const PAGE_ARRIVES_SECONDS = { custom: 300, prefix: 60 };

async function verifyPage(
    { address, verifyClientId }: Operation,
    { aws, engine, pauses, clockMs }: OperationContext,
    { observed, cloudFrontDistribution }: Outcome,
    deadline: Deadline,
): Promise<NotConvergedError | undefined> {
    if (!verifyClientId) {
        return undefined;
    }
    const page = `the sign-in page of the app client ${verifyClientId} at ${baseUrl(address)}/login`;
    const usual = isCustomName(address.domain) ? PAGE_ARRIVES_SECONDS.custom : PAGE_ARRIVES_SECONDS.prefix;
    const patience = new Deadline(Math.min(deadline.secondsLeft, usual), clockMs);
    let verdict = { page: "cannotTell", reason: "it was not asked for" } as PageVerdict;
    let refuting = 0;
    try {
        const client = await deadline.cap(aws.describeClient(address, verifyClientId), "DescribeUserPoolClient");
        if (!client) {
            const reason = `the user pool ${address.userPoolId} has no app client ${verifyClientId}`;
            const message = `${address.domain}: verify.clientId: ${reason}. Give the id of one that people sign in with.`;
            return new NotConvergedError("unverified", message);
        }
        const path = loginPath(verifyClientId, client);
        const look = async () => {
            await requireEngine(engine);
            const answer = await askPage(address, cloudFrontDistribution, path);
            verdict = judgePage(answer, observed.managedLoginVersion ?? 1);
            refuting = verdict.page === "notServed" ? refuting + 1 : 0;
            return verdict.page === "served" ? true : pending;
        };
        const status = () => `${address.domain}: waiting for the sign-in page, ${deadline.elapsed}`;
        await withStatusLine(engine, status, () => poll(look, patience, pauses));
    } catch (cause) {
        verdict = { page: "cannotTell", reason: messageOf(cause) };
    }
    if (verdict.page === "notServed") {
        const isTooEarly = verdict.mayBeOld && patience.seconds < usual;
        const kind = refuting >= LOOKS_IN_A_ROW && !isTooEarly ? "notServed" : "unverified";
        return new NotConvergedError(kind, `${address.domain}: ${page} is not served: ${verdict.reason}.`);
    }
    // Only "definitely not" fails anything.
    if (verdict.page === "cannotTell") {
        engine.warn(
            `${address.domain}: it cannot be told whether ${page} is served: ${verdict.reason}. Look at it yourself.`,
        );
    }
    return undefined;
}

async function requireEngine(engine: Engine): Promise<void> {
    if (!(await engine.alive())) {
        throw new EngineGoneError("the Pulumi engine is gone");
    }
}
