import { isDeepStrictEqual } from "node:util";
import { isObject } from "../model/objects";
import { ARGUMENT_PATH, SETTING_NAMES, type SettingName } from "../model/settings";
import { SECRET } from "../model/settingsText";
import { isIgnored, PROGRAM, programIn } from "./programFacts";
import { membersOf, valueAt } from "./propertyPath";
import { secretSettings } from "./secrets";
import { containsUnknown, UNKNOWN } from "./unknown";

type Props = Record<string, unknown>;

/** The hidden input in which `check` tells create, update and the program what the program changed. */
export const CHANGED = "__changed";

/** The hidden input of a refresh that replaced inputs by what AWS has: the program's last values, by setting. */
export const ASKED = "__asked";

/**
 * The program's changes since the last time: each setting with its old value, `[secret]` if a refresh found another one than a secret's,
 * or `{}`. Whatever depends on an unknown value is UNKNOWN itself: only then does `up --plan` accept any value later.
 */
export type Changed = { [name in SettingName]?: { from?: unknown } | typeof UNKNOWN } & {
    /** There are other reasons for an update. */
    other?: true | typeof UNKNOWN;
    /** The settings that were secret and no longer are: their old values stay hidden. */
    declassified?: SettingName[];
    /** The id of the resource that this one replaces. */
    replaces?: string;
    /** The settings that keep their value in the program, if it replaces one. */
    same?: SettingName[];
    /** Inputs are not known yet, so that there may turn out to be no update. */
    hasUnknown?: typeof UNKNOWN;
};

/** The differences between the program's inputs and those in the state. Pure; takes whatever JSON can hold. */
export function changedBetween(inputs: Props, olds: Props): Changed {
    const { ignoreChanges } = programIn(inputs);
    const isNew = Object.keys(olds).length === 0;
    const [secret, wereSecret] = [secretSettings(inputs), secretSettings(olds)];
    const asked = isObject(olds[ASKED]) ? (olds[ASKED] as Props) : {};
    const changed: Changed = {};
    for (const name of SETTING_NAMES) {
        const path = membersOf(ARGUMENT_PATH[name]);
        const [value, old] = [inputs, olds].map((props) => valueAt(props, path) ?? undefined);
        const from = name in asked ? asked[name] : old;
        const isSame = isDeepStrictEqual(value, old) && isDeepStrictEqual(value, from);
        if (isSame || (!isNew && isIgnored(ARGUMENT_PATH[name], ignoreChanges))) {
            continue;
        }
        const isHidden = from !== SECRET && ([...secret, ...wereSecret].includes(name) || containsUnknown(from));
        const change = from === undefined || isHidden ? {} : { from };
        changed[name] = containsUnknown(value) ? UNKNOWN : change;
    }
    const declassified = wereSecret.filter((name) => !secret.includes(name));
    // If `ignoreChanges` changes, the engine may update the resource because of AWS's values in its outputs.
    const isIgnoringOthers = !isDeepStrictEqual(ignoreChanges, programIn(olds).ignoreChanges);
    const others = isNew ? [] : [...otherReasons(inputs, olds), ...(isIgnoringOthers ? [PROGRAM] : [])];
    const isOtherUnknown = others.some((name) => containsUnknown(inputs[name]));
    return {
        ...changed,
        ...(others.length > 0 ? { other: isOtherUnknown ? UNKNOWN : true } : {}),
        ...(declassified.length > 0 ? { declassified } : {}),
        ...(containsUnknown(inputs) ? { hasUnknown: UNKNOWN } : {}),
    };
}

/** The reasons for an update apart from settings and address. A change of any other argument takes effect with the next update. */
export function otherReasons(inputs: Props, olds: Props): string[] {
    const names = ["onDelete", "aws"].filter(
        (name) => !isDeepStrictEqual(inputs[name] ?? undefined, olds[name] ?? undefined),
    );
    // Otherwise Pulumi would leave a value that has become secret in plain text in the old outputs.
    const [secret, wereSecret] = [inputs, olds].map((props) => new Set(programIn(props).secret));
    return isDeepStrictEqual(secret, wereSecret) ? names : [...names, PROGRAM];
}

/** The value that a setting had in the program, if `changed` has it. */
export function oldValue(name: SettingName, changed: Changed): unknown {
    const change = changed[name];
    return isObject(change) ? change.from : undefined;
}

/** True if the engine updates the resource for what the program changed. */
export function isReason(changed: Changed): boolean {
    return ["hasUnknown", "other", ...SETTING_NAMES].some((name) => name in changed);
}

/** The changes that `check` added to some inputs; none for inputs that no check has seen. */
export function changedIn(inputs: Props): Changed {
    const changed = inputs[CHANGED];
    return isObject(changed) ? (changed as Changed) : {};
}
