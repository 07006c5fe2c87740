import { type FixSource, findingsOf, type Phase } from "../checks/checks";
import { type Changed, settingsChanged } from "../inputs/changed";
import type { Request } from "../inputs/request";
import { type Finding, isFailing } from "../model/findings";
import { domainOfPool, foundIn, type Observed, type ObservedCertificate, type ObservedDomain } from "../model/observed";
import type { OutputName } from "../model/outputs";
import type { ManagementRecord } from "../model/record";
import { namesIn, pick, type SettingName, type Settings } from "../model/settings";
import { type Action, type Decision, decide } from "./decide";
import { driftFindings } from "./driftFindings";
import { plannedOutputs } from "./plannedOutputs";

export type { FixSource, Phase } from "../checks/checks";
export type { Action } from "./decide";

/** Everything that decides about one resource. */
export interface PlanInput {
    request: Request;
    /** What the program changed since the last time. */
    changed: Changed;
    observed: Observed;
    /** Missing in the preview of an update, which does not see it. */
    record?: ManagementRecord;
    action: Action;
    phase: Phase;
    now: Date;
    /** What this program may fix before the update; nothing in an update. */
    fixable?: ReadonlySet<FixSource>;
    /** Whether warnings fail the preview too. */
    strict?: boolean;
    /** Findings that are not about this domain alone. */
    otherFindings?: readonly Finding[];
}

/** What an update does to a domain, and what there is to say about it. */
export interface Plan extends Decision {
    action: Action;
    /** The domain, if AWS has it and it belongs to the pool. */
    domain?: ObservedDomain;
    /** What the program asks for, without what is ignored or not known yet. */
    desired: Settings;
    /** Why settings are sent that the program did not change. */
    reason?: "correct" | "open";
    /** The settings that are sent as AWS has them. */
    kept: Settings;
    /** Named by the program last time and no longer: they stay as they are. */
    dropped: SettingName[];
    /** Named by the program, not known yet. */
    unknown: SettingName[];
    findings: Finding[];
    /** Whether the findings refuse the preview, or the update. */
    refused: boolean;
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
    const findings = [
        ...(input.otherFindings ?? []),
        ...findingsOf(observed, { request, phase, willUpdate, changes, target, isSent, fixable, now }),
        ...driftFindings(input, decision),
    ].sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
    const isRefusal = (finding: Finding) =>
        phase === "update" ? finding.severity === "error" : isFailing(finding, strict, request.preflight);
    const kept = namesIn(target).filter((name) => !changes.includes(name) && !drift.includes(name));
    const certificate = observed.certificate;
    return {
        ...decision,
        action,
        domain,
        desired: request.desired,
        reason: reasonOf(input, decision),
        kept: domain
            ? pick(
                  before,
                  kept.filter((name) => !request.unknown.includes(name)),
              )
            : {},
        dropped: action === "update" ? droppedBy(changed, request) : [],
        unknown: request.unknown,
        findings,
        refused: findings.some(isRefusal),
        certificate: certificate?.arn === target.certificateArn ? foundIn(certificate?.answer) : undefined,
        outputs: plannedOutputs(input, decision, domain),
    };
}

function droppedBy(changed: Changed, { desired, unknown }: Request): SettingName[] {
    return settingsChanged(changed).filter((name) => desired[name] === undefined && !unknown.includes(name));
}

function reasonOf({ request, changed, record, action }: PlanInput, { changes }: Decision): Plan["reason"] {
    // A TLS policy that the program does not name goes with the version.
    const isUnasked = changes.some((name) => !(name in changed) && request.desired[name] !== undefined);
    if (action !== "update" || !isUnasked) {
        return undefined;
    }
    return record?.open ? "open" : request.onDrift === "correct" ? "correct" : undefined;
}
