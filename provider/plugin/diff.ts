import type { Aws } from "../aws/awsCalls";
import { otherReasons } from "../inputs/changed";
import type { Request } from "../inputs/request";
import { containsUnknown, isUnknown } from "../inputs/unknown";
import { addressOf, type DomainAddress, parseId } from "../model/address";
import { isUnderWay } from "../model/observed";
import { droppedFrom, type ManagementRecord, recordIn } from "../model/record";
import { completed, differences, type Settings, settingsOf } from "../model/settings";

type Props = Record<string, unknown>;

/**
 * True if the inputs change anything compared with the outputs of the last update. Pure; takes whatever JSON can hold. After "no
 * changes" the engine keeps the old outputs, so everything that read and delete need counts as a change. `__changed` does not
 * count: it is stale if the engine calls `diff` without `check`.
 */
export function isChanged(outputs: Props, inputs: Props, { desired, ignored }: Request): boolean {
    const record = recordIn(outputs);
    return (
        containsUnknown(inputs) ||
        record?.open !== undefined ||
        differences(settingsOf(outputs), desired).length > 0 ||
        // A refresh changes the outputs, not the record: a program that takes AWS's value over has it recorded.
        (record !== undefined && differences(record.desired, desired).length > 0) ||
        (record !== undefined && droppedOf(record, { desired, ignored }).length > 0) ||
        otherReasons(inputs, outputs).length > 0
    );
}

function droppedOf(record: ManagementRecord, { desired, ignored }: Pick<Request, "desired" | "ignored">) {
    return droppedFrom(record, desired).filter((name) => !ignored.includes(name));
}

/** True if AWS has other values than the program, on a domain at rest; or the domain's last update failed. */
export async function differsInAws(
    aws: Pick<Aws, "describeDomain">,
    address: DomainAddress,
    desired: Settings,
    record: ManagementRecord | undefined,
): Promise<boolean> {
    const domain = await aws.describeDomain(address);
    if (domain?.userPoolId !== address.userPoolId || isUnderWay(domain.status)) {
        return false;
    }
    return differences(completed(domain.settings, record?.desired), desired).length > 0 || domain.status === "FAILED";
}

/**
 * The arguments that name another domain than the id does, or may: a value that becomes unknown in a preview comes from a resource
 * that is replaced, so the update will replace this one too.
 */
export function movedTo(id: string, inputs: Record<string, unknown>): (keyof DomainAddress)[] {
    const { userPoolId, domain } = inputs;
    const region = inputs.region ?? undefined;
    if (typeof userPoolId !== "string") {
        return [];
    }
    const old = parseId(id);
    const moved: (keyof DomainAddress)[] = [];
    if (userPoolId !== old.userPoolId) {
        moved.push("userPoolId");
    }
    if (typeof domain === "string" && domain !== old.domain) {
        moved.push("domain");
    }
    const isTold = region !== undefined || !isUnknown(userPoolId);
    const isText = region === undefined || typeof region === "string";
    if (isTold && isText && addressOf({ userPoolId, domain: "", region }).region !== old.region) {
        moved.push("region");
    }
    return moved;
}
