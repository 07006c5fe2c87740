import { isRefusal } from "../aws/updateRefusals";
import type { Request } from "../inputs/request";
import type { DomainAddress } from "../model/address";
import { messageOf, NotConvergedError, RefusedError, UserPoolDomainSettingsError } from "../model/errors";
import type { ManagementRecord } from "../model/record";
import { completed, namesIn, pick, type SettingName, type Settings, sameSetting } from "../model/settings";
import { SettingsText } from "../model/settingsText";
import { assertGone } from "./absence";
import type { OperationContext } from "./operation";
import { sendReversal } from "./rollback";

/** The resource to restore. */
export interface RestoreInput {
    request: Request & { address: DomainAddress };
    record: ManagementRecord;
}

/**
 * Restores the settings from before the program began to manage them, each if it still has the value that the program asked for.
 * @throws What another attempt may fix. What none could is logged: otherwise the stack would never be rid of the resource.
 */
export async function restore(input: RestoreInput, context: OperationContext): Promise<void> {
    const { request, record } = input;
    const { address, accounts } = request;
    const { aws, engine } = context;
    const name = address.domain;
    const words = new SettingsText(request.secret);
    const found = await aws.describeDomain(address);
    if (found?.userPoolId !== address.userPoolId) {
        await assertGone(aws, { address, accountId: record.account, rules: accounts });
        engine.info(`${name}: nothing to restore: the user pool no longer has the domain`);
        return;
    }
    const to = record.before;
    const settings = completed(found.settings, record.desired);
    const changed = changedOutside(settings, record);
    const isAsBefore = namesIn(to).every((it) => sameSetting(settings[it], to[it]) || changed.includes(it));
    if (namesIn(to).length === 0 || (isAsBefore && found.status === "ACTIVE")) {
        engine.info(`${name}: nothing to restore${whatStays(settings, record, words)}`);
        return;
    }
    try {
        const ours = [record.desired, record.earlier ?? {}] as const;
        const { outcome, refused, reason } = await sendReversal({ request, to, ours }, context);
        if (outcome?.problem) {
            throw outcome.problem;
        }
        const after = outcome?.settings ?? settings;
        const done = namesIn(to).filter((it) => sameSetting(after[it], to[it]));
        const what = done.length > 0 ? `restored ${words.all(to, done)}` : "nothing was restored";
        const unfit = namesIn(to).filter(
            (it) => !done.includes(it) && sameSetting(after[it], record.desired[it]) && !refused.includes(it),
        );
        const blocked =
            unfit.length > 0
                ? `; not restored, since managed login needs a newer TLS policy than TLS_V1: ${words.all(to, unfit)}`
                : "";
        engine.info(`${name}: ${what}${blocked}${whatStays(after, record, words)}`);
        if (reason) {
            engine.warn(`${name}: not restored: ${words.asArguments(pick(to, refused))}. ${reason}`);
        }
    } catch (error) {
        if (isFinal(error)) {
            engine.warn(`${name}: not restored to ${words.asArguments(to)}. ${messageOf(error)}`);
            return;
        }
        if (error instanceof UserPoolDomainSettingsError) {
            error.rephrase((message) => `the settings from before were not restored (onDelete). ${message}`);
        }
        throw error;
    }
}

/** The settings with a value that neither the program asked for nor was there before. */
function changedOutside(settings: Settings, { before, desired, earlier = {} }: ManagementRecord): SettingName[] {
    return namesIn(desired).filter((name) => {
        const known = [desired[name], before[name], ...(earlier[name] === undefined ? [] : [earlier[name]])];
        return known.every((value) => !sameSetting(settings[name], value));
    });
}

/** The settings that a restore leaves, for the end of a line. */
function whatStays(settings: Settings, record: ManagementRecord, words: SettingsText): string {
    const changed = changedOutside(settings, record);
    const added = namesIn(record.desired).filter(
        (name) => record.before[name] === undefined && !changed.includes(name),
    );
    const orFailed = record.open ? ", or by an update that failed" : "";
    const before = pick(record.before, changed);
    const values = namesIn(before).length > 0 ? ` (the values from before: ${words.asArguments(before)})` : "";
    const left =
        changed.length > 0
            ? `; left as changed outside Pulumi${orFailed}: ${words.all(settings, changed)}${values}`
            : "";
    return added.length > 0 ? `${left}; AWS cannot remove ${words.all(settings, added)}` : left;
}

/** True if no other attempt could end otherwise. */
function isFinal(error: unknown): boolean {
    return error instanceof NotConvergedError
        ? error.kind === "superseded"
        : isRefusal(error) || (error instanceof RefusedError && !error.mayPass);
}
