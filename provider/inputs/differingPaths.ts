import { isDeepStrictEqual } from "node:util";

/**
 * The paths, as `customDomainConfig.certificateArn`, at which two values differ. A list counts as one value; a null, which
 * JavaScript programs and JSON have, as left out.
 */
export function differingPaths(a: unknown, b: unknown, path = ""): string[] {
    if (!isRecord(a ?? {}) || !isRecord(b ?? {}) || (!isRecord(a) && !isRecord(b))) {
        return isDeepStrictEqual(a ?? undefined, b ?? undefined) ? [] : [path];
    }
    const members = [a, b].map((it) => (it ?? {}) as Record<string, unknown>);
    const names = new Set(members.flatMap((it) => Object.keys(it)));
    return [...names].flatMap((name) => {
        const [inA, inB] = members.map((it) => it[name]);
        return differingPaths(inA, inB, path ? `${path}.${name}` : name);
    });
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
