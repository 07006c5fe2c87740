import { otherReasons } from "../inputs/changed";
import type { Request } from "../inputs/request";
import { containsUnknown, isUnknown } from "../inputs/unknown";
import { type DomainAddress, parseId, regionOfPool } from "../model/address";
import { droppedFrom, recordIn } from "../model/record";
import { differences, settingsOf } from "../model/settings";

type Props = Record<string, unknown>;

/**
 * True if the inputs change anything compared with the outputs of the last update. Pure; takes whatever JSON can hold. After "no
 * changes" the engine keeps the old outputs, so everything that read and delete need counts as a change. `__changed` does not
 * count: it is stale if the engine calls `diff` without `check`.
 */
export function isChanged(outputs: Props, inputs: Props, { desired, ignored }: Request): boolean {
    const record = recordIn(outputs);
    // A refresh changes the outputs, not the record: if the program adopts AWS's value, an update has to record that.
    const isRecorded =
        !record ||
        (!record.open &&
            !(record.raised && desired.securityPolicy !== undefined) &&
            differences(record.desired, desired).length === 0 &&
            droppedFrom(record, desired).every((name) => ignored.includes(name)));
    return (
        !isRecorded ||
        containsUnknown(inputs) ||
        differences(settingsOf(outputs), desired).length > 0 ||
        otherReasons(inputs, outputs).length > 0
    );
}

/**
 * The arguments that name another domain than the id does, or may: a value that becomes unknown in a preview comes from a resource
 * that is replaced, so the update will replace this one too.
 */
export function movedTo(id: string, { userPoolId, domain, region }: Props): (keyof DomainAddress)[] {
    if (typeof userPoolId !== "string") {
        return [];
    }
    const old = parseId(id);
    const ofPool = isUnknown(userPoolId) ? old.region : regionOfPool(userPoolId);
    const address: DomainAddress = {
        userPoolId,
        domain: typeof domain === "string" ? domain : old.domain,
        region: typeof region === "string" ? region : ofPool,
    };
    return (["userPoolId", "domain", "region"] as const).filter((name) => address[name] !== old[name]);
}
