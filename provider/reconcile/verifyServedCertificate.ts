import { isCustomName } from "../model/address";
import { messageOf, NotConvergedError } from "../model/errors";
import { SettingsText } from "../model/settingsText";
import { allServe, anotherIsServed, askEdges, describeEdges, type EdgeAnswer, serialOf } from "./cloudFrontEdges";
import { requireEngine, withStatusLine } from "./engine";
import type { OperationContext, Outcome, UpdateInput } from "./operation";
import { type Deadline, pending, poll } from "./polling";

/** Reads in a row that have to agree: CloudFront's edges change one after another, and one read may be stale. */
const READS_IN_A_ROW = 3;

/** Waits until CloudFront presents the certificate; returns the problem if it does not. Only with `wait: "served"`. */
export async function verifyServedCertificate(
    { request }: UpdateInput,
    { aws, engine, pauses }: OperationContext,
    { plan, settings, certificate, cloudFrontDistribution }: Outcome,
    deadline: Deadline,
): Promise<NotConvergedError | undefined> {
    const { wait, address, waitTimeoutSeconds } = request;
    const { certificateArn } = settings;
    if (wait !== "served" || !isCustomName(address.domain) || !certificateArn) {
        return undefined;
    }
    // Under the same ARN, CloudFront may go on serving what ACM had before for a day: no reason to revert anything.
    // Source: Cognito Developer Guide, "Using your own domain", on renewed and re-imported certificates.
    const isNewArn = plan.before.certificateArn !== certificateArn;
    const unverified = (reason: string, isNotServed = false, cause?: unknown) =>
        new NotConvergedError(
            isNotServed ? "notServed" : "unverified",
            `${address.domain}: ACTIVE, but not seen to serve ${new SettingsText(plan.secret).all(settings, ["certificateArn"])}: ${reason}`,
            { cause },
        );
    const usual = isNewArn ? "usually under 1 h" : "up to 24 h if it was renewed or imported again under its ARN";
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
        const read = async () => {
            await requireEngine(engine);
            answers = await askEdges(cloudFrontDistribution, address.domain);
            serving = allServe(answers, serial) ? serving + 1 : 0;
            refuting = anotherIsServed(answers, serial) ? refuting + 1 : 0;
            return serving === READS_IN_A_ROW ? true : pending;
        };
        if (await withStatusLine(engine, status, () => poll(read, deadline, pauses))) {
            return undefined;
        }
        const rest = isNewArn ? "" : " If it was renewed or imported again under its ARN, that may take up to 24 h.";
        return unverified(
            `after ${waitTimeoutSeconds} s (waitTimeoutSeconds), ${describeEdges(answers, serial)}.${rest} Run \`pulumi up\` again to go on waiting.`,
            isNewArn && refuting >= READS_IN_A_ROW,
        );
    } catch (cause) {
        return unverified(`${messageOf(cause)}. Run \`pulumi up\` again.`, false, cause);
    }
}
