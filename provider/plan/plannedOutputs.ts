import { isCustomName } from "../model/address";
import { isUnderWay, type ObservedCertificate, type ObservedDomain } from "../model/observed";
import { addressOutputs, domainOutputs, OUTPUT_NAMES, type OutputName } from "../model/outputs";
import { pick, SETTING_NAMES, type SettingName } from "../model/settings";
import type { Decision, PlanInput } from "./decide";

/** The outputs that follow from each setting. */
const OUTPUTS_OF: Record<SettingName, OutputName[]> = {
    managedLoginVersion: ["managedLoginVersion"],
    certificateArn: ["customDomainConfig", "certificateExpiry"],
    securityPolicy: ["customDomainConfig"],
    failover: ["routing"],
};

/**
 * The outputs after the update, as far as they are known: what depends on an unknown input, or on what AWS could not tell, is
 * missing. Pure. A setting that is left as drift keeps the program's value, as it would without an update.
 */
export function plannedOutputs(
    { request, changed, action }: PlanInput,
    { before, target, changes, isSent, drift }: Decision,
    domain: ObservedDomain | undefined,
    certificate: ObservedCertificate | undefined,
): ReadonlyMap<OutputName, unknown> {
    const { address, desired, unknown, wait } = request;
    if (!address) {
        return new Map();
    }
    const isCustom = isCustomName(address.domain);
    if (!domain) {
        const version = wait === "none" ? undefined : desired.managedLoginVersion;
        const known = {
            ...addressOutputs(address),
            ...(version === undefined ? {} : { managedLoginVersion: version }),
        };
        return new Map(Object.entries(known) as [OutputName, unknown][]);
    }
    const values: Partial<Record<OutputName, unknown>> = domainOutputs({
        address,
        settings: { ...target, ...pick(desired, drift) },
        // A request repairs a domain whose last update failed.
        status: domain.status === "FAILED" && !isSent ? "FAILED" : "ACTIVE",
        cloudFrontDistribution: domain.cloudFrontDistribution,
        certificate,
    });
    const later = new Set<OutputName>(unknown.flatMap((name) => OUTPUTS_OF[name]));
    if (isUnderWay(domain.status)) {
        // Until it ends, AWS may show old or new values.
        for (const output of SETTING_NAMES.flatMap((it) => (desired[it] === undefined ? OUTPUTS_OF[it] : []))) {
            later.add(output);
        }
    }
    if (unknown.includes("managedLoginVersion") && before.securityPolicy === "TLS_V1") {
        // Version 2 raises it.
        later.add("customDomainConfig");
    }
    if (isCustom && !certificate) {
        later.add("certificateExpiry");
    }
    if (isCustom && target.securityPolicy === undefined && isSent) {
        // AWS does not document whether it keeps a policy that it does not report.
        later.add("customDomainConfig");
    }
    const isAccepted = wait === "none" && isSent;
    const mayNotUpdate = action === "update" && hasUnknown(changed, unknown);
    for (const name of [
        ...(isAccepted ? (["status", ...changes.flatMap((it) => OUTPUTS_OF[it])] as const) : []),
        // If an unknown value turns out to be the old one, there is no update, and the state keeps what it has.
        ...(mayNotUpdate ? outputsOfState(desired, domain.status, isCustom) : []),
    ]) {
        later.add(name);
    }
    return new Map(OUTPUT_NAMES.filter((name) => !later.has(name)).map((name) => [name, values[name]]));
}

function hasUnknown(changed: PlanInput["changed"], unknown: readonly SettingName[]): boolean {
    return unknown.length > 0 || changed.hasUnknown !== undefined;
}

function outputsOfState(desired: PlanInput["request"]["desired"], status: string, isCustom: boolean): OutputName[] {
    const isConfigGiven = desired.certificateArn !== undefined && desired.securityPolicy !== undefined;
    const uncertain: [OutputName, boolean][] = [
        ["managedLoginVersion", desired.managedLoginVersion === undefined],
        ["customDomainConfig", isCustom && !isConfigGiven],
        ["certificateExpiry", isCustom],
        ["routing", desired.failover === undefined],
        ["status", status === "FAILED"],
    ];
    return uncertain.flatMap(([name, isUncertain]) => (isUncertain ? [name] : []));
}
