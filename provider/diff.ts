import { isDeepStrictEqual } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { ownArguments } from "./arguments";
import { addressOf, type DomainAddress, parseId } from "./domain";
import { adoptedIn } from "./outputs";
import { differences, namesIn, type SettingsArguments, settingsOf } from "./settings";
import { containsUnknown, isUnknown } from "./unknown";

/**
 * What a program's inputs would change against the outputs of last time. Pure; takes whatever JSON can hold.
 *
 * With "no changes" the engine keeps the old outputs, and read and delete see outputs only: so an argument that differs
 * from its copy there counts as a change, even where the update will write nothing.
 */
export function diffOf(
    id: string,
    outputs: Record<string, unknown>,
    inputs: Record<string, unknown>,
): dynamic.DiffResult {
    const replaces = movedTo(id, inputs);
    return { changes: replaces.length > 0 || isChanged(outputs, inputs), replaces };
}

function isChanged(outputs: Record<string, unknown>, inputs: Record<string, unknown>): boolean {
    if (containsUnknown(inputs) || outputs.status !== "ACTIVE") {
        return true;
    }
    const wanted = settingsOf(inputs as SettingsArguments);
    return (
        differences(settingsOf(outputs as SettingsArguments), wanted).length > 0 ||
        !isDeepStrictEqual(new Set(namesIn(wanted)), new Set(adoptedIn(outputs).managed)) ||
        !isDeepStrictEqual(ownArguments(inputs), ownArguments(outputs))
    );
}

/** The arguments that now name another domain than the id does. What is not known yet never replaces. */
function movedTo(id: string, inputs: Record<string, unknown>): (keyof DomainAddress)[] {
    const { userPoolId, domain } = inputs;
    const region = inputs.region ?? undefined;
    if (typeof userPoolId !== "string" || isUnknown(userPoolId)) {
        return [];
    }
    let old: DomainAddress;
    try {
        old = parseId(id);
    } catch {
        return [];
    }
    const moved: (keyof DomainAddress)[] = [];
    if (userPoolId !== old.userPoolId) {
        moved.push("userPoolId");
    }
    if (typeof domain === "string" && !isUnknown(domain) && domain !== old.domain) {
        moved.push("domain");
    }
    const isRegionKnown = region === undefined || (typeof region === "string" && !isUnknown(region));
    if (isRegionKnown && addressOf({ userPoolId, domain: "", region }).region !== old.region) {
        moved.push("region");
    }
    return moved;
}
