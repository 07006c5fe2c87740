import { isDeepStrictEqual } from "node:util";
import { ownArguments } from "../inputs/arguments";
import { ignoredSettings } from "../inputs/ignoreChanges";
import { haveSameSecrets } from "../inputs/redaction";
import { resourceOptionsIn } from "../inputs/resourceOptions";
import { notPreflighted, transformedPaths } from "../inputs/transformedArguments";
import { containsUnknown } from "../inputs/unknown";
import { findingsThatStand, isVerdict, observedFor, type Verdict } from "../inputs/verdict";
import { needsCorrection } from "../model/drift";
import { type Finding, isFailing } from "../model/findings";
import { type SettingsArguments, settingsOf } from "../model/settings";

/** What of a verdict is about these inputs. */
export interface VerdictResult {
    /** Fails the check. */
    failing: Finding[];
    /** Does not. */
    others: Finding[];
    /** Whether the engine leaves the resource as it is, as far as its inputs tell. */
    isUnchanged: boolean;
}

/**
 * What of the verdict stands for the inputs that the engine hands over. Takes whatever JSON can hold.
 * @param olds The inputs in the state; empty where the resource is to be created.
 */
export function applyVerdict(
    verdict: unknown,
    inputs: Record<string, unknown>,
    olds: Record<string, unknown>,
): VerdictResult {
    if (!isVerdict(verdict) || !verdict.args) {
        return { failing: [], others: [], isUnchanged: false };
    }
    const { args, strict, ignoreChanges } = verdict;
    const isNew = Object.keys(olds).length === 0;
    const isLeft = hasSameInputs(inputs, olds) && !isCorrected(verdict, inputs);
    const findings = isLeft ? verdict.ifUnchanged : verdict.findings;
    const all = [
        ...findingsThatStand(findings, args, inputs),
        ...notPreflighted(transformedPaths(args, inputs, ignoreChanges, isNew)),
    ];
    const isFailure = (finding: Finding) => isFailing(finding, strict, inputs.preflight);
    return {
        failing: all.filter(isFailure),
        others: all.filter((finding) => !isFailure(finding)),
        isUnchanged: isLeft,
    };
}

/**
 * Whether the engine will find nothing to do: `check` sees the inputs of last time, which are what `diff` will find in the
 * outputs, but after an update that did not end well.
 */
function hasSameInputs(inputs: Record<string, unknown>, olds: Record<string, unknown>): boolean {
    return (
        !containsUnknown(inputs) &&
        haveSameSecrets(inputs, olds) &&
        isDeepStrictEqual(resourceOptionsIn(inputs), resourceOptionsIn(olds)) &&
        isDeepStrictEqual(ownArguments(inputs), ownArguments(olds)) &&
        isDeepStrictEqual(settingsOf(inputs as SettingsArguments), settingsOf(olds as SettingsArguments))
    );
}

/**
 * Whether `onDrift: "correct"` holds: where only `ignoreChanges` or a transform says so, the update's program would not look,
 * and neither may the preview act on it.
 */
export function corrects({ args }: Verdict, inputs: Record<string, unknown>): boolean {
    return inputs.onDrift === "correct" && (args === undefined || args.onDrift === "correct");
}

/** Whether an unchanged resource is updated all the same, since its domain was changed outside of Pulumi. */
function isCorrected(verdict: Verdict, inputs: Record<string, unknown>): boolean {
    const { ignoreChanges } = verdict;
    const observed = observedFor(verdict, inputs);
    const settings = settingsOf(inputs as SettingsArguments);
    return (
        corrects(verdict, inputs) &&
        observed !== undefined &&
        needsCorrection(observed, settings, settings, ignoredSettings(ignoreChanges, settings, observed.settings))
    );
}
