import { isDeepStrictEqual } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { driftRefusal, undoneDrift } from "../checks/driftText";
import { ownArguments } from "../inputs/arguments";
import { movedTo } from "../inputs/movedDomain";
import { haveSameSecrets } from "../inputs/redaction";
import { resourceOptionsIn } from "../inputs/resourceOptions";
import { containsUnknown } from "../inputs/unknown";
import { parseId } from "../model/address";
import { adoptedIn } from "../model/adoption";
import { isUnderWay } from "../model/domainStatus";
import { needsCorrection } from "../model/drift";
import { RefusedError } from "../model/errors";
import { differences, namesIn, type SettingsArguments, settingsOf } from "../model/settings";
import type { Seen } from "./check";
import { leavesDrift, unverifiedIn } from "./resourceOutputs";

/**
 * What a program's inputs would change against the outputs of last time. Pure; takes whatever JSON can hold.
 *
 * @throws RefusedError in a preview, where the update goes on with one that did not end well, and its gate will refuse it.
 *
 * With "no changes" the engine keeps the old outputs, and read and delete see outputs only: so an argument that differs
 * from its copy there counts as a change, even where the update will write nothing.
 */
export function diffOf(
    id: string,
    outputs: Record<string, unknown>,
    inputs: Record<string, unknown>,
    seen: Seen = {},
): dynamic.DiffResult {
    const replaces = movedTo(id, inputs);
    const changes = replaces.length > 0 || isChanged(outputs, inputs) || isCorrected(seen, outputs, inputs);
    if (changes && seen.refusal !== undefined) {
        // `check`, which has not seen that the last update did not end well, has let it pass.
        throw new RefusedError(seen.refusal, []);
    }
    const refusal = changes && replaces.length === 0 ? driftRefusalOf(id, outputs, inputs, seen) : undefined;
    if (refusal) {
        throw new RefusedError(refusal, []);
    }
    return { changes, replaces };
}

/** Why the update's gate will refuse it, where only a verification is missing and somebody has changed the domain since. */
function driftRefusalOf(
    id: string,
    outputs: Record<string, unknown>,
    inputs: Record<string, unknown>,
    { observed }: Seen,
): string | undefined {
    const [lastApplied, desired] = [settingsOf(outputs as SettingsArguments), settingsOf(inputs as SettingsArguments)];
    return observed && leavesDrift(outputs, inputs)
        ? driftRefusal(parseId(id).domain, lastApplied, desired, observed)
        : undefined;
}

/** What an update would undo of somebody else's, in words; undefined where nobody looked, or there is nothing. */
export function undoneBy(
    id: string,
    outputs: Record<string, unknown>,
    inputs: Record<string, unknown>,
    { observed }: Seen,
): string | undefined {
    const [lastApplied, desired] = [settingsOf(outputs as SettingsArguments), settingsOf(inputs as SettingsArguments)];
    return observed && undoneDrift(parseId(id).domain, lastApplied, desired, observed);
}

/** Whether an update comes only since the domain was changed outside of Pulumi. */
function isCorrected(
    { observed, ignored }: Seen,
    outputs: Record<string, unknown>,
    inputs: Record<string, unknown>,
): boolean {
    return (
        observed !== undefined &&
        ignored !== undefined &&
        needsCorrection(
            observed,
            settingsOf(inputs as SettingsArguments),
            settingsOf(outputs as SettingsArguments),
            ignored,
        )
    );
}

/**
 * A state of an update that AWS has accepted (`wait: "none"`), or of a refresh during somebody else's, is no reason to send
 * anything again, over what has come since.
 */
function hasSettled({ status }: Record<string, unknown>): boolean {
    return status === "ACTIVE" || isUnderWay(status);
}

function isChanged(outputs: Record<string, unknown>, inputs: Record<string, unknown>): boolean {
    if (containsUnknown(inputs) || !hasSettled(outputs) || unverifiedIn(outputs)) {
        return true;
    }
    const desired = settingsOf(inputs as SettingsArguments);
    return (
        differences(settingsOf(outputs as SettingsArguments), desired).length > 0 ||
        !isDeepStrictEqual(new Set(namesIn(desired)), new Set(adoptedIn(outputs).managed)) ||
        !isDeepStrictEqual(ownArguments(inputs), ownArguments(outputs)) ||
        !isDeepStrictEqual(resourceOptionsIn(inputs), resourceOptionsIn(outputs)) ||
        // Pulumi would leave in clear, in the old outputs, what has become secret.
        !haveSameSecrets(inputs, outputs)
    );
}
