import { isObject } from "../model/objects";
import { isUnknown } from "./unknown";

/** A name that needs no quotes in a path. */
const NAME = /^[A-Za-z_$][\w$-]*$/;

/** The path of a member, as Pulumi writes it: `aws.assumeRoles[0].tags["cost.center"]`. Source: Pulumi's resource.PropertyPath. */
export function memberPath(path: string, member: string | number): string {
    if (typeof member === "number") {
        return `${path}[${member}]`;
    }
    if (!NAME.test(member)) {
        return `${path}["${member.replace(/["\\]/g, "\\$&")}"]`;
    }
    return path === "" ? member : `${path}.${member}`;
}

/** A quoted name, an index, or a plain name. */
const MEMBER = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/gs;

/** The reverse of {@link memberPath}. Takes any text: `ignoreChanges` has what users write. */
export function membersOf(path: string): string[] {
    return [...path.matchAll(MEMBER)].map(
        ([, quoted, index, name]) => quoted?.replace(/\\(.)/gs, "$1") ?? index ?? name ?? "",
    );
}

/** True if a path is another one, or inside of it. */
export function startsWith(path: readonly string[], other: readonly string[]): boolean {
    return other.every((member, index) => member === path[index]);
}

/** True if one of the paths is inside of the other, or they are the same. */
export function overlap(a: readonly string[], b: readonly string[]): boolean {
    return startsWith(a, b) || startsWith(b, a);
}

/** The value that a path leads to; unknown inside something unknown, undefined where it leads nowhere. */
export function valueAt(root: unknown, members: readonly string[]): unknown {
    return members.reduce<unknown>((value, member) => {
        if (isUnknown(value)) {
            return value;
        }
        return isObject(value) && Object.hasOwn(value, member) ? (value as Record<string, unknown>)[member] : undefined;
    }, root);
}
