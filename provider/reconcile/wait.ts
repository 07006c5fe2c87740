import { AwsCallError, EngineGoneError, messageOf, NotConvergedError, type NotConvergedKind } from "../model/errors";
import { isUnderWay, type ObservedDomain } from "../model/observed";
import { completed, differences, namesIn, pick, type SettingName, sameSetting } from "../model/settings";
import { SettingsText } from "../model/settingsText";
import type { Plan } from "../plan/plan";
import type { Outcome, Sent, UpdateInput } from "./operation";
import { pending, poll, type TimedContext } from "./polling";

/** One read of the domain: what it showed, or why AWS did not answer. */
export type DescribeResult = { domain: ObservedDomain | undefined } | { error: unknown };

/** The meaning of a read for the update; `timeout` as long as it has none. */
interface Sign {
    kind: "arrived" | NotConvergedKind;
    /** The number of reads in a row that it takes: one may be stale, or unanswered. */
    reads: number;
    reason?: string;
    cause?: unknown;
}

/** The reads so far. */
export interface WaitState {
    /** The last one that was answered. */
    domain?: ObservedDomain;
    /** True if the domain was seen UPDATING. */
    hasMoved: boolean;
    /** The last read's sign, and how many reads in a row have shown it. */
    sign: Sign;
    inARow: number;
}

const OPEN: Sign = { kind: "timeout", reads: Number.POSITIVE_INFINITY };
export const NO_READS: WaitState = { hasMoved: false, sign: OPEN, inARow: 0 };

const READS_WITHOUT_ANSWER = 10;
const READS_TO_BELIEVE_FAILED = 2;
/** If the domain was FAILED before the update, the status may be the old one for a while. */
const READS_TO_BELIEVE_FAILED_AGAIN = 6;
const READS_TO_BELIEVE_UNREPORTED = 3;

/**
 * The state after one more read. Pure.
 * @param isLost True if the request got no answer: then values that AWS does not report prove nothing.
 */
export function nextState(state: WaitState, read: DescribeResult, plan: Plan, isLost: boolean): WaitState {
    const domain = "domain" in read ? read.domain : undefined;
    const hasMoved = state.hasMoved || isUnderWay(domain?.status);
    const sign = "error" in read ? unanswered(read.error) : signOf(domain, plan, hasMoved, isLost);
    const inARow = sign.kind === state.sign.kind ? state.inARow + 1 : 1;
    return { domain: domain ?? state.domain, hasMoved, sign, inARow };
}

function unanswered(cause: unknown): Sign {
    const kind = cause instanceof EngineGoneError ? "engineGone" : "unseen";
    const reads = cause instanceof AwsCallError && cause.transient ? READS_WITHOUT_ANSWER : 1;
    return { kind, reads, reason: `its outcome is unknown: ${messageOf(cause)}`, cause };
}

/** ACTIVE alone proves nothing: the status may not have moved yet. A value that is neither old nor ours is someone else's. */
function signOf(domain: ObservedDomain | undefined, plan: Plan, hasMoved: boolean, isLost: boolean): Sign {
    const { before, target, changes } = plan;
    if (!domain || domain.status === "DELETING") {
        return { kind: "gone", reads: 1, reason: "the user pool no longer has the domain: it was deleted or moved" };
    }
    if (domain.status === "FAILED") {
        const isOld = plan.domain?.status === "FAILED" && !hasMoved;
        return { kind: "failed", reads: isOld ? READS_TO_BELIEVE_FAILED_AGAIN : READS_TO_BELIEVE_FAILED };
    }
    if (domain.status !== "ACTIVE") {
        return OPEN;
    }
    const { settings } = domain;
    const unreported = unreportedIn(domain, plan);
    const missing = differences(settings, pick(target, changes)).filter((name) => !unreported.includes(name));
    if (missing.length > 0) {
        // Another client's request also sends old values of the settings that we changed: then ours has been superseded.
        const isForeign = (name: SettingName) => [before, target].every((it) => !sameSetting(settings[name], it[name]));
        const foreign = namesIn(settings).filter(isForeign);
        const shown = namesIn(settings).filter((name) => foreign.includes(name) || missing.includes(name));
        const reason = `someone else changed the domain meanwhile: it has ${new SettingsText(plan.secret).all(settings, shown)}`;
        return foreign.length > 0 ? { kind: "superseded", reads: 1, reason } : OPEN;
    }
    if (isLost && !hasMoved && unreported.length === changes.length) {
        return OPEN;
    }
    return { kind: "arrived", reads: unreported.length > 0 ? READS_TO_BELIEVE_UNREPORTED : 1 };
}

