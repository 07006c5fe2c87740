import { baseUrl, isCustomName } from "../model/address";
import { EngineGoneError, messageOf, NotConvergedError } from "../model/errors";
import type { Deadline, Operation, OperationContext, Outcome } from "./operation";
import { pending, poll } from "./polling";
import { allServe, askEdges, describeEdges, type EdgeAnswer, serialOf } from "./servedCertificate";
import { askPage, judgePage, loginPath, type PageVerdict } from "./signInPage";
import { statusLine } from "./statusLine";

/** Looks from outside: is the certificate served, does the sign-in page answer? What the job does not ask for is not proved. */
export async function verify(
    job: Operation,
    means: OperationContext,
    outcome: Outcome,
    deadline: Deadline,
): Promise<Outcome> {
    const problem =
        (await proveCertificate(job, means, outcome, deadline)) ?? (await provePage(job, means, outcome, deadline));
    return problem ? { ...outcome, problem } : outcome;
}

/** Rounds in a row in which every edge has to present the certificate: edges change one after another. */
const ROUNDS = 3;

async function proveCertificate(
    { wait, address, timeoutSeconds }: Operation,
    { aws, engine, pauses }: OperationContext,
    { inForce, certificate, cloudFrontDistribution }: Outcome,
    deadline: Deadline,
): Promise<NotConvergedError | undefined> {
    const { certificateArn } = inForce;
    if (wait !== "served" || !isCustomName(address.domain) || !certificateArn || !cloudFrontDistribution) {
        return undefined;
    }
    const unproven = (reason: string, options?: { revertible?: boolean; cause?: unknown }) =>
        new NotConvergedError(
            `${address.domain}: ACTIVE, but it is not proved that ${certificateArn} is served: ${reason}`,
            options,
        );
    const say = statusLine(engine);
    let answers: EdgeAnswer[] = [];
    let rounds = 0;
    try {
        const { serial: text } = certificate ?? (await aws.describeCertificate(certificateArn)) ?? {};
        if (!text) {
            return unproven("ACM names no serial number for it.");
        }
        const serial = serialOf(text);
        const served = await poll(
            async () => {
                await requireEngine(engine);
                answers = await askEdges(cloudFrontDistribution, address.domain);
                rounds = allServe(answers, serial) ? rounds + 1 : 0;
                say(
                    `${address.domain}: waiting for CloudFront to serve the certificate, ${Math.round(deadline.elapsed)} s, usually under 1 h`,
                );
                return rounds === ROUNDS ? true : pending;
            },
            { ...pauses, timeoutSeconds: deadline.left },
        );
        return served
            ? undefined
            : unproven(
                  `after ${timeoutSeconds} s (waitTimeoutSeconds), ${describeEdges(answers, serial)}. Run \`pulumi up\` again to wait on.`,
                  { revertible: answers.some((answer) => "serial" in answer && answer.serial !== serial) },
              );
    } catch (cause) {
        return unproven(`${messageOf(cause)}. Run \`pulumi up\` again.`, { cause });
    }
}

/** Seconds within which a version has usually arrived. Source: Cognito Developer Guide, "Managed login". */
const PAGE_ARRIVES = { custom: 300, prefix: 60 };

async function provePage(
    { address, verifyClientId }: Operation,
    { aws, engine, pauses }: OperationContext,
    { inForce, cloudFrontDistribution }: Outcome,
    deadline: Deadline,
): Promise<NotConvergedError | undefined> {
    if (!verifyClientId) {
        return undefined;
    }
    const page = `the sign-in page of the app client ${verifyClientId} at ${baseUrl(address)}/login`;
    const say = statusLine(engine);
    let verdict: PageVerdict = { page: "cannotTell", reason: "it was not asked for" };
    try {
        const client = await aws.describeClient(address, verifyClientId);
        if (!client) {
            return new NotConvergedError(
                `${address.domain}: verify.clientId: the user pool ${address.userPoolId} has no app client ${verifyClientId}. Give the id of one that people sign in with.`,
            );
        }
        const path = loginPath(verifyClientId, client);
        const patience = isCustomName(address.domain) ? PAGE_ARRIVES.custom : PAGE_ARRIVES.prefix;
        await poll(
            async () => {
                await requireEngine(engine);
                verdict = judgePage(
                    await askPage(address, cloudFrontDistribution, path),
                    inForce.managedLoginVersion ?? 1,
                );
                say(`${address.domain}: waiting for the sign-in page, ${Math.round(deadline.elapsed)} s`);
                return verdict.page === "served" ? true : pending;
            },
            { ...pauses, timeoutSeconds: Math.min(deadline.left, patience) },
        );
    } catch (cause) {
        verdict = { page: "cannotTell", reason: messageOf(cause) };
    }
    return reportPage(verdict, page, address.domain, engine);
}

/** Only "definitely not" fails anything. */
function reportPage(
    verdict: PageVerdict,
    page: string,
    domain: string,
    engine: OperationContext["engine"],
): NotConvergedError | undefined {
    if (verdict.page === "notServed") {
        return new NotConvergedError(`${domain}: ${page} is not served: ${verdict.reason}.`, { revertible: true });
    }
    if (verdict.page === "cannotTell") {
        engine.warn(`${domain}: it cannot be told whether ${page} is served: ${verdict.reason}. Look at it yourself.`);
    }
    return undefined;
}

async function requireEngine(engine: OperationContext["engine"]): Promise<void> {
    if (!(await engine.alive())) {
        throw new EngineGoneError("the Pulumi engine is gone");
    }
}
