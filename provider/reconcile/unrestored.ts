import { isDeletedWith, isReplacedWith } from "../inputs/resourceOptions";
import { namesIn } from "../model/settings";
import { argumentPaths, describeSettings } from "../model/settingsText";
import type { Engine } from "./engine";
import type { RestorePlan } from "./restore";

/** Says what a restore will leave as it is. */
export function warnOfUnrestored(domain: string, plan: RestorePlan, engine: Engine): void {
    if (plan.stillManaged.length > 0) {
        const isAll = namesIn(plan.original).length === 0;
        const what = isAll ? "nothing was restored" : `not restored: ${argumentPaths(plan.stillManaged)}`;
        const before = namesIn(plan.kept).length > 0 ? ` (${describeSettings(plan.kept)} before this resource)` : "";
        engine.warn(
            `${domain}: ${what}: the program still manages ${isAll ? "the domain" : "that"}, as far as it is known yet${before}`,
        );
    }
    if (plan.irremovable.length > 0) {
        engine.warn(
            `${domain}: left as it is: ${argumentPaths(plan.irremovable)}. It was not set before this resource, and the API cannot take it away`,
        );
    }
}

/**
 * Why a delete must not write to the domain, whatever there is to restore; undefined where it may.
 * @param isLeft Whether the program moves the resource to another domain.
 */
export async function reasonToLeave(
    outputs: Record<string, unknown>,
    { original }: RestorePlan,
    isLeft: boolean,
    engine: Engine,
): Promise<string | undefined> {
    if (isLeft) {
        return isDeletedWith(outputs)
            ? "the program has moved away from it, and its owner may be replacing it (deletedWith)"
            : undefined;
    }
    return isReplacedWith(outputs) && (await engine.runsProgram())
        ? `with replaceWith, Pulumi does not tell a replacement from the end of this resource. If the program no longer has it, put back by hand what there was before it: ${describeSettings(original)}`
        : undefined;
}
