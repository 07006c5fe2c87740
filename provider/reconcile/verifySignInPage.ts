import { baseUrl, isCustomName } from "../model/address";
import { messageOf, NotConvergedError } from "../model/errors";
import { Deadline } from "./deadline";
import { requireEngine } from "./engine";
import type { Operation, OperationContext, Outcome } from "./operation";
import { LOOKS_IN_A_ROW, pending, poll } from "./polling";
import { askPage, judgePage, loginPath, type PageVerdict } from "./signInPage";
import { withStatusLine } from "./statusLine";

/** Seconds within which a version has usually arrived. Source: Cognito Developer Guide, "Managed login". */
const PAGE_ARRIVES_SECONDS = { custom: 300, prefix: 60 };

/** Waits until the sign-in page of the app client is served; what is wrong where it is not. Only with `verify`. */
export async function verifySignInPage(
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
        const reason = `the user pool ${address.userPoolId} has no app client ${verifyClientId}`;
        // No way back to the classic page is ever blocked: there, the preview only warns of it, too.
        if (!client && observed.managedLoginVersion === 2) {
            const message = `${address.domain}: verify.clientId: ${reason}. Give the id of one that people sign in with.`;
            return new NotConvergedError("unverified", message);
        }
        if (!client) {
            throw new Error(reason);
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
