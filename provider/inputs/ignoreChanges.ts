import { ARGUMENT_PATH, SETTING_NAMES, type SettingName } from "../model/settings";

/** The settings that some paths of the resource option `ignoreChanges` cover, wholly or in part. */
export function ignoredSettings(ignoreChanges: readonly string[]): SettingName[] {
    const ignored = ignoreChanges.map(partsOf);
    return SETTING_NAMES.filter((setting) => ignored.some((path) => overlap(path, partsOf(ARGUMENT_PATH[setting]))));
}

/** Whether some of the paths is about this top-level argument. */
export function isIgnored(argument: string, ignoreChanges: readonly string[]): boolean {
    return ignoreChanges.some((path) => overlap(partsOf(path), [argument]));
}

/** `customDomainConfig["certificateArn"]` -> customDomainConfig, certificateArn. */
function partsOf(path: string): string[] {
    return path.match(/[^.[\]"]+/g) ?? [];
}

/** Whether one path leads to, or through, the end of the other. */
function overlap(a: string[], b: string[]): boolean {
    const length = Math.min(a.length, b.length);
    return a.slice(0, length).every((part, index) => part === "*" || part === b[index]);
}
