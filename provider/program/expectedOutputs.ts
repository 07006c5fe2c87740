import { containsUnknown, isUnknown, knownPart } from "../inputs/unknown";
import { addressOf, type DomainAddress, isCustomName } from "../model/address";
import { addressOutputs, domainOutputs, OUTPUT_NAMES, type OutputName } from "../model/domainOutputs";
import { type Observations, type ObservedDomain, ownDomain } from "../model/observations";
import {
    differences,
    namesIn,
    type SettingName,
    type Settings,
    type SettingsArguments,
    settingsOf,
    targetSettings,
} from "../model/settings";

/** What an update that the engine will run will put out: a name that is missing is not known before it. */
export type ExpectedOutputs = ReadonlyMap<OutputName, unknown>;

/** The inputs as the engine has them: after `ignoreChanges` and transforms, with unknown values as Pulumi's text for them. */
export interface RegisteredInputs extends SettingsArguments {
    userPoolId?: string;
    domain?: string;
    region?: string;
    wait?: string;
    preflight?: string;
}

/**
 * The outputs that the update of a preview will have, of these inputs and of what AWS was observed to be. Pure. Unknown
 * stays what depends on something unknown, or on something that could not be observed.
 *
 * @param isNew whether the engine creates the resource: else it may turn out that an unknown input is as it was, and that
 *     there is no update.
 */
export function expectedOutputs(
    inputs: RegisteredInputs,
    observed: Observations | undefined,
    isNew = false,
): ExpectedOutputs {
    const expected = new Map<OutputName, unknown>();
    const { userPoolId, domain, region } = inputs;
    if (!userPoolId || !domain || [userPoolId, domain, region].some(isUnknown)) {
        return expected;
    }
    const address = addressOf({ userPoolId, domain, region });
    const { baseUrl, cloudFrontHostedZoneId } = addressOutputs(address);
    expected.set("baseUrl", baseUrl).set("cloudFrontHostedZoneId", cloudFrontHostedZoneId);
    const { managedLoginVersion: version, wait } = inputs;
    const found = ownDomain(observed, userPoolId);
    if (found) {
        addObserved(expected, inputs, address, found, observed?.certificate);
        if (!isNew && containsUnknown(inputs)) {
            for (const name of outputsOfState(inputs, found, isCustomName(domain))) {
                expected.delete(name);
            }
        }
    } else if (version !== undefined && !isUnknown(version) && wait !== "none") {
        expected.set("managedLoginVersion", version);
    }
    return expected;
}

function addObserved(
    expected: Map<OutputName, unknown>,
    inputs: RegisteredInputs,
    address: DomainAddress,
    found: ObservedDomain,
    certificate: Observations["certificate"],
): void {
    const { settings: before, cloudFrontDistribution } = found;
    const desired = desiredSettings(inputs);
    const target = targetSettings(before, desired);
    const isWritten = isSent(found, desired);
    const isAttached = certificate !== undefined && certificate.arn === target.certificateArn;
    const attached = isAttached && "found" in certificate.look ? certificate.look.found : undefined;
    const outputs = domainOutputs({
        address,
        settings: target,
        // What is sent mends a domain whose last update has failed.
        status: found.status === "FAILED" && !isWritten ? "FAILED" : "ACTIVE",
        cloudFrontDistribution,
        certificate: attached,
    });
    const unknown = unknownOutputs(inputs, before);
    if (target.certificateArn !== undefined && !attached) {
        unknown.add("certificateExpiry");
    }
    // Whether AWS keeps a policy that it does not report, or sets its default, is documented nowhere.
    if (isCustomName(address.domain) && target.securityPolicy === undefined && isWritten) {
        unknown.add("customDomainConfig");
    }
    // Accepted is not in force yet.
    if (inputs.wait === "none" && isWritten) {
        for (const name of ["status", ...differences(before, target).flatMap((it) => OUTPUTS_OF[it])] as const) {
            unknown.add(name);
        }
    }
    for (const name of OUTPUT_NAMES) {
        if (!unknown.has(name)) {
            expected.set(name, (outputs as Partial<Record<OutputName, unknown>>)[name]);
        }
    }
}

/** Whether the update sends the settings: where one changes, or to mend a domain whose last update has failed. */
export function isSent({ status, settings: before }: ObservedDomain, desired: Settings): boolean {
    const isChanged = differences(before, targetSettings(before, desired)).length > 0;
    return isChanged || (status === "FAILED" && namesIn(desired).length > 0);
}

/** The outputs that follow from each setting. */
const OUTPUTS_OF: Record<SettingName, OutputName[]> = {
    managedLoginVersion: ["managedLoginVersion"],
    certificateArn: ["customDomainConfig", "certificateExpiry"],
    securityPolicy: ["customDomainConfig"],
    failover: ["routing"],
};

/** The known part of the settings that the program manages. */
export function desiredSettings(inputs: SettingsArguments): Settings {
    return settingsOf((knownPart(inputs) ?? {}) as SettingsArguments);
}

/**
 * The outputs that would differ without an update, which leaves them as the state has them: those of settings that the
 * program does not manage. `cloudFrontDomain` changes only with the domain itself.
 */
function outputsOfState(inputs: RegisteredInputs, { status }: ObservedDomain, isCustom: boolean): OutputName[] {
    const { managedLoginVersion, customDomainConfig: config, routing } = inputs;
    const isConfigGiven = config?.certificateArn !== undefined && config.securityPolicy !== undefined;
    const unknown: [OutputName, boolean][] = [
        ["managedLoginVersion", managedLoginVersion === undefined],
        ["customDomainConfig", isCustom && !isConfigGiven],
        ["certificateExpiry", isCustom],
        ["routing", routing === undefined],
        ["status", status === "FAILED"],
    ];
    return unknown.flatMap(([name, isUnknown]) => (isUnknown ? [name] : []));
}

/** The outputs that hang on an input that is not known before the update. */
function unknownOutputs(inputs: RegisteredInputs, before: Settings): Set<OutputName> {
    const { managedLoginVersion, customDomainConfig, routing } = inputs;
    const unknown = new Set<OutputName>();
    if (isUnknown(managedLoginVersion)) {
        unknown.add("managedLoginVersion");
        // Version 2 raises TLS_V1.
        if (before.securityPolicy === "TLS_V1") {
            unknown.add("customDomainConfig");
        }
    }
    const config = isUnknown(customDomainConfig) ? undefined : customDomainConfig;
    if (isUnknown(customDomainConfig) || isUnknown(config?.certificateArn)) {
        unknown.add("customDomainConfig").add("certificateExpiry");
    }
    if (isUnknown(config?.securityPolicy)) {
        unknown.add("customDomainConfig");
    }
    const failover = isUnknown(routing) ? undefined : routing?.failover;
    if (isUnknown(routing) || isUnknown(failover) || Object.values(failover ?? {}).some(isUnknown)) {
        unknown.add("routing");
    }
    return unknown;
}
