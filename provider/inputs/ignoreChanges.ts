/** Whether the argument at this path is one of those in the resource option `ignoreChanges`, or lies inside of one. */
export function isIgnored(path: string, ignoreChanges: readonly string[]): boolean {
    const parts = partsOf(path);
    return ignoreChanges.map(partsOf).some((ignored) => isWithin(parts, ignored));
}

/** `customDomainConfig["certificateArn"]` -> customDomainConfig, certificateArn. */
function partsOf(path: string): string[] {
    return path.match(/[^.[\]"]+/g) ?? [];
}

function isWithin(path: string[], outer: string[]): boolean {
    return (
        outer.length > 0 && outer.every((part, index) => index < path.length && (part === "*" || part === path[index]))
    );
}
