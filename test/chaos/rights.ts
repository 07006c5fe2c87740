import { namesIn, SETTING_NAMES, type SettingName, type Settings, sameSetting } from "../../provider/model/settings";
import type { Call, Emulator } from "../emulator";
import { isFit } from "../emulator/certificates";
import type { Command } from "./command";
import { type Description, settingsOnWire, settingsStored } from "./wire";

/** Who puts settings in force with our commands. */
export const OURS = "ours";

/** Something of a command's in AWS's record, in the order of arrival. */
export interface Event {
    /** "turn": no call, but the end of a wait under the quotas. */
    kind: "look" | "update" | "other" | "turn";
    command: Command;
    at: number;
    call?: Call;
    /** The command's monotonic clock, before anything else happened. */
    monotonicMs: number;
    /** When AWS carried it out, if it did. */
    performedAt?: number;
    /** What an update has changed, if AWS took it, whatever became of the answer. */
    change?: { from: Settings; to: Settings };
}

/** Who has put a setting in force, and since when; and what each has put in force last. */
export interface Owner {
    by: string;
    since: number;
    /** Managed login has brought it along, though the program did not name it. */
    isRaised?: boolean;
    values: Record<string, Settings[SettingName]>;
}

/** An update that AWS has accepted. */
export interface Write {
    event: Event;
    sent: Settings;
    /** What was in force when it was carried out, and whose doing that was. */
    before: Settings;
    owners: ReadonlyMap<SettingName, Owner>;
    /** All that belongs to its command. */
    events: readonly Event[];
}

/** What a look showed its caller; undefined where no answer came, or one without a domain. */
export function shownBy({ kind, call }: Event): (Settings & { status: string }) | undefined {
    const answer = call?.output as { DomainDescription?: Description } | undefined;
    const description = answer?.DomainDescription;
    return kind === "look" && description?.UserPoolId
        ? { ...settingsOnWire(description), status: description.Status ?? "ACTIVE" }
        : undefined;
}

/** The reads of the wait for a command's update, until it gets ready to write again; all, if it has waited for none. */
export function waitIn(events: readonly Event[]): { looks: Event[]; next?: Event } {
    const start = events.findIndex(({ kind }, index) => kind === "update" && events[index + 1]?.kind === "look");
    const later = events.slice(Math.max(start, 0));
    const next = start < 0 ? undefined : later.find(({ kind }) => kind === "turn");
    const looks = later.filter(({ kind, at }) => kind === "look" && (!next || at < next.at));
    return { looks, next };
}

/** Why an update had no right to be; undefined where it had. Goes by AWS's record alone. */
export function overreach(write: Write): string | undefined {
    const { event, events } = write;
    const { command } = event;
    const reasons: string[] = [];
    if (command.kind === "refresh") {
        reasons.push("a refresh has written");
    }
    if (command.diedAt !== undefined && event.at > command.diedAt) {
        reasons.push("an update was sent though the engine was gone");
    }
    // Nothing of ours lies between the look and the request: what changed meanwhile could not be known. AWS has no
    // conditional write.
    const previous = events.filter(({ at }) => at < event.at).at(-1);
    const look = previous && shownBy(previous);
    for (const name of SETTING_NAMES) {
        const isUnchanged = sameSetting(write.before[name], write.sent[name]);
        const isRace = look !== undefined && !sameSetting(look[name], write.before[name]);
        if (!isUnchanged && !isRace && !mayChange(write, name)) {
            const [from, to] = [write.before[name], write.sent[name]].map((value) => JSON.stringify(value));
            const owner = write.owners.get(name);
            reasons.push(
                `${name}, ${from} by ${owner?.by} since ${owner?.since}, was made ${to} by ${describe(event)}`,
            );
        }
    }
    if (look?.status === "ACTIVE" && hasSettings(write.sent, look)) {
        reasons.push("an update was sent that changes nothing");
    }
    const last = waitIn(events).looks.at(-1);
    const wasFailed = last && shownBy(last)?.status === "FAILED";
    if (isRollback(write) && look && hasArrived(command, look) && !wasFailed) {
        reasons.push("what had arrived, and was seen to, was rolled back");
    }
    return reasons.length > 0 ? reasons.join("; ") : undefined;
}

