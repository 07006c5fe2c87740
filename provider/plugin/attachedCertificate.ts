import type { Aws } from "../aws/awsCalls";
import { lookUp, type ObservedCertificate } from "../model/observations";
import type { Settings } from "../model/settings";

/** The attached certificate, for its end; not being allowed to look fails nothing. */
export async function attachedCertificate(
    aws: Aws,
    { certificateArn }: Settings,
): Promise<ObservedCertificate | undefined> {
    const answer = certificateArn ? await lookUp(() => aws.describeCertificate(certificateArn)) : undefined;
    return answer && "found" in answer ? answer.found : undefined;
}
