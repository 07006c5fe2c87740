import { SECRET } from "../inputs/redaction";
import { ARGUMENT_NAMES } from "../inputs/schema";
import { isJudged } from "../inputs/transformedArguments";
import { containsUnknown, isUnknown } from "../inputs/unknown";
import { REPLACES } from "../inputs/verdict";
import { ADOPTED } from "../model/adoption";
import { OUTPUT_NAMES } from "../model/domainOutputs";
import type { RegisteredInputs } from "./expectedOutputs";

type Args = Record<string, unknown>;

/**
 * A resource as the engine has registered it in a preview, with Pulumi's text for what is unknown. Where the engine will
 * create or update it, these are its inputs, after `ignoreChanges` and transforms, and all else is unknown; where it
 * leaves it as it is, its outputs in the state.
 */
export type Registered = Record<string, unknown>;

/** The properties of a resource that are read of it. */
export const REGISTERED_NAMES: readonly string[] = [
    ...new Set(["id", ...ARGUMENT_NAMES, ...OUTPUT_NAMES, ADOPTED, REPLACES, SECRET]),
];

/**
 * The arguments that are read of every registered resource: those that a judgement, the plan or an output rests on. Of the
 * others, each of which would cost every preview time, only those that the program gives.
 */
export const PREVIEWED_NAMES: readonly string[] = ARGUMENT_NAMES.filter((name) => isJudged([name]) || name === "wait");

/** What the engine will do with a resource. */
export type EngineAction = "none" | "adopt" | "update" | "replace";

export function engineAction(registered: Registered, args: Args): EngineAction {
    // `status` is an output alone: of a resource that the engine will create or update, it is not known.
    if (!isUnknown(registered.status) || isLeftOut(registered, args)) {
        return "none";
    }
    if (!isUnknown(registered.id)) {
        return "update";
    }
    return isTold(registered[REPLACES]) ? "replace" : "adopt";
}

/** The domain that a replacement puts the former settings back on, if it does. */
export function restoredDomain({ [REPLACES]: marker }: Registered): string | undefined {
    return isTold(marker) && typeof marker === "string" ? marker : undefined;
}

function isTold(marker: unknown): boolean {
    return marker !== undefined && !isUnknown(marker);
}

/** Whether the engine creates no such resource in this run, since `--target` or `--exclude` leave it out: it then returns not even the inputs. */
export function isLeftOut(registered: Registered, args: Args): boolean {
    return isUnknown(registered.domain) && args.domain !== undefined && !isUnknown(args.domain);
}

/** The inputs of a resource that the engine will act on. Unknown is only what the program gives as unknown; all else is missing. */
export function registeredInputs(registered: Registered, args: Args): RegisteredInputs {
    return Object.fromEntries(
        ARGUMENT_NAMES.map((name) => [name, registered[name]]).filter(
            ([name, value]) => value !== undefined && (!isUnknown(value) || containsUnknown(args[name as string])),
        ),
    );
}
