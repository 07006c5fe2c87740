import type { CheckInput, Note } from "../checks/note";
import { type Changed, oldValue } from "../inputs/changed";
import type { Request } from "../inputs/request";
import { isUnderWay, type Observed, type ObservedDomain } from "../model/observed";
import type { ManagementRecord } from "../model/record";
import {
    completed,
    differences,
    isTooLow,
    namesIn,
    pick,
    type SettingName,
    type Settings,
    sameSetting,
} from "../model/settings";

/** The action of the engine on the resource. */
export type Action = "none" | "adopt" | "update" | "replace";

/** Everything that decides what is sent. */
export interface DecisionInput {
    request: Request;
    /** The program's changes since the last time. */
    changed: Changed;
    /** Missing in the preview of an update, which does not see it. */
    record?: ManagementRecord;
    /** Instead of the record: the preview infers that the last update did not complete. */
    isOpen?: boolean;
    action: Action;
    /** For a rollback or a restore: what the program had asked for. Only what still has one of these values is reverted. */
    ours?: readonly Settings[];
}

/** Everything that decides about one resource. */
export interface PlanInput extends DecisionInput, CheckInput {
    observed: Observed;
    /** True if warnings fail the preview too. */
    strict?: boolean;
    /** Notes on more than this domain: the stack's config, other resources. */
    otherNotes?: readonly Note[];
}

/** The settings that are sent, and those that are left. */
export interface Decision {
    /** AWS's settings; a managed one that it does not report is the one sent last. */
    before: Settings;
    /** The complete settings to send. */
    target: Settings;
    /** The settings that the request changes. */
    changes: SettingName[];
    /** Why settings are sent that the program did not change. */
    reason?: string;
    /** True if there is a request: a domain whose last update failed is sent its settings again. */
    isSent: boolean;
    /** Changed outside Pulumi, not sent. */
    drift: SettingName[];
    /** Changed outside Pulumi, and overwritten. */
    overwrites: SettingName[];
}

/**
 * Decides what an update sends. Pure. A setting is sent if the program changed it, or names it for the first time; one that
 * differs without that was changed outside Pulumi, and stays, except with `onDrift: "correct"` or if the last update did not
 * complete. Settings that the program does not name keep their value.
 *
 * @param domain The domain, if AWS has it. Without it, everything that the program changed is taken to change.
 */
export function decide(input: DecisionInput, domain: ObservedDomain | undefined): Decision {
    const { request, changed, action } = input;
    if (!domain) {
        const { desired, address } = request;
        // A resource whose address is not known yet may turn out to stay at the domain that it has, with the same values.
        const isSame = (name: SettingName) => action === "none" || (!address && changed.same?.includes(name));
        const changes = namesIn(desired).filter((name) => name in changed && !isSame(name));
        return { before: {}, target: desired, changes, isSent: false, drift: [], overwrites: [] };
    }
    const before = completed(domain.settings, lastPolicy(input));
    const desired = input.ours ? revert(request.desired, input.ours, before) : request.desired;
    const differing = differences(before, desired);
    const reason = reasonToSendAll(input, domain);
    const sendsAll = action !== "update" || reason !== undefined;
    const sent = action === "none" ? [] : differing.filter((name) => sendsAll || name in changed);
    const target = targetOf(before, desired, sent);
    const changes = differences(before, target);
    // A TLS policy that the program does not name is sent with the version.
    const unchanged = changes.filter((name) => !(name in changed) && request.desired[name] !== undefined);
    const overwritten = changes.filter((name) => {
        const from = oldValue(name, changed);
        return from !== undefined && !sameSetting(before[name], from as Settings[SettingName]);
    });
    const isRepair = action !== "none" && domain.status === "FAILED" && namesIn(desired).length > 0;
    const isSettled = !isUnderWay(domain.status);
    return {
        before,
        target,
        changes,
        reason: unchanged.length > 0 ? reason : undefined,
        isSent: changes.length > 0 || isRepair,
        drift: isSettled ? differing.filter((name) => !changes.includes(name)) : [],
        overwrites: isSettled ? [...overwritten, ...(action === "update" && !resumes(input) ? unchanged : [])] : [],
    };
}

/** The complete settings to send. Managed login raises TLS_V1, which AWS refuses with it: to the program's policy, or the lowest allowed. */
function targetOf(before: Settings, desired: Settings, sent: SettingName[]): Settings {
    const target = { ...before, ...pick(desired, sent) };
    const isRaised = sent.length > 0 && !sent.includes("securityPolicy") && isTooLow(target);
    return isRaised ? { ...target, securityPolicy: desired.securityPolicy ?? "TLS_V1_2_2021" } : target;
}

/** True if the last update did not complete, so that this one sends all that the program names. */
export function resumes({ record, isOpen }: DecisionInput): boolean {
    return Boolean(record?.open ?? isOpen);
}

/** True if only the update can tell whether the last one completed: a preview does not see the record. */
export const mayResume = (it: PlanInput) => it.phase === "preview" && it.action === "update" && !resumes(it);

const CORRECTION = { warn: undefined, correct: 'onDrift: "correct"', unknown: 'if onDrift turns out to be "correct"' };

/** Why an update sends what the program did not change as well. */
function reasonToSendAll(input: DecisionInput, { status }: ObservedDomain): string | undefined {
    if (input.action === "update" && resumes(input)) {
        const reason = "the last update did not complete";
        // A preview only infers this: the update that failed may also be someone else's.
        return input.isOpen && status === "FAILED" ? `if ${reason}; the domain is FAILED` : reason;
    }
    return input.action === "update" ? CORRECTION[input.request.onDrift] : undefined;
}

/** The TLS policy that a domain has if AWS reports none: the one that was sent last. */
function lastPolicy(input: DecisionInput): Settings {
    const { request, changed, record } = input;
    if (resumes(input) && request.desired.securityPolicy !== undefined) {
        // It may not have arrived. The one before may be known; otherwise, too, the program's is sent again.
        return record?.earlier ?? {};
    }
    if (record) {
        return record.desired;
    }
    // A preview does not see the record: the one that the program named last.
    const from = changed.securityPolicy ? oldValue("securityPolicy", changed) : request.desired.securityPolicy;
    return typeof from === "string" ? { securityPolicy: from } : {};
}

/**
 * The settings that a rollback or a restore asks for. Pure: `to`, limited to the settings that still have a value in `ours`. Each
 * setting counts by itself: what someone else changed stays, while the others are reverted. If managed login would be combined with
 * TLS_V1, the policy is not reverted, or, if AWS has TLS_V1 already, the version: no TLS policy is raised.
 *
 * @param observed What AWS has; a setting that it does not report counts as ours.
 */
export function revert(to: Settings, ours: readonly Settings[], observed: Settings): Settings {
    const isOurs = (name: SettingName) =>
        [{}, to, ...ours].some((settings) => sameSetting(observed[name], settings[name]));
    const reverted = pick(to, namesIn(to).filter(isOurs));
    if (!isTooLow({ ...observed, ...reverted })) {
        return reverted;
    }
    const { [observed.securityPolicy === "TLS_V1" ? "managedLoginVersion" : "securityPolicy"]: _, ...rest } = reverted;
    return rest;
}
