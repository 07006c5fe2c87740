import { driftRefusal } from "../checks/driftText";
import { judge } from "../checks/judge";
import type { DomainAddress } from "../model/address";
import type { Desired } from "../model/desired";
import { RefusedError } from "../model/errors";
import { type Finding, formatFinding } from "../model/findings";
import type { Lookup, Observations, ObservedDomain } from "../model/observations";
import {
    differences,
    fillUnreported,
    namesIn,
    raisesSecurityPolicy,
    type SettingName,
    type Settings,
    targetSettings,
} from "../model/settings";
import type { Operation, Plan } from "./operation";
import { withoutOthersChanges, withoutUnfitCertificate } from "./putBack";

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
    const findings = judge({ ...observations, certificate }, desiredOf(operation), "update", now);
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
    const refusal =
        operation.leavesDrift && !operation.onlyOver
            ? driftRefusal(address.domain, lastApplied, desired, domain.found)
            : undefined;
    if (refusal) {
        throw new RefusedError(refusal, []);
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

function desiredOf(operation: Operation): Desired {
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
