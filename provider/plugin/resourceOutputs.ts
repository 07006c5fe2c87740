import { ownArguments } from "../inputs/arguments";
import { SECRET, secretPathsIn } from "../inputs/redaction";
import { type ResourceOptions, resourceOptionsIn } from "../inputs/resourceOptions";
import { ACCOUNT } from "../model/accounts";
import { ADOPTED, type Adoption, adoptedIn } from "../model/adoption";
import { type DomainOutputs, type DomainState, domainOutputs } from "../model/domainOutputs";
import { argumentsOf, differences, pick, type Settings, type SettingsArguments, settingsOf } from "../model/settings";
import type { Outcome } from "../reconcile/operation";

/** The resource's outputs, and so what its state holds. */
export interface Outputs extends DomainOutputs, ResourceOptions {
    [ADOPTED]?: Adoption;
    [ACCOUNT]?: string;
    [UNVERIFIED]?: Unverified;
    /** For delete and refresh, which see outputs only. */
    [SECRET]?: string[];
}

/** Set where an update did not end well, or its verification is missing: the next one has to look again, after a refresh too. */
const UNVERIFIED = "__unverified";

/** What is missing of an earlier update: its end, or only the verification that what is in force works. */
export type Unverified = true | "verification";

export function unverifiedIn(outputs: object): Unverified | undefined {
    const { [UNVERIFIED]: recorded } = outputs as { [UNVERIFIED]?: unknown };
    // States from before this word say "proof".
    const unverified = recorded === "proof" ? "verification" : recorded;
    return unverified === true || unverified === "verification" ? unverified : undefined;
}

/** Whether an update only repeats a verification: then it undoes nothing that somebody has changed since, unless the program asks for it. */
export function leavesDrift(outputs: object, inputs: SettingsArguments & { onDrift?: unknown }): boolean {
    const asks = settingsOf(inputs);
    const asksForNothingElse = differences(settingsOf(outputs as SettingsArguments), asks).length === 0;
    return unverifiedIn(outputs) === "verification" && asksForNothingElse && inputs.onDrift !== "correct";
}

/**
 * What an update that did not end well has left open. The settings may have been seen in force, and not to work; what was rolled
 * back needs no verification.
 */
export function unverifiedBy(
    { problem, isPending, observed }: Pick<Outcome, "problem" | "isPending" | "observed">,
    desired: Settings,
): Unverified | undefined {
    if (!problem) {
        return undefined;
    }
    if (isPending || (problem.kind !== "notServed" && problem.kind !== "unverified")) {
        return true;
    }
    return differences(observed, desired).length === 0 ? "verification" : undefined;
}

/** What the provider keeps of the last operation, beside the restore point. */
export interface Remembered {
    accountId?: string;
    unverified?: Unverified;
}

/** The outputs: the program's own arguments (read and delete see nothing else of them), and the domain. */
export function outputsOf(
    args: Record<string, unknown>,
    state: DomainState,
    adoption: Adoption,
    { accountId, unverified }: Remembered = {},
): Outputs {
    return {
        ...ownArguments(args),
        ...domainOutputs(state),
        [ADOPTED]: adoption,
        ...(accountId ? { [ACCOUNT]: accountId } : {}),
        ...(unverified ? { [UNVERIFIED]: unverified } : {}),
        ...internalsOf(args),
    };
}

/** The inputs that are no arguments. */
function internalsOf(props: object): Pick<Outputs, typeof SECRET> & ResourceOptions {
    const paths = secretPathsIn({ ...props });
    return {
        ...(paths.length > 0 ? { [SECRET]: paths } : {}),
        ...resourceOptionsIn(props),
    };
}

/** The inputs that fit the outputs: the program's own arguments, and of the settings only those that it manages. */
export function inputsOf(outputs: Outputs): Record<string, unknown> {
    const { managed } = adoptedIn(outputs);
    return {
        ...ownArguments({ ...outputs }),
        ...argumentsOf(pick(settingsOf(outputs), managed)),
        ...internalsOf(outputs),
    };
}
