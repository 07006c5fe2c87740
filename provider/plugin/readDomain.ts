import type { dynamic } from "@pulumi/pulumi";
import { type AccountRules, assertAllowed } from "../model/accounts";
import { addressArguments, type DomainAddress, formatId } from "../model/address";
import { DomainNotFoundError } from "../model/errors";
import { defined } from "../model/objects";
import { isUnderWay } from "../model/observed";
import { recordIn, withoutArrived } from "../model/record";
import { completed, pick, sameSetting, settingsOf } from "../model/settings";
import { absenceText, assertGone } from "../reconcile/absence";
import type { OperationContext } from "../reconcile/operation";
import { attachedCertificate } from "../reconcile/polling";
import { managedBy, outputsOf, refreshedInputs } from "./resourceOutputs";

/**
 * Reads the domain, for `pulumi refresh` and `get`. Inputs are returned only if a managed setting differs from the state: otherwise a
 * refresh right after an `up` would show a change. Those in the state stay after an update that failed: the next one sends all settings
 * anyway, and the engine would not encrypt what only the program of the failed update marks as secret.
 * @throws DomainNotFoundError for a `get`, WrongAccountError, AwsCallError.
 */
export async function readDomain(
    address: DomainAddress,
    props: Record<string, unknown>,
    { aws, engine }: OperationContext,
    accounts: AccountRules,
): Promise<dynamic.ReadResult> {
    const record = recordIn(props);
    const domain = await aws.describeDomain(address);
    if (domain?.userPoolId !== address.userPoolId) {
        // For a `get`, an empty answer would be a success with undefined outputs.
        if (props.status === undefined) {
            throw new DomainNotFoundError(await absenceText(aws, address, domain?.userPoolId));
        }
        await assertGone(aws, address, record?.account, accounts);
        return {};
    }
    assertAllowed(domain.accountId, accounts);
    const { status, cloudFrontDistribution } = domain;
    const managed = record ? managedBy(record) : [];
    const inState = settingsOf(props);
    // While an update is under way, AWS may show old or new values: what is managed stays as the state has it.
    const isUnsettled = isUnderWay(status);
    if (isUnsettled && record) {
        const text = `has status ${status}, so the state keeps its settings. Refresh again once the domain is ACTIVE`;
        engine.warn(`${address.domain}: ${text}`);
    }
    const settings = { ...completed(domain.settings, record?.desired), ...(isUnsettled ? pick(inState, managed) : {}) };
    const certificate = await attachedCertificate(aws, settings);
    const state = { address, settings, status, cloudFrontDistribution, certificate };
    const account = domain.accountId ?? record?.account;
    const kept = record && defined({ ...withoutArrived(record, isUnsettled ? {} : domain.settings), account });
    const outputs = outputsOf({ ...addressArguments(address), ...props }, state, kept);
    const isNews = managed.some((name) => !sameSetting(inState[name], settings[name]));
    const inputs = record && !record.open && isNews ? { inputs: refreshedInputs(outputs, record) } : {};
    return { id: formatId(address), props: outputs, ...inputs };
}
