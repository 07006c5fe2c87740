import { AwsCallError, EngineGoneError, messageOf, type NotConvergedKind } from "../model/errors";
import type { ObservedDomain } from "../model/observed";
import { namesIn, type SettingName, sameSetting } from "../model/settings";
import { SettingsText } from "../model/settingsText";
import type { Plan } from "../plan/plan";

/** One read of the domain: what it showed, or why AWS did not answer. */
export type DescribeResult = { domain: ObservedDomain | undefined } | { error: unknown };

/** The result of the reads so far. */
export interface WaitState {
    /** The last read that was answered. */
    domain?: ObservedDomain;
    /** True if the domain was seen UPDATING. */
    hasMoved: boolean;
    /** Reads in a row that AWS did not answer. */
    unanswered: number;
    /** Reads in a row that showed FAILED: one may be stale. */
    failed: number;
    /** Reads of an ACTIVE domain that did not report what the update changes. */
    unreported: number;
}

/** How the wait ends. */
export type WaitResult =
    | { end: "arrived"; unreported: SettingName[] }
    | { end: "failed"; kind: NotConvergedKind; reason: string; cause?: unknown };

export const NO_READS: WaitState = { hasMoved: false, unanswered: 0, failed: 0, unreported: 0 };

const MOST_UNANSWERED = 10;
const READS_TO_BELIEVE_FAILED = 2;
/** If the domain was FAILED before the update, the status may be the old one for a while. */
const READS_TO_BELIEVE_FAILED_AGAIN = 6;
const READS_TO_BELIEVE_UNREPORTED = 3;

/**
 * The state after one more read. Pure. ACTIVE alone proves nothing: the status may not have moved yet. A value that is
 * neither the old one nor the one sent was set by someone else.
 *
 * @param isLost Whether the request had no answer: then values that AWS does not report prove nothing.
 */
export function nextState(state: WaitState, read: DescribeResult, plan: Plan, isLost: boolean): WaitState | WaitResult {
    if ("error" in read) {
        const unanswered = state.unanswered + 1;
        const mayPass = read.error instanceof AwsCallError && read.error.transient && unanswered < MOST_UNANSWERED;
        return mayPass ? { ...state, unanswered } : unseen(read.error);
    }
    const { domain } = read;
    if (!domain || domain.status === "DELETING") {
        const reason = domain
            ? "the domain has status DELETING"
            : "the user pool no longer has the domain: it was deleted or moved during the update";
        return { end: "failed", kind: "gone", reason };
    }
    const seen = { ...state, domain, unanswered: 0, failed: 0 };
    if (domain.status === "FAILED") {
        const failed = state.failed + 1;
        const isOld = plan.domain?.status === "FAILED" && !state.hasMoved;
        const enough = isOld ? READS_TO_BELIEVE_FAILED_AGAIN : READS_TO_BELIEVE_FAILED;
        return failed < enough ? { ...seen, failed } : { end: "failed", kind: "failed", reason: "FAILED" };
    }
    if (domain.status !== "ACTIVE") {
        return { ...seen, hasMoved: true };
    }
    return ofActive(seen, domain, plan, isLost);
}

function ofActive(seen: WaitState, { settings }: ObservedDomain, plan: Plan, isLost: boolean): WaitState | WaitResult {
    const { before, target, changes } = plan;
    const outstanding = changes.filter(
        (name) => settings[name] !== undefined && !sameSetting(settings[name], target[name]),
    );
    // Another client's request also carries the old values of what has not arrived: then ours has been superseded.
    const foreign = namesIn(settings).filter((name) =>
        [before, target].every((known) => !sameSetting(settings[name], known[name])),
    );
    if (outstanding.length > 0 && foreign.length > 0) {
        const reason = `someone else changed the domain meanwhile: it has ${new SettingsText(plan.secret).all(settings, foreign)}`;
        return { end: "failed", kind: "superseded", reason };
    }
    if (outstanding.length > 0) {
        return seen;
    }
    const unreported = changes.filter((name) => settings[name] === undefined);
    if (unreported.length === 0) {
        return { end: "arrived", unreported };
    }
    const reads = seen.unreported + 1;
    const proves =
        reads >= READS_TO_BELIEVE_UNREPORTED && (!isLost || seen.hasMoved || unreported.length < changes.length);
    return proves ? { end: "arrived", unreported } : { ...seen, unreported: reads };
}

/** The end of an update that can no longer be followed. */
export function unseen(cause: unknown): WaitResult {
    const kind = cause instanceof EngineGoneError ? "engineGone" : "unseen";
    return { end: "failed", kind, reason: `its end could not be seen: ${messageOf(cause)}`, cause };
}
