import { type Arguments, waitTimeoutSeconds, withDefaults } from "../inputs/arguments";
import type { AccountRules } from "../model/accounts";
import { addressOf } from "../model/address";
import { type SettingsArguments, settingsOf } from "../model/settings";
import type { Operation } from "../reconcile/operation";
import { leavesDrift } from "./resourceOutputs";

/** What some arguments ask for, by the outputs of last time, in the accounts in which the program may work. */
export function operationOf(
    given: Arguments,
    olds: Record<string, unknown>,
    { allowedAccountIds, forbiddenAccountIds }: AccountRules,
): Operation {
    const args = withDefaults(given);
    return {
        address: addressOf(args),
        desired: settingsOf(args),
        lastApplied: settingsOf(olds as SettingsArguments),
        minimumCertificateValidityDays: args.minimumCertificateValidityDays,
        wait: args.wait,
        timeoutSeconds: waitTimeoutSeconds(args),
        verifyClientId: args.verify?.clientId,
        onFailure: args.onFailure,
        leavesDrift: leavesDrift(olds, args),
        allowedAccountIds,
        forbiddenAccountIds,
    };
}
