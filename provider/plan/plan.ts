import { checkNotes, findingsOf } from "../checks/checks";
import { type Changed, settingsChanged } from "../inputs/changed";
import type { Request } from "../inputs/request";
import { type Finding, isFailing } from "../model/findings";
import type { FixSource } from "../model/findingTable";
import {
    domainOfPool,
    foundIn,
    isUnderWay,
    type Observed,
    type ObservedCertificate,
    type ObservedDomain,
} from "../model/observed";
import type { OutputName } from "../model/outputs";
import { namesIn, pick, type SettingName, type Settings } from "../model/settings";
import { type Action, type Decision, decide, type PlanInput, resumes } from "./decide";
import { driftNotes } from "./driftNotes";
import { plannedOutputs } from "./plannedOutputs";

export type { Action, PlanInput } from "./decide";

/** The effect of an update on a domain, with everything to report about it. */
export interface Plan extends Decision {
    action: Action;
    /** The domain, if AWS has it and it belongs to the pool. */
    domain?: ObservedDomain;
    /** The program's settings, except ignored ones and those not known yet. */
    desired: Settings;
    /** Why settings are sent that the program did not change. */
    reason?: "correct" | "open";
    /** The settings that are sent as AWS has them. */
    kept: Settings;
    /** Named by the program last time and no longer: they stay as they are. */
    dropped: SettingName[];
    /** Named by the program, not known yet. */
    unknown: SettingName[];
    /** The settings that are secret. */
    secret: readonly SettingName[];
    findings: Finding[];
    /** True if the findings refuse the preview, or the update. */
    refused: boolean;
    /** True if strict alone refuses the preview. */
    isRefusedByStrict: boolean;
    /** The certificate that the domain will have, if ACM told. */
    certificate?: ObservedCertificate;
    /** The outputs after the update; a name that is missing is not known before it. */
    outputs: ReadonlyMap<OutputName, unknown>;
}

/**
 * Plans one resource: the preview, the update, drift, the report and the outputs all come from here. Pure: no I/O, no clock.
 */
export function makePlan(input: PlanInput): Plan {
    const { request, changed, observed, action, phase, now, fixable = new Set<FixSource>(), strict = false } = input;
    const domain = request.address && domainOfPool(observed, request.address.userPoolId);
    const decision = decide(input, domain);
    const { changes, target, isSent, drift, before } = decision;
    const willUpdate = action !== "none";
    const context = { request, phase, willUpdate, changes, target, isSent, fixable, now };
    const notes = [...(input.otherNotes ?? []), ...checkNotes(observed, context), ...driftNotes(input, decision)];
    const findings = findingsOf(notes, context);
    const isRefusedIf = (isStrict: boolean) =>
        findings.some((finding) =>
            phase === "update" ? finding.severity === "error" : isFailing(finding, isStrict, request.preflight),
        );
    const refused = isRefusedIf(strict);
    const kept = namesIn(target).filter((name) => !changes.includes(name) && !drift.includes(name));
    const certificate = certificateFor(target, observed);
    return {
        ...decision,
        action,
        domain,
        desired: request.desired,
        reason: reasonOf(input, decision),
        kept:
            domain && !isUnderWay(domain.status)
                ? pick(
                      before,
                      kept.filter((name) => !request.unknown.includes(name)),
                  )
                : {},
        dropped: action === "update" ? droppedBy(changed, request) : [],
        unknown: request.unknown,
        secret: request.secret,
        findings,
        refused,
        isRefusedByStrict: refused && !isRefusedIf(false),
        certificate,
        outputs: plannedOutputs(input, decision, domain, certificate),
    };
}

function certificateFor({ certificateArn }: Settings, { certificate }: Observed): ObservedCertificate | undefined {
    return certificate?.arn === certificateArn ? foundIn(certificate?.answer) : undefined;
}

function droppedBy(changed: Changed, { desired, unknown }: Request): SettingName[] {
    return settingsChanged(changed).filter((name) => desired[name] === undefined && !unknown.includes(name));
}

function reasonOf(input: PlanInput, { changes }: Decision): Plan["reason"] {
    const { request, changed, action } = input;
    // A TLS policy that the program does not name goes with the version.
    const isUnasked = changes.some((name) => !(name in changed) && request.desired[name] !== undefined);
    if (action !== "update" || !isUnasked) {
        return undefined;
    }
    return resumes(input) ? "open" : request.onDrift === "correct" ? "correct" : undefined;
}
