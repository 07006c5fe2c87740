import { judge } from "../checks/judge";
import type { DomainAddress } from "../model/address";
import type { Desired } from "../model/desired";
import { rescueText } from "../model/driftText";
import { RefusedError } from "../model/errors";
import { type Finding, formatFinding } from "../model/findings";
import type { Lookup, Observations, ObservedDomain } from "../model/observations";
import {
    ARGUMENT_PATH,
    differences,
    fillUnreported,
    namesIn,
    pick,
    raisesSecurityPolicy,
    type SettingName,
    type Settings,
    sameSetting,
    targetSettings,
} from "../model/settings";
import { describeSetting, describeSettings } from "../model/settingsText";
import type { Operation, Plan } from "./operation";

/** What may be written, and what there is to say about it. */
export interface GateResult {
    plan: Plan;
    warnings: string[];
}

/**
 * Judges what was observed a moment ago, and merges the desired settings with it. Pure.
 * @throws RefusedError with everything that is wrong.
 */
export function gate(
    requested: Operation,
    observations: Observations & { domain: Lookup<ObservedDomain> },
    now: Date,
): GateResult {
    const { domain } = observations;
    const { operation, notes } = withoutOthersChanges(requested, domain);
    const { address, desired, lastApplied } = operation;
    // Of a certificate that is no longer to be attached, nothing matters.
    const certificate = desired.certificateArn === observations.certificate?.arn ? observations.certificate : undefined;
    const findings = judge({ ...observations, certificate }, questionOf(operation), "update", now);
    const errors = findings.filter(({ severity }) => severity === "error");
    const rest = operation.onlyOver && withoutUnfitCertificate(desired, errors);
    if (rest) {
        const { plan, warnings } = gate({ ...operation, desired: rest }, observations, now);
        const unfit = errors.map((finding) => `${address.domain}: not put back: ${formatFinding(finding)}`);
        return { plan, warnings: [...notes.map((text) => `${address.domain}: ${text}`), ...unfit, ...warnings] };
    }
    if (errors.length > 0 || !("found" in domain)) {
        throw new RefusedError(refusalText(address, errors), errors);
    }
    const rescue =
        operation.leavesDrift && !operation.onlyOver
            ? rescueText(address.domain, lastApplied, desired, domain.found)
            : undefined;
    if (rescue) {
        throw new RefusedError(rescue, []);
    }
    const original = fillUnreported(domain.found.settings, lastApplied);
    const target = targetSettings(original, desired);
    const raised = raisesSecurityPolicy(original, desired)
        ? [`the TLS policy goes from TLS_V1 to ${target.securityPolicy} as well: managed login needs it`]
        : [];
    const found = certificate && "found" in certificate.look ? certificate.look.found : undefined;
    return {
        plan: {
            domain: domain.found,
            original,
            target,
            own: ownSettings(desired, original, target),
            certificate: found,
        },
        warnings: [...notes, ...findings.map(formatFinding), ...raised].map((text) => `${address.domain}: ${text}`),
    };
}

/** What is asked for, and what goes with it: a TLS policy that is raised for managed login. */
function ownSettings(desired: Settings, original: Settings, target: Settings): SettingName[] {
    return [...new Set([...namesIn(desired), ...differences(original, target)])];
}

/** A failed domain is sent its settings again: nothing else gets it out of that state. */
export function needsUpdate({ desired }: Operation, { domain, original, target }: Plan): boolean {
    return differences(original, target).length > 0 || (domain.status === "FAILED" && namesIn(desired).length > 0);
}

/** The operation without the settings that somebody else has changed since, or that no longer fit what they changed. */
function withoutOthersChanges(
    operation: Operation,
    domain: Lookup<ObservedDomain>,
): { operation: Operation; notes: string[] } {
    const { desired, onlyOver, lastApplied } = operation;
    if (!onlyOver || !("found" in domain)) {
        return { operation, notes: [] };
    }
    const observed = fillUnreported(domain.found.settings, lastApplied);
    const isOwn = (name: SettingName) => onlyOver.some((own) => sameSetting(observed[name], own[name]));
    const changed = differences(observed, desired).filter((name) => !isOwn(name));
    const rest = pick(
        desired,
        namesIn(desired).filter((name) => !changed.includes(name)),
    );
    const notes =
        changed.length > 0
            ? [`somebody else has changed it since: ${describeSettings(pick(observed, changed))} is left as it is`]
            : [];
    const { fit, unfit } = withoutUnfitPolicy(rest, observed);
    return { operation: { ...operation, desired: fit }, notes: [...notes, ...unfit] };
}

/** Settings to put back, without those that managed login and TLS_V1 keep out: AWS takes only one of the two. */
function withoutUnfitPolicy(original: Settings, observed: Settings): { fit: Settings; unfit: string[] } {
    const { managedLoginVersion, securityPolicy } = { ...observed, ...original };
    if (managedLoginVersion !== 2 || securityPolicy !== "TLS_V1") {
        return { fit: original, unfit: [] };
    }
    // Where the old version would come back to a TLS_V1 that somebody else has chosen, theirs stays.
    const name = original.securityPolicy === undefined ? "managedLoginVersion" : "securityPolicy";
    const { [name]: _, ...fit } = original;
    return {
        fit,
        unfit: [`${describeSetting(name, original)} is not put back: managed login (2) does not work with TLS_V1`],
    };
}

/** What is left to put back where only the certificate would be refused; undefined where that is nothing, or not all that is wrong. */
function withoutUnfitCertificate({ certificateArn, ...rest }: Settings, errors: Finding[]): Settings | undefined {
    const isUnfit = ({ property, ground }: Finding) => property === ARGUMENT_PATH.certificateArn && ground !== "unseen";
    return certificateArn !== undefined && errors.length > 0 && errors.every(isUnfit) && namesIn(rest).length > 0
        ? rest
        : undefined;
}

function questionOf(operation: Operation): Desired {
    const { address, desired, minimumCertificateValidityDays, verifyClientId: clientId } = operation;
    const { allowedAccountIds, forbiddenAccountIds } = operation;
    const accounts = { allowedAccountIds, forbiddenAccountIds };
    return {
        domain: address.domain,
        address,
        settings: desired,
        minimumCertificateValidityDays,
        clientId,
        ...accounts,
    };
}

function refusalText({ domain }: DomainAddress, errors: Finding[]): string {
    const lines = errors.map((finding) => `  - ${formatFinding(finding)}`);
    return [`${domain}: the update was refused before anything was written.`, ...lines].join("\n");
}
