import { baseUrl, CLOUDFRONT_HOSTED_ZONE_ID, type DomainAddress, isCustomName } from "./address";
import { defined } from "./objects";
import type { ObservedCertificate } from "./observed";
import { argumentsOf, type Settings, type SettingsArguments } from "./settings";

/** The facts that the outputs are made from. */
export interface DomainState {
    address: DomainAddress;
    settings: Settings;
    status: string;
    cloudFrontDistribution?: string;
    certificate?: ObservedCertificate;
}

/** The outputs that describe the domain: what the update returns, and what a preview expects. */
export interface DomainOutputs extends SettingsArguments {
    /** CREATING, UPDATING, ACTIVE, DELETING or FAILED; UNKNOWN if the outcome of an update could not be read. */
    status: string;
    baseUrl: string;
    cloudFrontDomain?: string;
    cloudFrontHostedZoneId?: string;
    /** RFC 3339. */
    certificateExpiry?: string;
}

export const OUTPUT_NAMES = [
    "managedLoginVersion",
    "customDomainConfig",
    "routing",
    "status",
    "baseUrl",
    "cloudFrontDomain",
    "cloudFrontHostedZoneId",
    "certificateExpiry",
] as const satisfies readonly (keyof DomainOutputs)[];

export type OutputName = (typeof OUTPUT_NAMES)[number];

/** The outputs of a domain in this state, without those that have no value. */
export function domainOutputs(state: DomainState): DomainOutputs {
    const { address, settings, status, certificate } = state;
    const isCustom = isCustomName(address.domain);
    return defined({
        ...argumentsOf(settings),
        status,
        baseUrl: baseUrl(address),
        cloudFrontHostedZoneId: isCustom ? CLOUDFRONT_HOSTED_ZONE_ID : undefined,
        // A prefix domain's distribution is shared, and must not be used as an alias target.
        cloudFrontDomain: isCustom ? state.cloudFrontDistribution : undefined,
        certificateExpiry: certificate?.notAfter?.toISOString(),
    });
}
