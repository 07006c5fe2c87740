import { changedIn } from "../inputs/changed";
import { ARGUMENT_NAMES } from "../inputs/schema";
import { containsUnknown, isUnknown } from "../inputs/unknown";
import { defined, isObject } from "../model/objects";
import type { Action } from "../plan/plan";

type Props = Record<string, unknown>;

/** The properties that a preview reads of the registered resource, whether the program gives them or not: a transform may. */
export const PREVIEWED = ["userPoolId", "domain", "region", "managedLoginVersion", "customDomainConfig", "routing"];

/** True if `--target` or `--exclude` leaves the resource out: then even what the program knows is unknown. */
export function isExcluded(registered: Props, args: Props): boolean {
    const known = PREVIEWED.filter((it) => args[it] !== undefined && !containsUnknown(args[it]));
    return known.length > 0 && known.every((it) => isUnknown(registered[it]));
}

/** The engine's action: unknown outputs show that it acts; without an id, the resource is new. */
export function actionOf(registered: Props): Action {
    if (!isUnknown(registered.status)) {
        return "none";
    }
    if (!isUnknown(registered.id)) {
        return "update";
    }
    return changedIn(registered).replaces ? "replace" : "adopt";
}

/**
 * The inputs as the engine has them. If it acts, an unknown property that the program does not give is an output; one that it gives
 * may come from a transform. If it does not act, these are the state's outputs: settings that the program does not name are AWS's.
 */
export function finalInputs(registered: Props, args: Props, action: Action): Props {
    const inputs: Props = {};
    for (const name of ARGUMENT_NAMES) {
        const value = name in registered ? registered[name] : args[name];
        if (action === "none") {
            inputs[name] = limitedTo(args[name], value);
        } else if (!isUnknown(value) || args[name] !== undefined) {
            inputs[name] = value;
        }
    }
    return defined(inputs);
}

/** In an object too, such as customDomainConfig, the state has AWS's values of members that the program does not name. */
function limitedTo(shape: unknown, value: unknown): unknown {
    if (!isObject(shape) || !isObject(value) || Array.isArray(value)) {
        return shape === undefined ? undefined : value;
    }
    const members = Object.entries(shape);
    return Object.fromEntries(members.map(([name, member]) => [name, limitedTo(member, (value as Props)[name])]));
}
