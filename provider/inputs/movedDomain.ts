import { addressIn, addressOf, type DomainAddress } from "../model/address";
import { isUnknown } from "./unknown";

/**
 * The arguments that name another domain than the id does, or may: a value that becomes unknown in a preview comes from a resource
 * that is replaced, so the update will replace this one too.
 */
export function movedTo(id: string, inputs: Record<string, unknown>): (keyof DomainAddress)[] {
    const { userPoolId, domain } = inputs;
    const region = inputs.region ?? undefined;
    const old = addressIn(id);
    if (typeof userPoolId !== "string" || !old) {
        return [];
    }
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
