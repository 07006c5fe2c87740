import { isRefusal } from "../aws/updateRefusals";
import { type Request, requestOf } from "../inputs/request";
import type { AccountRules } from "../model/accounts";
import { addressArguments, type DomainAddress } from "../model/address";
import { messageOf, NotConvergedError, RefusedError, UserPoolDomainSettingsError } from "../model/errors";
import { completed, type ManagementRecord } from "../model/record";
import { namesIn, pick, sameSetting } from "../model/settings";
import { describeSettings } from "../model/settingsText";
import { assertGone } from "./absence";
import type { OperationContext } from "./operation";
import { sendReversal } from "./rollback";

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
    const settings = completed(found.settings, record);
    const changed = namesIn(record.desired).filter((it) =>
        [record.desired, record.before].every((known) => !sameSetting(settings[it], known[it])),
    );
    const left =
        changed.length > 0 ? `; left as changed outside Pulumi: ${describeSettings(pick(settings, changed))}` : "";
    const added = namesIn(record.desired).filter((it) => record.before[it] === undefined && !changed.includes(it));
    const stays = added.length > 0 ? `; AWS cannot remove ${describeSettings(pick(settings, added))}` : "";
    const to = record.before;
    const isAsBefore = namesIn(to).every((it) => sameSetting(settings[it], to[it]) || changed.includes(it));
    if (namesIn(to).length === 0 || (isAsBefore && found.status === "ACTIVE")) {
        engine.info(`${name}: nothing to restore${left}${stays}`);
        return;
    }
    const inputs = { ...addressArguments(address), waitTimeoutSeconds, onDelete: "restore" };
    const request: Request & { address: DomainAddress } = { ...requestOf(inputs, accounts, false), address };
    try {
        const { outcome, refused } = await sendReversal({ request, to, ours: record.desired }, context);
        if (outcome?.problem) {
            throw outcome.problem;
        }
        const done = namesIn(to).filter((it) => sameSetting(outcome?.settings[it], to[it]));
        engine.info(`${name}: restored ${describeSettings(pick(to, done))}${left}${stays}`);
        if (refused) {
            engine.warn(`${name}: not restored: ${refused}`);
        }
    } catch (error) {
        if (isFinal(error)) {
            engine.warn(`${name}: not restored to ${describeSettings(to)}. ${messageOf(error)}`);
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
        : isRefusal(error) || (error instanceof RefusedError && !error.isUnasked && !error.isWrongAccount);
}
