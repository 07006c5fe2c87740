import { isObject } from "../model/objects";

/** A name that needs no quotes in a path. */
const NAME = /^[A-Za-z_$][\w$-]*$/;

/**
 * The path of a member, as Pulumi writes property paths: `aws.assumeRoles[0].tags["cost.center"]`. No two members have the
 * same one, whatever their names are. Source: Pulumi's resource.PropertyPath.
 * @param path The path of the object or list; empty for the arguments themselves.
 */
export function memberPath(path: string, member: string | number): string {
    if (typeof member === "number") {
        return `${path}[${member}]`;
    }
    if (!NAME.test(member)) {
        return `${path}[${JSON.stringify(member)}]`;
    }
    return path === "" ? member : `${path}.${member}`;
}

/** A quoted name, an index, or a plain name. */
const MEMBER = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g;

/** The reverse of {@link memberPath}. Takes any text; states of older versions have `aws.assumeRoles.0` for an index. */
export function membersOf(path: string): string[] {
    return [...path.matchAll(MEMBER)].map(([, quoted, index, name]) =>
        quoted === undefined ? (index ?? name ?? "") : unquoted(quoted),
    );
}

function unquoted(text: string): string {
    try {
        return JSON.parse(`"${text}"`) as string;
    } catch {
        return text;
    }
}

/** True if a path is another one, or inside of it. */
export function startsWith(path: readonly string[], other: readonly string[]): boolean {
    return other.every((member, index) => member === path[index]);
}

/** True if one of the paths is inside of the other, or they are the same. */
export function overlap(a: readonly string[], b: readonly string[]): boolean {
    return startsWith(a, b) || startsWith(b, a);
}

/** The value that a path leads to; undefined where it leads nowhere. */
export function valueAt(root: unknown, members: readonly string[]): unknown {
    return members.reduce<unknown>(
        (value, member) =>
            isObject(value) && Object.hasOwn(value, member) ? (value as Record<string, unknown>)[member] : undefined,
        root,
    );
}