/** Whether the command may change this setting from what it was. */
function mayChange(write: Write, name: SettingName): boolean {
    const { event, sent, before } = write;
    const { command } = event;
    const owner = write.owners.get(name);
    const isOwn = owner !== undefined && (owner.by === OURS || isClaimed(write, name, owner));
    if (command.kind === "destroy") {
        // A value that AWS has and the program asks for is the program's.
        return isOwn && sameSetting(sent[name], command.original[name]);
    }
    const rollback = isRollback(write);
    // What the program did not change since an update that succeeded is not sent over another's change.
    const isRaised = isRaise(name, sent, before, command.desired.securityPolicy);
    if (!rollback && !isRaised && command.unchanged.includes(name) && owner?.by !== OURS) {
        return false;
    }
    if (!rollback && (isRaised || isNamed(write, name, isOwn ? -1 : (owner?.since ?? -1)))) {
        return true;
    }
    return rollback && isOwn && isPutBack(write, name);
}

/** An earlier update of the same command has changed the setting from just this value. */
function isPutBack({ event, sent, events }: Write, name: SettingName): boolean {
    return events.some(
        ({ at, change }) =>
            at < event.at &&
            change !== undefined &&
            sameSetting(change.from[name], sent[name]) &&
            !sameSetting(change.to[name], sent[name]),
    );
}

/** The program names the setting, and has looked at the domain since somebody else changed it. */
function isNamed({ event, sent, before, events }: Write, name: SettingName, since: number): boolean {
    const { desired } = event.command;
    return (
        desired[name] !== undefined &&
        sameSetting(sent[name], desired[name]) &&
        events.some(
            (it) => it.at < event.at && (it.performedAt ?? 0) > since && sameSetting(shownBy(it)?.[name], before[name]),
        )
    );
}

/** Others have put in force just what this stack has, or wants: nobody can tell the two apart. */
function isClaimed({ event, before }: Write, name: SettingName, { values }: Owner): boolean {
    return [values[OURS], ...event.command.applied.map((it) => it[name])].some(
        (value) => value !== undefined && sameSetting(value, before[name]),
    );
}

/** Managed login needs a newer policy than TLS_V1: the program's, or the oldest that will do. */
export function isRaise(name: SettingName, sent: Settings, before: Settings, policy?: string): boolean {
    return (
        name === "securityPolicy" &&
        before.securityPolicy === "TLS_V1" &&
        ["TLS_V1_2_2021", policy].includes(sent.securityPolicy) &&
        sent.managedLoginVersion === 2
    );
}

/** An update that does not say what the program says. */
function isRollback({ event: { command }, sent }: Write): boolean {
    const { kind, mayRollBack, desired, sameAsBefore } = command;
    const changed = Object.fromEntries(
        SETTING_NAMES.filter((name) => !sameAsBefore.includes(name)).map((name) => [name, desired[name]]),
    );
    return kind === "up" && mayRollBack && !hasSettings(changed, sent);
}

function hasArrived(command: Command, look: Settings & { status: string }): boolean {
    return !command.isVerified && look.status === "ACTIVE" && hasSettings(command.desired, look);
}

export function hasSettings(desired: Settings, settings: Settings): boolean {
    return SETTING_NAMES.every((name) => desired[name] === undefined || sameSetting(settings[name], desired[name]));
}

function describe({ command, call, at }: Event): string {
    return `${command.kind} ${command.number} at ${at} with ${JSON.stringify(call?.input)}`;
}

/** The default of `minimumCertificateValidityDays` for the certificates here. */
const MINIMUM_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether an update may bring this certificate in: for a program its end has to be far enough, for a way back not. */
export function isFitFor(aws: Emulator, domain: string, arn: string, { desired }: Command): boolean {
    const days = arn === desired.certificateArn ? MINIMUM_DAYS : 0;
    const { account = "" } = aws.domainOf(domain) ?? {};
    return isFit(aws.state, account, arn, domain, new Date(Date.now() + days * DAY_MS - 60_000));
}

/** Why a healthy update has to be refused, as the scene has it. */
export function reasonToRefuse(aws: Emulator, domain: string, desired: Settings): string | undefined {
    const { certificateArn, managedLoginVersion } = desired;
    const stored = aws.domainOf(domain);
    const inForce = settingsStored(stored ?? {});
    const pool = aws.state.pools.get(stored?.userPoolId ?? "");
    if (certificateArn !== undefined && certificateArn !== inForce.certificateArn) {
        const end = new Date(Date.now() + MINIMUM_DAYS * DAY_MS);
        if (!isFit(aws.state, stored?.account ?? "", certificateArn, domain, end)) {
            return "the certificate is unfit";
        }
    }
    // A failed domain is sent its settings again.
    const isFailed = stored?.status === "FAILED";
    const writes = namesIn(desired).some((name) => isFailed || !sameSetting(inForce[name], desired[name]));
    return writes && (managedLoginVersion ?? inForce.managedLoginVersion) === 2 && pool?.tier === "LITE"
        ? "the plan is LITE"
        : undefined;
}
