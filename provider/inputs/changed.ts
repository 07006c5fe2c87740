import { isDeepStrictEqual } from "node:util";
import { isObject } from "../model/objects";
import { ARGUMENT_PATH, SETTING_NAMES, type SettingName } from "../model/settings";
import { NON_SETTING_ARGUMENTS, REASONS } from "./arguments";
import { isIgnored, programIn } from "./programFacts";
import { membersOf, overlap, valueAt } from "./propertyPath";
import { secretSettings } from "./secrets";
import { containsUnknown, isUnknown, UNKNOWN } from "./unknown";

type Props = Record<string, unknown>;

/** The hidden input in which `check` tells create, update and the program what the program changed. */
export const CHANGED = "__changed";

/** The hidden input of a refresh that replaced inputs by what AWS has: the program's last values, by setting. */
export const ASKED = "__asked";

/**
 * The program's changes since the last time: each setting with its old value, or `{}` if it had none, or is or was secret.
 * Whatever depends on an unknown value is UNKNOWN itself: only then does `up --plan` accept that it turns out otherwise.
 */
export type Changed = { [name in SettingName]?: { from?: unknown } | typeof UNKNOWN } & {
    /** Other arguments whose values differ: `onDelete`, `waitTimeoutSeconds`, ...; `secrets`: other arguments are secret. */
    arguments?: string[] | typeof UNKNOWN;
    /** The settings that were secret and are not any more: their old values stay hidden. */
    declassified?: SettingName[];
    /** The id of the resource that this one replaces. */
    replaces?: string;
    /** Inputs are not known yet, so that there may turn out to be no update. */
    hasUnknown?: typeof UNKNOWN;
};

/** The reasons for an update, or for a replacement, apart from the settings. */
const OTHER_REASONS: readonly string[] = ["userPoolId", "domain", "region", "secrets", ...REASONS];

/** The differences between the program's inputs and those in the state. Pure; takes whatever JSON can hold. */
export function changedBetween(inputs: Props, olds: Props): Changed {
    const { ignoreChanges } = programIn(inputs);
    const isNew = Object.keys(olds).length === 0;
    const secrets = [...programIn(inputs).secret, ...programIn(olds).secret].map(membersOf);
    const asked = isObject(olds[ASKED]) ? (olds[ASKED] as Props) : {};
    const changed: Changed = {};
    for (const name of SETTING_NAMES) {
        const path = membersOf(ARGUMENT_PATH[name]);
        const [value, old] = [settingAt(inputs, path), settingAt(olds, path)];
        const from = name in asked ? asked[name] : old;
        const isSame = isDeepStrictEqual(value, old) && isDeepStrictEqual(value, from);
        if (isSame || (!isNew && isIgnored(ARGUMENT_PATH[name], ignoreChanges))) {
            continue;
        }
        if (containsUnknown(value)) {
            changed[name] = UNKNOWN;
            continue;
        }
        const isSecret = secrets.some((secret) => overlap(secret, path));
        changed[name] = from === undefined || isUnknown(from) || isSecret ? {} : { from };
    }
    const others = isNew ? [] : otherChanges(inputs, olds);
    const secret = secretSettings(inputs);
    const declassified = secretSettings(olds).filter((name) => !secret.includes(name));
    return {
        ...changed,
        ...(others.length > 0
            ? { arguments: others.some((it) => containsUnknown(inputs[it])) ? UNKNOWN : others }
            : {}),
        ...(declassified.length > 0 ? { declassified } : {}),
        ...(containsUnknown(inputs) ? { hasUnknown: UNKNOWN } : {}),
    };
}

function otherChanges(inputs: Props, olds: Props): string[] {
    const names = NON_SETTING_ARGUMENTS.filter(
        (name) => !isDeepStrictEqual(inputs[name] ?? undefined, olds[name] ?? undefined),
    );
    return haveSameSecrets(inputs, olds) ? names : [...names, "secrets"];
}

/** True if the same arguments are secret in both: Pulumi would leave in clear, in old outputs, what has become secret. */
export function haveSameSecrets(a: Props, b: Props): boolean {
    return isDeepStrictEqual(new Set(programIn(a).secret), new Set(programIn(b).secret));
}

/** The value of a setting in inputs; unknown if it lies inside something unknown. */
function settingAt(props: Props, path: readonly string[]): unknown {
    for (let length = 1; length < path.length; length++) {
        const outer = valueAt(props, path.slice(0, length));
        if (isUnknown(outer)) {
            return outer;
        }
    }
    return valueAt(props, path) ?? undefined;
}

/** The settings that the program changed, new and dropped ones included. */
export function settingsChanged(changed: Changed): SettingName[] {
    return SETTING_NAMES.filter((name) => name in changed);
}

/** The value that a setting had in the program, if `changed` has it. */
export function oldValue(name: SettingName, changed: Changed): unknown {
    const change = changed[name];
    return isObject(change) ? change.from : undefined;
}

/** True if the engine updates the resource for what the program changed. */
export function isReason(changed: Changed): boolean {
    return (
        changed.hasUnknown !== undefined ||
        settingsChanged(changed).length > 0 ||
        (Array.isArray(changed.arguments) && changed.arguments.some((name) => OTHER_REASONS.includes(name)))
    );
}

/** The changes that `check` added to some inputs; none for inputs that no check has seen. */
export function changedIn(inputs: Props): Changed {
    const changed = inputs[CHANGED];
    return isObject(changed) ? (changed as Changed) : {};
}
