import type { Aws } from "../aws/awsCalls";
import { answerOf, type ObservedCertificate } from "../model/observed";
import type { Settings } from "../model/settings";
import { Deadline } from "./deadline";

/** How long the end of a certificate is worth waiting for: by then, everything else is done. */
const TIMEOUT_SECONDS = 20;

/** The attached certificate, for its end; not being allowed to look, or not being answered, fails nothing. */
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
