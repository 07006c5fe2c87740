import type { Adoption } from "../model/adoption";
import {
    namesIn,
    pick,
    raisesSecurityPolicy,
    type SettingName,
    type Settings,
    sameSetting,
    targetSettings,
} from "../model/settings";
import { argumentPaths } from "../model/settingsText";

/** An operation that did not end well, or whose end was not waited for. */
export interface Unfinished {
    /** What was seen last. */
    observed: Settings;
    /** Whether AWS may still carry it out: otherwise, what is not in force by now never will be. */
    isPending: boolean;
}

/**
 * Whether a domain still has all that this resource has put in force: otherwise it was re-created, or changed by others. What
 * is somebody else's says nothing.
 */
export function isStillApplied({ found, applied, attempted = {} }: Adoption, observed: Settings): boolean {
    const known = { ...found, ...applied };
    const own = namesIn({ ...applied, ...attempted });
    const isStill = (name: SettingName) =>
        [known[name], attempted[name]].some((value) => sameSetting(value, observed[name]));
    return own.length > 0 && own.every(isStill);
}

/**
 * The record after an operation: what was managed before keeps its restore point, what is new gets one. So does a TLS policy
 * that was raised for managed login, though the program does not manage it.
 * @param original What was in force before the operation.
 * @param unfinished Where the operation has not ended well: what was in force before may still be.
 */
export function adopt(earlier: Adoption, desired: Settings, original: Settings, unfinished?: Unfinished): Adoption {
    const managed = namesIn(desired);
    // A policy that was raised and is managed now: what is found is this resource's own doing, unless it was changed since.
    const isOwn = (name: SettingName) =>
        earlier.managed.includes(name) || sameSetting(original[name], earlier.applied[name]);
    const fresh = managed.filter((name) => !isOwn(name));
    const before = ownBefore(earlier, original);
    const raised = raisedPolicy(earlier, before, desired, original);
    const sent = { ...desired, ...raised?.applied };
    return {
        managed,
        found: {
            ...pick(earlier.found, managed),
            ...pick(original, fresh),
            ...raised?.found,
        },
        ...ownAfter(before, sent, original, unfinished),
    };
}

/**
 * What this resource itself has put in force after an operation. What it found as it should be is somebody else's, unless it
 * was its own.
 */
function ownAfter(
    before: Settings,
    sent: Settings,
    original: Settings,
    unfinished: Unfinished | undefined,
): Pick<Adoption, "applied" | "attempted"> {
    const changed = pick(
        sent,
        namesIn(sent).filter((name) => !sameSetting(sent[name], original[name])),
    );
    if (unfinished?.isPending) {
        return { applied: before, ...(namesIn(changed).length > 0 ? { attempted: changed } : {}) };
    }
    if (unfinished) {
        return { applied: stillIn(unfinished.observed, before, changed) };
    }
    return { applied: { ...pick(before, namesIn(sent)), ...changed } };
}

/** What it had put in force before, of what was found: whatever somebody else has set is theirs from then on, as it was before too. */
function ownBefore({ applied, attempted = {} }: Adoption, original: Settings): Settings {
    return stillIn(original, applied, attempted);
}

/** What a look shows still, or by now, in force of some settings; what it does not report is as it was. */
function stillIn(observed: Settings, applied: Settings, later: Settings): Settings {
    const isIn = (of: Settings) => (name: SettingName) => sameSetting(of[name], observed[name]);
    const isSilent = (name: SettingName) => observed[name] === undefined;
    return {
        ...pick(
            applied,
            namesIn(applied).filter((name) => isSilent(name) || isIn(applied)(name)),
        ),
        ...pick(later, namesIn(later).filter(isIn(later))),
    };
}

/**
 * The record once a domain was seen at rest: what had not arrived by then, AWS no longer carries out, and what somebody else has
 * changed is theirs, should they set the same again.
 */
export function settled(adoption: Adoption, observed: Settings): Adoption {
    const { managed, found } = adoption;
    return { managed, found, applied: ownBefore(adoption, observed) };
}

/**
 * What an update finds as the program wants it from now on: by others, or by an update of ours whose end no state has recorded.
 * @param lastApplied What the state has.
 */
export function alreadyInForce(
    earlier: Adoption,
    desired: Settings,
    lastApplied: Settings,
    original: Settings,
): SettingName[] {
    const own = ownBefore(earlier, original);
    return namesIn(desired)
        .filter((name) => !earlier.managed.includes(name) || !sameSetting(lastApplied[name], desired[name]))
        .filter((name) => sameSetting(original[name], desired[name]))
        .filter((name) => !sameSetting(own[name], desired[name]));
}

/** That in words: after a killed update, whose end no state has recorded, it is the program's own doing. */
export function alreadyInForceText(domain: string, names: SettingName[]): string {
    return `${domain}: ${argumentPaths(names)} was so before this update, and a destroy will leave it. If an interrupted update of this program has set it, its old value is not known`;
}

/** What a TLS policy was that managed login has raised, by this operation or an earlier one, and what it was raised to. */
function raisedPolicy(
    earlier: Adoption,
    before: Settings,
    desired: Settings,
    original: Settings,
): { found: Settings; applied: Settings } | undefined {
    if (raisesSecurityPolicy(original, desired)) {
        const { securityPolicy } = targetSettings(original, desired);
        return { found: pick(original, ["securityPolicy"]), applied: { securityPolicy } };
    }
    const mayBeRaised = !earlier.managed.includes("securityPolicy");
    const stays = mayBeRaised && desired.managedLoginVersion !== undefined && desired.securityPolicy === undefined;
    return stays
        ? {
              found: pick(earlier.found, ["securityPolicy"]),
              applied: pick(before, ["securityPolicy"]),
          }
        : undefined;
}
