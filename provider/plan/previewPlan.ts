import { isCustomName } from "../model/address";
import { isUnderWay } from "../model/observed";
import { domainOutputs, OUTPUT_NAMES, type OutputName } from "../model/outputs";
import { namesIn, pick, SETTING_NAMES, type SettingName, type Settings } from "../model/settings";
import { mayResume } from "./decide";
import { makePlan, type Plan, type PlanInput } from "./plan";

/** The plan as a preview shows it. */
export interface PreviewPlan extends Plan {
    /** The settings that keep AWS's value, apart from drift. */
    kept: Settings;
    /** Named by the program last time and no longer: they stay as they are. */
    dropped: SettingName[];
    /** The outputs after the update; a name that is missing is not known before it. */
    outputs: ReadonlyMap<OutputName, unknown>;
}

/** The plan, with what only a preview shows. Pure. */
export function makePreviewPlan(input: PlanInput): PreviewPlan {
    const plan = makePlan(input);
    const { domain, before, changes, drift, desired, unknown } = plan;
    const kept = namesIn(before).filter((name) => ![...changes, ...drift, ...unknown].includes(name));
    // An update waits for one that is under way, and decides then.
    const isLater = isUnderWay(domain?.status);
    const undecided = isLater && input.action !== "none" ? namesIn(desired) : [];
    const resumed = changes.length === 0 && mayResume(input) ? drift : [];
    return {
        ...plan,
        unknown: [...unknown, ...undecided.filter((name) => !changes.includes(name)), ...resumed],
        kept: domain && !isLater ? pick(before, kept) : {},
        dropped: SETTING_NAMES.filter((name) => name in input.changed && !desired[name] && !unknown.includes(name)),
        outputs: plannedOutputs(input, plan),
    };
}

/**
 * The outputs after the update, as far as they are known: those that depend on an unknown input, or on a value that AWS did not
 * report, are missing. Pure. A setting that is left as drift keeps the program's value, as it would without an update.
 */
function plannedOutputs(
    { request, changed, action }: PlanInput,
    { domain, certificate, before, target, changes, drift, isSent }: Plan,
): ReadonlyMap<OutputName, unknown> {
    const { address, desired, ignored, unknown, wait } = request;
    if (!address) {
        return new Map();
    }
    const values: Partial<Record<OutputName, unknown>> = domainOutputs({
        address,
        settings: { ...target, ...desired },
        // A request repairs a domain whose last update failed.
        status: !domain || isSent || isUnderWay(domain.status) ? "ACTIVE" : domain.status,
        cloudFrontDistribution: domain?.cloudFrontDistribution,
        certificate,
    });
    const known = (names: readonly OutputName[]) => new Map(names.map((name) => [name, values[name]]));
    if (!domain) {
        const told: OutputName[] = ["baseUrl", "cloudFrontHostedZoneId"];
        const isVersionKnown = wait !== "none" && desired.managedLoginVersion !== undefined;
        return known(isVersionKnown ? [...told, "managedLoginVersion"] : told);
    }
    const isCustom = isCustomName(address.domain);
    const isAccepted = wait === "none" && isSent;
    // If an unknown value turns out to be the old one, there is no update, and the state keeps what it has.
    const mayNotUpdate = action === "update" && (unknown.length > 0 || changed.hasUnknown !== undefined);
    const isLater = (name: SettingName) =>
        unknown.includes(name) ||
        (desired[name] === undefined && (mayNotUpdate || isUnderWay(domain.status))) ||
        (isAccepted && changes.includes(name));
    // What is left as drift is sent if the last update did not complete, which a preview does not see.
    const mayBeSent = [...unknown, ...drift].includes("managedLoginVersion");
    const mayBeRaised = mayBeSent && before.securityPolicy === "TLS_V1" && desired.securityPolicy === undefined;
    // AWS does not document whether it keeps a policy that it does not report, and a preview does not see an ignored one.
    const mayBeReset = (isSent || ignored.includes("securityPolicy")) && target.securityPolicy === undefined;
    const later: Partial<Record<OutputName, boolean>> = {
        managedLoginVersion: isLater("managedLoginVersion"),
        customDomainConfig:
            isCustom && (isLater("certificateArn") || isLater("securityPolicy") || mayBeRaised || mayBeReset),
        certificateExpiry: isCustom && (isLater("certificateArn") || mayNotUpdate || !certificate),
        routing: isLater("failover"),
        status: isAccepted || (mayNotUpdate && domain.status === "FAILED"),
    };
    return known(OUTPUT_NAMES.filter((name) => !later[name]));
}