/** What the update changes and DescribeUserPoolDomain does not return. */
function unreportedIn(domain: ObservedDomain | undefined, { changes }: Plan): SettingName[] {
    return changes.filter((name) => domain?.settings[name] === undefined);
}

/** Waits until the domain has what was sent. */
export async function arrival(sent: Sent, input: UpdateInput, context: TimedContext): Promise<Outcome> {
    const { plan, lost } = sent;
    const { address, wait } = input.request;
    const { aws, deadline, engine } = context;
    if (!plan.isSent) {
        return outcomeOf(plan, plan.domain);
    }
    if (wait === "none" && !lost) {
        return { ...outcomeOf(plan, plan.domain), settings: plan.target, status: "UPDATING" };
    }
    let state = NO_READS;
    const read = async () => {
        const answer = await deadline.cap(aws.describeDomain(address), "DescribeUserPoolDomain").then(
            (domain) => ({ domain: domain?.userPoolId === address.userPoolId ? domain : undefined }),
            (error: unknown) => ({ error }),
        );
        state = nextState(state, answer, plan, lost !== undefined);
        return state.inARow >= state.sign.reads ? state.sign : pending;
    };
    const status = () => `${address.domain}: ${state.domain?.status ?? "reading AWS"}`;
    const end = await poll(read, context, status).catch(unanswered);
    const { kind, reason, cause } = end ?? lateness(state, sent, context);
    const outcome = outcomeOf(plan, state.domain);
    if (kind !== "arrived") {
        return { ...outcome, problem: problemOf({ kind, reason, cause }, sent, state.domain, input) };
    }
    const assumed = pick(plan.target, unreportedIn(state.domain, plan));
    if (namesIn(assumed).length > 0) {
        engine.warn(
            `${address.domain}: AWS accepted ${new SettingsText(plan.secret).all(assumed)}, but DescribeUserPoolDomain does not return it; assuming it took effect`,
        );
    }
    return { ...outcome, settings: { ...outcome.settings, ...assumed } };
}

function outcomeOf(plan: Plan, domain: ObservedDomain | undefined): Outcome {
    const settings = completed(domain?.settings ?? plan.before, plan.before);
    return {
        plan,
        settings,
        status: domain?.status ?? "UNKNOWN",
        accountId: domain?.accountId ?? plan.domain?.accountId,
        cloudFrontDistribution: domain?.cloudFrontDistribution ?? plan.domain?.cloudFrontDistribution,
        certificate: sameSetting(settings.certificateArn, plan.target.certificateArn) ? plan.certificate : undefined,
    };
}

/** Time has run out. Without an answer to the last read, too little is known to roll back. */
function lateness({ domain, hasMoved, sign }: WaitState, { lost }: Sent, { deadline }: TimedContext): Sign {
    const seen = domain ? `status ${domain.status}` : "not been seen";
    const reason = `after ${deadline.elapsed} (waitTimeoutSeconds is ${deadline.seconds}) the domain has ${seen}`;
    const last = sign.kind === "unseen" ? sign : OPEN;
    return { ...last, kind: lost && !hasMoved ? "unanswered" : last.kind, reason };
}

/** The error: what happened, what is served now, what to do. */
function problemOf(
    { kind, reason, cause }: Omit<Sign, "reads"> & { kind: NotConvergedKind },
    { plan, lost }: Sent,
    domain: ObservedDomain | undefined,
    { request: { address }, ours }: UpdateInput,
): NotConvergedError {
    const words = new SettingsText(plan.secret);
    const current = domain?.settings ?? plan.target;
    const missing = differences(current, pick(plan.target, plan.changes));
    const values = ` Still served: ${words.all(current, missing)}. Requested: ${words.all(plan.target, missing)}.`;
    const served = missing.length > 0 && !["superseded", "gone"].includes(kind) ? values : "";
    const again = ours ? "run the same command" : "run `pulumi up`";
    const first = lost ? `the update got no answer (${lost.message})` : "AWS accepted the update";
    const what = kind === "failed" ? "AWS gave up (FAILED, no reason given)" : `${first}; ${reason}`;
    const remedies: Partial<Record<NotConvergedKind, string>> = {
        failed: `Check the certificate, the user pool's feature plan and the quota of CloudFront distributions, then ${again}.`,
        superseded: `Agree on one value, then ${again}.`,
        gone: `Create the domain again, then ${again}.`,
    };
    const remedy = remedies[kind] ?? `To complete it, ${again} again.`;
    return new NotConvergedError(kind, `${address.domain}: ${what}.${served}`, remedy, { cause: cause ?? lost });
}
