import { defined, isObject } from "../model/objects";
import { memberPath } from "./propertyPath";

/** How a value that is not known before the update arrives in the provider. Source: Pulumi's RPC marshalling. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: unknown): boolean {
    return value === UNKNOWN;
}

/** True if anything inside the value is not known yet. */
export function containsUnknown(value: unknown): boolean {
    return isUnknown(value) || (isObject(value) && Object.values(value).some(containsUnknown));
}

/** The value without the members, and the lists, that are not wholly known yet; `undefined` where nothing is. */
export function knownPart<T>(value: T): T | undefined {
    if (isUnknown(value) || (Array.isArray(value) && containsUnknown(value))) {
        return undefined;
    }
    if (Array.isArray(value) || !isObject(value)) {
        return value;
    }
    const known = Object.entries(value).map(([name, member]) => [name, knownPart(member)]);
    return defined(Object.fromEntries(known)) as T;
}

/** The paths of what is not known yet: `customDomainConfig.certificateArn`. */
export function unknownPaths(value: unknown, path = ""): string[] {
    if (isUnknown(value)) {
        return [path];
    }
    if (Array.isArray(value)) {
        return value.flatMap((item, index) => unknownPaths(item, memberPath(path, index)));
    }
    return isObject(value)
        ? Object.entries(value).flatMap(([name, member]) => unknownPaths(member, memberPath(path, name)))
        : [];
}
