import { lookAtCertificate } from "../aws/observe";
import { knownPart } from "../inputs/unknown";
import { addressOf } from "../model/address";
import { domainOutputs } from "../model/domainOutputs";
import { ownDomain } from "../model/observations";
import type { Inspection } from "./inspect";
import type { Run } from "./previewRun";
import type { ReportEntry } from "./report/report";

/**
 * The outputs that the domain would have as AWS has it now; undefined where it was not seen. Of a certificate that an update
 * takes off the domain, ACM is asked here: nothing else needs that.
 */
export async function currentOutputs(
    args: Record<string, unknown>,
    { identity, observed }: Inspection,
    run: Run,
): Promise<ReportEntry["before"]> {
    const { userPoolId, domain, region } = (knownPart(args) ?? {}) as Record<string, string | undefined>;
    const found = ownDomain(observed, userPoolId);
    if (!found || !identity || !userPoolId || !domain) {
        return undefined;
    }
    const { settings, status, cloudFrontDistribution } = found;
    const seen = observed?.certificate;
    const attached =
        seen && seen.arn === settings.certificateArn
            ? seen
            : await lookAtCertificate(await run.reads(identity), settings);
    const certificate = attached && "found" in attached.look ? attached.look.found : undefined;
    const address = addressOf({ userPoolId, domain, region });
    return { ...domainOutputs({ address, settings, status, cloudFrontDistribution, certificate }) };
}
