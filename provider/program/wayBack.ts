import { lookAtCertificate } from "../aws/observe";
import { judge } from "../checks/judge";
import { knownPart } from "../inputs/unknown";
import { addressOf } from "../model/address";
import type { Finding } from "../model/findings";
import { namesIn, type Settings } from "../model/settings";
import type { Inspected } from "./inspectionResult";
import type { PreviewRun } from "./previewRun";

/** Whether the settings that would be put back would be taken today. */
export interface WayBack {
    /** The argument that asks for it. */
    argument: "onFailure" | "onDelete";
    possible: boolean;
    /** Why not. */
    reason?: string;
}

/** Judges the settings that a rollback or a destroy would put back, as if they were sent now. */
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
    const certificate = await lookAtCertificate(await run.reads(identity), original);
    // As it would be judged by then, when the domain no longer has it: whether it is still fit.
    const without = observed.domain && "found" in observed.domain ? observed.domain.found : undefined;
    const seen = without && { found: { ...without, status: "ACTIVE", settings: {} } };
    const findings = judge(
        { domain: seen, certificate },
        {
            domain,
            address: addressOf({ userPoolId, domain, region }),
            settings: original,
            minimumCertificateValidityDays: 0,
        },
        "update",
        new Date(),
    );
    const refusal = findings.find(({ severity, ground }) => severity === "error" && ground !== "unseen");
    return refusal ? { argument, possible: false, reason: refusal.message } : { argument, possible: true };
}

/** The warning that there is no way back. */
export function wayBackFinding(wayBack: WayBack | undefined): Finding[] {
    if (!wayBack || wayBack.possible) {
        return [];
    }
    const { argument, reason } = wayBack;
    const what = argument === "onFailure" ? "a rollback" : "a restore";
    return [
        {
            code: "no-way-back",
            ground: "advisory",
            severity: "warning",
            property: argument,
            message: `${what} could not put back all that was in force: ${reason}`,
            remedy: "Mend that first, or go on only if you can do without a way back",
        },
    ];
}
