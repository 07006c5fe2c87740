import { defined, isObject } from "./objects";
import { namesIn, pick, type SettingName, type Settings, sameSetting } from "./settings";

/** The only bookkeeping that the resource keeps in the state: enough to revert, and to resume an update that failed. */
export interface ManagementRecord {
    /** The value of each managed setting when the program began to manage it, including a raised TLS policy. */
    before: Settings;
    /** The program's last settings, a raised TLS policy included. A refresh does not change them. */
    desired: Settings;
    /** Earlier values of the program that AWS may still have: the update that replaces them is not known to have completed. */
    earlier?: Settings;
    /** The AWS account that has the domain. */
    account?: string;
    /** The TLS policy in it was raised for managed login; the program does not name it. */
    raised?: true;
    /** The last update, or the create, did not complete: the next one sends all that the program names and AWS does not have. */
    open?: true | "create";
}

/** The output that holds it. Two underscores keep it out of Pulumi's display. */
export const RECORD = "__record";

/** The record in some outputs; undefined after a `get`, and in states of unpublished versions. */
export function recordIn(outputs: object): ManagementRecord | undefined {
    const record = (outputs as Record<string, unknown>)[RECORD];
    return isObject(record) ? { before: {}, desired: {}, ...defined(record) } : undefined;
}

/** The settings that the program named last and no longer names. A policy raised for managed login stays with the version. */
export function droppedFrom(record: ManagementRecord, desired: Settings): SettingName[] {
    const staysRaised = record.raised && desired.managedLoginVersion !== undefined;
    return namesIn(record.desired).filter(
        (name) => desired[name] === undefined && !(name === "securityPolicy" && staysRaised),
    );
}

/** The record, once AWS has these settings. If AWS has the program's last value, an earlier one is no longer the program's. */
export function withoutArrived(record: ManagementRecord, settings: Settings): ManagementRecord {
    const { earlier, ...rest } = record;
    const missing = namesIn(earlier ?? {}).filter((name) => !sameSetting(settings[name], record.desired[name]));
    return missing.length > 0 ? { ...rest, earlier: pick(earlier ?? {}, missing) } : rest;
}
