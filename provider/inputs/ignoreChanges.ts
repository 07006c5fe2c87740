import { ARGUMENT_PATH, SETTING_NAMES, type SettingName, type Settings } from "../model/settings";
import { differingPaths } from "./differingPaths";

/** The settings in which what is desired differs from what was observed by nothing that `ignoreChanges` does not cover. */
export function ignoredSettings(
    ignoreChanges: readonly string[],
    desired: Settings,
    observed: Settings,
): SettingName[] {
    return SETTING_NAMES.filter((setting) =>
        differingPaths(desired[setting], observed[setting], ARGUMENT_PATH[setting]).every((path) =>
            isIgnored(path, ignoreChanges),
        ),
    );
}

/** Whether the argument at this path is one of those in the resource option `ignoreChanges`, or lies inside of one. */
export function isIgnored(path: string, ignoreChanges: readonly string[]): boolean {
    const parts = partsOf(path);
    return ignoreChanges.map(partsOf).some((ignored) => isWithin(parts, ignored));
}

/** Whether `ignoreChanges` has the argument at this path, or something inside of it. */
export function mayIgnore(path: string, ignoreChanges: readonly string[]): boolean {
    const parts = partsOf(path);
    return ignoreChanges.map(partsOf).some((ignored) => isWithin(parts, ignored) || isWithin(ignored, parts));
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
