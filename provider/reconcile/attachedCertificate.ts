import type { Aws } from "../aws/awsCalls";
import { answerOf, type ObservedCertificate } from "../model/observed";
import type { Settings } from "../model/settings";
import { Deadline } from "./polling";

/** Seconds to wait for the certificate's expiry: everything else is done by then. */
const TIMEOUT_SECONDS = 20;

/** The attached certificate, for its expiry. A missing permission, or no answer, fails nothing. */
export async function attachedCertificate(
    aws: Aws,
    { certificateArn }: Settings,
): Promise<ObservedCertificate | undefined> {
    if (!certificateArn) {
        return undefined;
    }
    const deadline = new Deadline(TIMEOUT_SECONDS);
    const answer = await answerOf(() => deadline.cap(aws.describeCertificate(certificateArn), "DescribeCertificate"));
    return "found" in answer ? answer.found : undefined;
}
