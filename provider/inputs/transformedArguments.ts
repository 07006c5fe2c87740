import type { Finding } from "../model/findings";
import { differingPaths } from "./differingPaths";
import { isIgnored } from "./ignoreChanges";
import { ARGUMENT_NAMES } from "./schema";

type Args = Record<string, unknown>;

/** The arguments that say how an update goes about its work: a preflight judges nothing by them. */
const NOT_JUDGED = ["preflight", "wait", "waitTimeoutSeconds", "onDrift", "onFailure", "onDelete"];

/**
 * The paths of the arguments that a transform has given other values than the program: the preflight has not seen these.
 * @param judged The arguments as the program gives them.
 * @param inputs The inputs as the engine has them.
 * @param ignoreChanges The resource option of that name; of a resource that is created, it has no effect.
 */
export function transformedPaths(
    judged: Args,
    inputs: Args,
    ignoreChanges: readonly string[],
    isNew: boolean,
): string[] {
    return ARGUMENT_NAMES.flatMap((name) => differingPaths(judged[name], inputs[name], name)).filter(
        (path) => isNew || !isIgnored(path, ignoreChanges),
    );
}

/** Whether a judgement, or the plan, rests on the argument at one of the paths. */
export function isJudged(paths: readonly string[]): boolean {
    return paths.some((path) => !NOT_JUDGED.includes(path));
}

/** The warning that these values were not judged; none where nothing is judged by them. */
export function notPreflighted(paths: readonly string[]): Finding[] {
    const [property] = paths;
    return property !== undefined && isJudged(paths)
        ? [
              {
                  code: "not-preflighted",
                  property,
                  ground: "unseen",
                  severity: "warning",
                  message: `not preflighted, since a transform gives other values than the program: ${paths.join(", ")}`,
                  remedy: "Give these values in the program to have them checked in previews; the update checks them in any case",
              },
          ]
        : [];
}
