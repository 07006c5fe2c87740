import { AwsCallError, EngineGoneError, messageOf, type NotConvergedKind } from "../model/errors";
import type { ObservedDomain } from "../model/observations";
import { differences, namesIn, pick, type SettingName, type Settings, sameSetting } from "../model/settings";
import { describeSettings } from "../model/settingsText";
import type { Sent } from "./attempts";
import type { Operation, Plan } from "./operation";

/** What one look at a domain says about an update on its way. */
export type Progress =
    /** At rest with every desired value; `unreported` are those that Describe does not report at all. */
    | { state: "converged"; unreported: SettingName[] }
    | { state: "underway" }
    | { state: "failed"; kind: "failed" | "superseded" | "gone"; reason: string };

/**
 * Has the domain arrived at the target? Pure.
 *
 * ACTIVE alone proves nothing: the status may not have moved yet. A value that is neither the old nor the desired one,
 * on a domain at rest, was put there by somebody else. That is no failure where it is none of the update's own.
 */
export function progressOf(
    domain: ObservedDomain | undefined,
    { original, target, own }: Pick<Plan, "original" | "target" | "own">,
): Progress {
    if (!domain) {
        const reason =
            "the user pool no longer has the domain: somebody deleted or moved it during the update, or these credentials have become another account's";
        return { state: "failed", kind: "gone", reason };
    }
    const { status, settings } = domain;
    if (status === "FAILED" || status === "DELETING") {
        const reason = `the domain has status ${status}, with ${describeSettings(settings)}`;
        return { state: "failed", kind: status === "FAILED" ? "failed" : "gone", reason };
    }
    if (status !== "ACTIVE") {
        return { state: "underway" };
    }
    const different = differences(settings, pick(target, namesIn(settings)));
    const outstanding = different.filter((name) => own.includes(name));
    const others = different.filter((name) => !sameSetting(settings[name], original[name]));
    if (outstanding.length > 0 && others.length > 0) {
        const reason = `somebody else changed the domain meanwhile: it has ${describeSettings(pick(settings, others))}`;
        return { state: "failed", kind: "superseded", reason };
    }
    return outstanding.length > 0
        ? { state: "underway" }
        : { state: "converged", unreported: namesIn(target).filter((name) => settings[name] === undefined) };
}

/** What the looks so far have shown. */
export interface Evidence {
    /** The last look that was answered. */
    domain?: ObservedDomain;
    /** Whether the last look was answered. */
    isCurrent: boolean;
    /** Whether the domain was seen on its way. */
    hasMoved: boolean;
    /** Looks in a row that AWS did not answer, or that showed FAILED. */
    unanswered: number;
    failed: number;
    /** Looks at a domain at rest that did not report what the update changes. */
    unreported: number;
    /** Looks that showed nothing of an update without an answer. */
    untouched: number;
}

export const NO_EVIDENCE: Evidence = {
    isCurrent: false,
    hasMoved: false,
    unanswered: 0,
    failed: 0,
    unreported: 0,
    untouched: 0,
};

/** How the wait for an update ends, and the domain as it was seen last. */
export type Conclusion = { domain: ObservedDomain | undefined } & (
    | { state: "converged"; unreported: SettingName[] }
    /** With wait "none": AWS has taken it. */
    | { state: "accepted" }
    | { state: "failed"; kind: NotConvergedKind; reason: string; cause?: unknown }
);

/** One look: what it showed, or why it was not answered. */
export type Look = { domain: ObservedDomain | undefined } | { error: unknown };

/** How many looks in a row may fail, each after the SDK's own retries, before a long wait is given up. */
const MOST_UNANSWERED = 10;

/** How many looks at a domain at rest it takes to believe a new value that none of them reports: one may be stale. */
const LOOKS_TO_BELIEVE = 3;

/** How many looks that show nothing of an update without an answer it takes to call it lost. */
const LOOKS_FOR_LOST = 10;

/** How many looks in a row have to show FAILED: one may be stale, and more so where the domain was FAILED before. */
const LOOKS_FOR_FAILED = 2;
const LOOKS_FOR_FAILED_AGAIN = 6;

/** What one more look makes of the evidence. Pure. */
export function step(evidence: Evidence, look: Look, sent: Sent, wait: Operation["wait"]): Evidence | Conclusion {
    if ("error" in look) {
        const unanswered = evidence.unanswered + 1;
        const mayPass = look.error instanceof AwsCallError && look.error.transient && unanswered < MOST_UNANSWERED;
        return mayPass ? { ...evidence, unanswered, isCurrent: false } : unseen(evidence, look.error);
    }
    const { domain } = look;
    const { original, target, domain: before } = sent.plan;
    const progress = progressOf(domain, sent.plan);
    const isFailed = domain?.status === "FAILED";
    const hasNoTrace = sent.state === "unanswered" && domain?.status === before.status;
    const isUnreported = progress.state === "converged" && !isConfirmed(original, target, progress.unreported);
    // Of a request without an answer, values that AWS does not report are no trace.
    const hasNoEvidence =
        isUnreported &&
        hasNoTrace &&
        !evidence.hasMoved &&
        differences(original, target).every((name) => progress.unreported.includes(name));
    const next: Evidence = {
        domain,
        isCurrent: true,
        hasMoved: evidence.hasMoved || (progress.state === "underway" && domain?.status !== "ACTIVE"),
        unanswered: 0,
        failed: isFailed ? evidence.failed + 1 : 0,
        unreported: evidence.unreported + (isUnreported ? 1 : 0),
        untouched: evidence.untouched + (hasNoTrace ? 1 : 0),
    };
    if (isFailed) {
        const isOld = before.status === "FAILED" && !next.hasMoved;
        const isSeenOftenEnough = next.failed >= (isOld ? LOOKS_FOR_FAILED_AGAIN : LOOKS_FOR_FAILED);
        return isSeenOftenEnough && progress.state === "failed" ? { ...progress, domain } : next;
    }
    if (progress.state === "failed") {
        return { ...progress, domain };
    }
    if (progress.state === "converged" && !hasNoEvidence && (!isUnreported || next.unreported >= LOOKS_TO_BELIEVE)) {
        return { ...progress, domain };
    }
    if (hasNoTrace && next.untouched >= LOOKS_FOR_LOST) {
        return { state: "failed", kind: "unanswered", reason: "nothing of it is to be seen", domain };
    }
    return wait === "none" && sent.state === "accepted" ? { state: "accepted", domain } : next;
}

/** The end of an update that cannot be looked at. */
export function unseen({ domain }: Evidence, cause: unknown): Conclusion {
    const kind = cause instanceof EngineGoneError ? "engineGone" : "unseen";
    return { state: "failed", kind, reason: `its end could not be seen: ${messageOf(cause)}`, cause, domain };
}

/** Whether everything that the update changes was reported. */
function isConfirmed(original: Settings, target: Settings, unreported: SettingName[]): boolean {
    return !differences(original, target).some((name) => unreported.includes(name));
}
