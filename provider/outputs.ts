import { ownArguments } from "./arguments";
import { baseUrl, cloudFrontHostedZoneId, type DomainAddress, isCustomName } from "./domain";
import { SECRET, secretsIn } from "./masked";
import type { ObservedCertificate } from "./observation";
import {
    argumentsOf,
    defined,
    namesIn,
    pick,
    type SettingName,
    type Settings,
    type SettingsArguments,
    settingsOf,
} from "./settings";

/** The resource's outputs, and so what its state holds. */
export interface Outputs extends SettingsArguments {
    /** CREATING, UPDATING, ACTIVE, DELETING or FAILED; UNKNOWN where an update's end could not be seen. */
    status: string;
    baseUrl: string;
    cloudFrontDomain?: string;
    cloudFrontHostedZoneId?: string;
    /** RFC 3339. */
    certificateExpiry?: string;
    [ADOPTED]?: Adopted;
    /** For delete and refresh, which see outputs only. */
    [SECRET]?: string[];
}

/** Which settings the program manages, and what each was when it began to: the restore point. */
export interface Adopted {
    managed: SettingName[];
    found: Settings;
}

/** Two underscores keep it out of Pulumi's display. */
const ADOPTED = "__adopted";

/** What there is to say about a domain. */
export interface Known {
    address: DomainAddress;
    settings: Settings;
    status: string;
    cloudFrontDistribution?: string;
    certificate?: ObservedCertificate;
}

/** The outputs: the program's own arguments (read and delete see nothing else of them), the settings in force, and facts. */
export function outputsOf(args: Record<string, unknown>, known: Known, adopted: Adopted): Outputs {
    const { address, settings, certificate } = known;
    const custom = isCustomName(address.domain);
    return defined({
        ...ownArguments(args),
        ...argumentsOf(settings),
        status: known.status,
        baseUrl: baseUrl(address),
        // Of a prefix domain, Describe names a distribution that is no alias target.
        cloudFrontDomain: custom ? known.cloudFrontDistribution : undefined,
        cloudFrontHostedZoneId: custom ? cloudFrontHostedZoneId(address.region) : undefined,
        certificateExpiry: certificate?.notAfter?.toISOString(),
        [ADOPTED]: adopted,
        ...secretsOf(args),
    });
}

function secretsOf(props: object): Pick<Outputs, typeof SECRET> {
    const paths = secretsIn({ ...props });
    return paths.length > 0 ? { [SECRET]: paths } : {};
}

/** The inputs that fit the outputs: the program's own arguments, and of the settings only those that it manages. */
export function inputsOf(outputs: Outputs): Record<string, unknown> {
    const { managed } = adoptedIn(outputs);
    return {
        ...ownArguments({ ...outputs }),
        ...argumentsOf(pick(settingsOf(outputs), managed)),
        ...secretsOf(outputs),
    };
}

/** The record of adoption in some outputs; empty where there is none, as after a `get`. */
export function adoptedIn(outputs: object): Adopted {
    const { managed, found } = ((outputs as Outputs)[ADOPTED] ?? {}) as Partial<Adopted>;
    return { managed: Array.isArray(managed) ? managed : [], found: found ?? {} };
}

/** The record after an operation: what was managed before keeps its restore point, what is new gets one. */
export function adopt(earlier: Adopted, wanted: Settings, before: Settings): Adopted {
    const managed = namesIn(wanted);
    const kept = managed.filter((name) => earlier.managed.includes(name));
    const fresh = managed.filter((name) => !earlier.managed.includes(name));
    return { managed, found: { ...pick(earlier.found, kept), ...pick(before, fresh) } };
}
