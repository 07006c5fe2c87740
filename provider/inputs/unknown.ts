import { isObject } from "../model/objects";

/** How a value that is not known before the update arrives in the provider. Source: Pulumi's RPC marshalling. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: unknown): boolean {
    return value === UNKNOWN;
}

/** True if anything inside the value is not known yet. */
export function containsUnknown(value: unknown): boolean {
    return isUnknown(value) || (isObject(value) && Object.values(value).some(containsUnknown));
}
