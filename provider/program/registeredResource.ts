import { CHANGED, type Changed, changedIn } from "../inputs/changed";
import { ARGUMENT_NAMES } from "../inputs/schema";
import { containsUnknown, isUnknown } from "../inputs/unknown";
import type { Action } from "../plan/plan";

type Props = Record<string, unknown>;

/** The engine's action: unknown outputs show that it acts; without an id, the resource is new. */
export function actionOf(registered: Props): Action {
    if (!isUnknown(registered.status)) {
        return "none";
    }
    if (!isUnknown(registered.id)) {
        return "update";
    }
    return knownChanged(registered).replaces ? "replace" : "adopt";
}

export function knownChanged(registered: Props): Changed {
    return changedIn({ [CHANGED]: isUnknown(registered[CHANGED]) ? {} : registered[CHANGED] });
}

/**
 * The inputs as the engine has them. If it acts, they are known, except for what the program gives as unknown; the rest that is
 * unknown are outputs. If it does not, these are the state's outputs: settings that the program does not name are AWS's.
 */
export function finalInputs(registered: Props, args: Props, action: Action): Props {
    const entries = ARGUMENT_NAMES.map((name): [string, unknown] => [
        name,
        name in registered ? registered[name] : args[name],
    ]);
    const given = entries.filter(([name, value]) =>
        action === "none"
            ? args[name] !== undefined
            : value !== undefined && (!isUnknown(value) || containsUnknown(args[name])),
    );
    if (action !== "none") {
        return Object.fromEntries(given);
    }
    // Within an object, such as customDomainConfig, the state has AWS's values of members that the program does not name.
    return Object.fromEntries(given.map(([name, value]) => [name, limitedTo(args[name], value)]));
}

function limitedTo(shape: unknown, value: unknown): unknown {
    const areObjects = [shape, value].every((it) => typeof it === "object" && it !== null && !Array.isArray(it));
    return areObjects
        ? Object.fromEntries(
              Object.entries(shape as Props).map(([name, member]) => [name, limitedTo(member, (value as Props)[name])]),
          )
        : value;
}
