import { ASKED } from "../inputs/changed";
import { PROGRAM } from "../inputs/programFacts";
import { nonSettingArguments } from "../inputs/schema";
import { secretSettings } from "../inputs/secrets";
import { type DomainOutputs, type DomainState, domainOutputs } from "../model/outputs";
import { type ManagementRecord, RECORD } from "../model/record";
import {
    argumentsOf,
    differences,
    namesIn,
    pick,
    type SettingName,
    type Settings,
    sameSetting,
    settingsOf,
} from "../model/settings";
import { SECRET } from "../model/settingsText";
import type { Plan } from "../plan/plan";

type Props = Record<string, unknown>;

/** The resource's outputs, and so what its state holds. */
export interface Outputs extends DomainOutputs {
    [RECORD]?: ManagementRecord;
    [PROGRAM]?: unknown;
}

/** The outputs: every argument, since read and delete see outputs only, the domain, and the record. */
export function outputsOf(args: Props, state: DomainState, record: ManagementRecord | undefined): Outputs {
    return {
        ...nonSettingArguments(args),
        ...domainOutputs(state),
        ...(record ? { [RECORD]: record } : {}),
        ...(args[PROGRAM] ? { [PROGRAM]: args[PROGRAM] } : {}),
    };
}

/**
 * The inputs that fit the outputs of a refresh: AWS's values for the settings that the program manages. For those that differ,
 * `__asked` has what the program had asked for, so that the next `check` can compare with it; not the value of a secret one.
 */
export function refreshedInputs(outputs: Outputs, record: ManagementRecord, differing: readonly SettingName[]): Props {
    const managed = managedBy(record);
    const secret = secretSettings({ ...outputs });
    const asked = differing.map((name) => [name, secret.includes(name) ? SECRET : record.desired[name]]);
    return {
        ...nonSettingArguments({ ...outputs }),
        ...argumentsOf(pick(settingsOf(outputs), managed)),
        ...(outputs[PROGRAM] ? { [PROGRAM]: outputs[PROGRAM], [RECORD]: true } : {}),
        ...(asked.length > 0 ? { [ASKED]: Object.fromEntries(asked) } : {}),
    };
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
    asked: { desired: Settings; ignored: readonly SettingName[] },
    { before, target }: Pick<Plan, "before" | "target">,
    {
        account,
        isOpen,
        isUnverified = isOpen !== false,
    }: { account?: string; isOpen: boolean | "create"; isUnverified?: boolean },
): ManagementRecord {
    // A setting under `ignoreChanges` stays as it is recorded.
    const desired: Settings = { ...pick(last?.desired ?? {}, asked.ignored), ...asked.desired };
    const isRaisedNow = target.securityPolicy !== before.securityPolicy && desired.securityPolicy === undefined;
    const staysRaised =
        last?.raised === true && desired.managedLoginVersion !== undefined && desired.securityPolicy === undefined;
    if (isRaisedNow) {
        desired.securityPolicy = target.securityPolicy;
    } else if (staysRaised) {
        desired.securityPolicy = last.desired.securityPolicy;
    }
    // The values that the update replaces are ours too, until it is known to have arrived.
    const isOurs = (name: SettingName) =>
        [last?.desired, last?.earlier].some((it) => it && sameSetting(before[name], it[name]));
    const replaced = isUnverified
        ? { ...last?.earlier, ...pick(before, differences(before, target).filter(isOurs)) }
        : {};
    const names = namesIn(desired);
    const recorded = namesIn(last?.desired ?? {});
    return {
        before: {
            ...pick(
                before,
                names.filter((name) => !recorded.includes(name)),
            ),
            ...pick(last?.before ?? {}, names),
        },
        desired,
        ...(namesIn(replaced).length > 0 ? { earlier: replaced } : {}),
        ...(account ? { account } : {}),
        ...(isRaisedNow || staysRaised ? { raised: true as const } : {}),
        ...(isOpen ? { open: isOpen } : {}),
    };
}
