import { ASKED } from "../inputs/changed";
import { PROGRAM } from "../inputs/programFacts";
import type { Request } from "../inputs/request";
import { nonSettingArguments } from "../inputs/schema";
import { secretSettings } from "../inputs/secrets";
import { defined } from "../model/objects";
import { type DomainState, domainOutputs } from "../model/outputs";
import { type ManagementRecord, RECORD } from "../model/record";
import { argumentsOf, differences, namesIn, pick, type SettingName, sameSetting, settingsOf } from "../model/settings";
import { SECRET } from "../model/settingsText";
import type { Plan } from "../plan/plan";

type Props = Record<string, unknown>;

/** The outputs, and so what the state holds: every argument, since read and delete see outputs only, the domain, and the record. */
export function outputsOf(args: Props, state: DomainState, record: ManagementRecord | undefined): Props {
    return defined({
        ...nonSettingArguments(args),
        ...domainOutputs(state),
        [RECORD]: record,
        [PROGRAM]: args[PROGRAM],
    });
}

/**
 * The inputs that match the outputs of a refresh: AWS's values for the settings that the program manages. For those that differ,
 * `__asked` has the program's last value, so that the next `check` can compare with it; for a secret one, `[secret]`.
 */
export function refreshedInputs(outputs: Props, record: ManagementRecord): Props {
    const managed = managedBy(record);
    const settings = settingsOf(outputs);
    const secret = secretSettings(outputs);
    const asked = differences(settings, pick(record.desired, managed)).map((name) => [
        name,
        secret.includes(name) ? SECRET : record.desired[name],
    ]);
    const program = outputs[PROGRAM];
    return defined({
        ...nonSettingArguments(outputs),
        ...argumentsOf(pick(settings, managed)),
        [PROGRAM]: program,
        [RECORD]: program && true,
        [ASKED]: asked.length > 0 ? Object.fromEntries(asked) : undefined,
    });
}

/** The settings that the program names, without a TLS policy that was only raised for managed login. */
export function managedBy(record: ManagementRecord): SettingName[] {
    return namesIn(record.desired).filter((name) => !(name === "securityPolicy" && record.raised));
}

/**
 * The record after an operation. What was managed before keeps its restore point; what is new gets one. A TLS policy that was
 * raised for managed login is in it as well. Pure.
 */
export function nextRecord(
    last: ManagementRecord | undefined,
    request: Pick<Request, "desired" | "ignored" | "wait">,
    { before, target, isSent }: Pick<Plan, "before" | "target" | "isSent">,
    { account, open }: Pick<ManagementRecord, "account" | "open">,
): ManagementRecord {
    // The record of a setting under `ignoreChanges` does not change.
    const desired = { ...pick(last?.desired ?? {}, request.ignored), ...request.desired };
    const isUnnamed = desired.securityPolicy === undefined;
    const isRaisedNow = isUnnamed && target.securityPolicy !== before.securityPolicy;
    const staysRaised = isUnnamed && last?.raised === true && desired.managedLoginVersion !== undefined;
    if (isRaisedNow) {
        desired.securityPolicy = target.securityPolicy;
    } else if (staysRaised) {
        desired.securityPolicy = last.desired.securityPolicy;
    }
    // The values that the update replaces are ours too, until it is known to have arrived.
    const isUnverified = open || (request.wait === "none" && isSent);
    const isOurs = (name: SettingName) =>
        [last?.desired, last?.earlier].some((it) => it && sameSetting(before[name], it[name]));
    const earlier = { ...last?.earlier, ...pick(before, differences(before, target).filter(isOurs)) };
    const known = namesIn(last?.desired ?? {});
    const added = namesIn(desired).filter((name) => !known.includes(name));
    return defined({
        before: { ...pick(before, added), ...pick(last?.before ?? {}, namesIn(desired)) },
        desired,
        earlier: isUnverified && namesIn(earlier).length > 0 ? earlier : undefined,
        account,
        raised: isRaisedNow || staysRaised || undefined,
        open,
    });
}
