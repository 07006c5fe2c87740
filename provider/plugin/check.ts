import { ignoredSettings } from "../inputs/ignoreChanges";
import { redact, redactProblem } from "../inputs/redaction";
import { validate } from "../inputs/schema";
import { isJudged, transformedPaths } from "../inputs/transformedArguments";
import { applyVerdict, isFailing, isVerdict, standing, type Verdict, type VerdictResult } from "../inputs/verdict";
import { driftOf, type ObservedState } from "../model/drift";
import { formatFinding } from "../model/findings";
import { differences, pick, type SettingName, type SettingsArguments, settingsOf } from "../model/settings";
import { describeSetting, settingText } from "../model/settingsText";

type Props = Record<string, unknown>;

/** What `check` has to say about some inputs. */
export interface CheckOutcome {
    /** Why they are refused; empty where they are not. */
    failures: string[];
    /** Worth a message, and no failure. */
    notes: string[];
    /** What `diff` goes by, beyond the inputs; undefined where there is nothing. */
    correction?: Correction;
}

/** Why `diff` may have to say something else than its inputs alone tell. */
export interface Correction {
    /** With `onDrift: "correct"`: what AWS was seen to have, and which settings of it are nobody's business here. */
    drift?: { observed: ObservedState; ignored: SettingName[] };
    /** Why the inputs, which are those of last time, would be refused all the same where an update goes on with them. */
    refusal?: string;
}

/** Offline: shapes, enumerations, contradictions, and what the preflight in the program has found. Pure. */
export function checkInputs(verdict: unknown, inputs: Props, olds: Props): CheckOutcome {
    const problems = validate(inputs);
    const problemLines = problems.map((problem) => redactProblem(problem, inputs));
    if (!isVerdict(verdict)) {
        return { failures: problemLines, notes: [] };
    }
    const result = applyVerdict(verdict, inputs, olds);
    const { failing, others, isUnchanged } = result;
    const isRefused = problems.length + failing.length > 0;
    const lines = [
        ...problemLines.map((line) => `error: ${line}`),
        ...failing.map((finding) => `${finding.severity}: ${formatFinding(finding)}`),
        ...others.map((finding) => `${finding.severity}: ${formatFinding(finding)}`),
    ];
    const names = [...problems.map(({ property }) => property), ...failing.map(({ code }) => code)];
    return {
        failures: isRefused
            ? [verdict.isListed ? `${names.join(", ")}: see the list above` : failureOf(lines, verdict)]
            : [],
        notes: [...transformNotes(verdict, inputs, olds, result), ...undoneDrift(verdict, inputs, olds)].map((note) =>
            redact(note, [inputs, olds]),
        ),
        correction: correctionOf(verdict, inputs, isUnchanged),
    };
}

/**
 * What a transform gives, where the program does not say so: of a resource that is not updated it does not see the inputs,
 * nor of any the arguments that nothing is judged by.
 */
function transformNotes(
    { resource, args, ignoreChanges }: Verdict,
    inputs: Props,
    olds: Props,
    { others, isUnchanged }: VerdictResult,
): string[] {
    const paths = args ? transformedPaths(args, inputs, ignoreChanges, Object.keys(olds).length === 0) : [];
    if (paths.length > 0 && !isJudged(paths)) {
        return [`${resource}: not preflighted, since a transform gives it: ${paths.join(", ")}`];
    }
    const finding = isUnchanged ? others.find(({ code }) => code === "not-preflighted") : undefined;
    return finding ? [`${resource}: ${formatFinding(finding)}`] : [];
}

function correctionOf(verdict: Verdict, inputs: Props, isUnchanged: boolean): Correction | undefined {
    const { observed, ignoreChanges, findings, args, strict } = verdict;
    const desired = settingsOf(inputs as SettingsArguments);
    const drift =
        inputs.onDrift === "correct" && observed
            ? { observed, ignored: ignoredSettings(ignoreChanges, desired, observed.settings) }
            : undefined;
    const failing = standing(findings, args ?? {}, inputs).filter((it) => isFailing(it, strict, inputs.preflight));
    const refusal =
        isUnchanged && failing.length > 0
            ? failureOf(
                  failing.map((finding) => `${finding.severity}: ${formatFinding(finding)}`),
                  verdict,
              )
            : undefined;
    return drift || refusal !== undefined ? { drift, refusal } : undefined;
}

/** One sentence, or a list. */
function failureOf(lines: string[], { strict }: Verdict): string {
    const [first = "", ...more] = lines;
    const isForStrict = strict && !lines.some((line) => line.startsWith("error:"));
    if (more.length === 0 && !isForStrict) {
        return first.replace(/^error: /, "");
    }
    const heading = isForStrict ? "warnings fail this preview, which is strict:" : `${lines.length} findings:`;
    return [heading, ...lines.map((line) => `  - ${line}`)].join("\n");
}

/** What an update would undo of somebody else's. */
function undoneDrift({ observed, ignoreChanges }: Verdict, inputs: Props, olds: Props): string[] {
    if (!observed || Object.keys(olds).length === 0) {
        return [];
    }
    const desired = settingsOf(inputs as SettingsArguments);
    const lastApplied = settingsOf(olds as SettingsArguments);
    const isUpdate = inputs.onDrift === "correct" || differences(lastApplied, desired).length > 0;
    const ignored = ignoredSettings(ignoreChanges, lastApplied, observed.settings);
    const drift = driftOf(lastApplied, lastApplied, observed.settings).filter((name) => !ignored.includes(name));
    const undone = differences(observed.settings, pick(desired, drift));
    const texts = undone.map(
        (name) => `${describeSetting(name, observed.settings)}, where Pulumi had set ${settingText(name, lastApplied)}`,
    );
    return isUpdate && texts.length > 0
        ? [`${inputs.domain} was changed outside of Pulumi: ${texts.join("; ")}. This update undoes it.`]
        : [];
}
