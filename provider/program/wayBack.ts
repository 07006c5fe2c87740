import { lookAtCertificate } from "../aws/observe";
import { judgeWayBack, type WayBack } from "../checks/wayBack";
import { knownPart } from "../inputs/unknown";
import { addressOf } from "../model/address";
import { namesIn, type Settings } from "../model/settings";
import type { Inspected } from "./inspectionResult";
import type { PreviewRun } from "./previewRun";

/** Asks whether the settings that a rollback or a destroy would put back would be taken today. */
export async function wayBackOf(
    argument: WayBack["argument"],
    original: Settings,
    { args, inspection }: Inspected,
    run: PreviewRun,
): Promise<WayBack | undefined> {
    const { identity, observed } = inspection;
    const { userPoolId, domain, region } = (knownPart(args) ?? {}) as Record<string, string | undefined>;
    if (!identity || !observed || !userPoolId || !domain || namesIn(original).length === 0) {
        return undefined;
    }
    const address = addressOf({ userPoolId, domain, region });
    const certificate = await lookAtCertificate(await run.reads(identity), original);
    const found = observed.domain && "found" in observed.domain ? observed.domain.found : undefined;
    return judgeWayBack({ argument, address, original, found, certificate }, new Date());
}
