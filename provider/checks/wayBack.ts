import type { DomainAddress } from "../model/address";
import type { Finding } from "../model/findings";
import type { Observations, ObservedDomain } from "../model/observations";
import type { Settings } from "../model/settings";
import { judge } from "./judge";

/** Whether the settings that would be put back would be taken today. */
export interface WayBack {
    /** The argument that asks for it. */
    argument: "onFailure" | "onDelete";
    possible: boolean;
    /** Why not. */
    reason?: string;
}

/** What a rollback or a restore would send, and what it would find. */
export interface WayBackRequest {
    argument: WayBack["argument"];
    address: DomainAddress;
    /** What would be put back. */
    original: Settings;
    /** The domain as it is now; it is judged as it will be, when it no longer has what would be put back. */
    found: ObservedDomain | undefined;
    /** The certificate of `original`. */
    certificate: Observations["certificate"];
}

/** Judges the settings that a rollback or a destroy would put back, as if they were sent at that time. Pure. */
export function judgeWayBack({ argument, address, original, found, certificate }: WayBackRequest, now: Date): WayBack {
    const domain = found && { found: { ...found, status: "ACTIVE", settings: {} } };
    const desired = { domain: address.domain, address, settings: original, minimumCertificateValidityDays: 0 };
    const findings = judge({ domain, certificate }, desired, "update", now);
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
