import { type Request, requestOf } from "../inputs/request";
import type { AccountRules } from "../model/accounts";
import { addressArguments, type DomainAddress } from "../model/address";
import { messageOf, NotConvergedError, RefusedError, UserPoolDomainSettingsError } from "../model/errors";
import { completed, type ManagementRecord } from "../model/record";
import { namesIn, pick, sameSetting } from "../model/settings";
import { describeSettings } from "../model/settingsText";
import { revert } from "../plan/revert";
import { assertGone } from "./absence";
import type { OperationContext } from "./operation";
import { sendReverted } from "./rollback";

/** What a restore is about. */
export interface RestoreInput {
    address: DomainAddress;
    record: ManagementRecord;
    accounts: AccountRules;
    waitTimeoutSeconds: number;
}

/**
 * Restores the settings from before the program began to manage them, each if it still has the value that the program asked for.
 * @throws What another attempt may fix. What none could is logged: otherwise the stack would never be rid of the resource.
 */
export async function restore(input: RestoreInput, context: OperationContext): Promise<void> {
    const { address, record, accounts, waitTimeoutSeconds } = input;
    const { aws, engine } = context;
    const name = address.domain;
    const found = await aws.describeDomain(address);
    if (found?.userPoolId !== address.userPoolId) {
        await assertGone(aws, { address, accountId: record.account, rules: accounts });
        engine.info(`${name}: nothing to restore: the user pool no longer has the domain`);
        return;
    }
    const observed = { ...found, settings: completed(found.settings, record) };
    const back = revert(record.before, record.desired, observed);
    const isFailed = found.status === "FAILED";
    const changed = namesIn(record.desired).filter(
        (it) =>
            !sameSetting(observed.settings[it], record.desired[it]) &&
            !sameSetting(observed.settings[it], record.before[it]),
    );
    const left =
        changed.length > 0
            ? `; left as changed outside Pulumi: ${describeSettings(pick(observed.settings, changed))}`
            : "";
    const added = namesIn(record.desired).filter((it) => record.before[it] === undefined && !changed.includes(it));
    const stays = added.length > 0 ? `; AWS cannot remove: ${describeSettings(pick(observed.settings, added))}` : "";
    const desired = isFailed
        ? {
              ...pick(
                  record.before,
                  namesIn(record.before).filter((it) => !changed.includes(it)),
              ),
              ...back,
          }
        : back;
    if (namesIn(desired).length === 0) {
        engine.info(`${name}: nothing to restore${left}${stays}`);
        return;
    }
    const inputs = { ...addressArguments(address), waitTimeoutSeconds, onDelete: "restore" };
    const request: Request & { address: DomainAddress } = { ...requestOf(inputs, accounts, false), address };
    try {
        const { outcome, refused } = await sendReverted(request, desired, context);
        if (outcome?.problem) {
            throw outcome.problem;
        }
        const done = namesIn(desired).filter((it) => sameSetting(outcome?.settings[it], desired[it]));
        engine.info(`${name}: restored ${describeSettings(pick(desired, done))}${left}${stays}`);
        if (refused) {
            engine.warn(`${name}: not restored: ${refused}`);
        }
    } catch (error) {
        if (isFinal(error)) {
            engine.warn(`${name}: not restored to ${describeSettings(desired)}. ${messageOf(error)}`);
            return;
        }
        if (error instanceof UserPoolDomainSettingsError) {
            error.rephrase((message) => `the settings from before were not restored (onDelete). ${message}`);
        }
        throw error;
    }
}

/** Whether no other attempt could end otherwise. */
function isFinal(error: unknown): boolean {
    return error instanceof NotConvergedError
        ? error.kind === "superseded"
        : error instanceof RefusedError && !error.isUnasked && !error.isWrongAccount;
}
