import { ignoredSettings } from "../inputs/ignoreChanges";
import { redact, redactProblem } from "../inputs/redaction";
import { validate } from "../inputs/schema";
import { isJudged, transformedPaths } from "../inputs/transformedArguments";
import { findingsThatStand, isVerdict, observedFor, type Verdict } from "../inputs/verdict";
import type { ObservedState } from "../model/drift";
import { formatFinding, formatWithSeverity, isFailing } from "../model/findings";
import { plainLines } from "../model/plainText";
import { type SettingName, type SettingsArguments, settingsOf } from "../model/settings";
import { applyVerdict, corrects, type VerdictResult } from "./applyVerdict";

type Props = Record<string, unknown>;

/** What `check` has to say about some inputs. */
export interface CheckOutcome {
    /** Why they are refused; empty where they are not. */
    failures: string[];
    /** Worth a message, and no failure. */
    notes: string[];
    /** What `diff` goes by, beyond the inputs; undefined where there is nothing. */
    seen?: Seen;
}

/** What `diff` cannot see by itself. */
export interface Seen {
    /** Whether this is a preview. */
    isPreview?: boolean;
    /** What AWS was seen to have. */
    observed?: ObservedState;
    /** With `onDrift: "correct"`: the settings whose drift is no reason for an update. */
    ignored?: SettingName[];
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
    const lines = [...problemLines.map((line) => `error: ${line}`), ...[...failing, ...others].map(formatWithSeverity)];
    return {
        failures: isRefused ? [failureOf(lines, verdict)] : [],
        notes: transformNotes(verdict, inputs, olds, result).map((note) => redact(note, [inputs, olds])),
        seen: seenOf(verdict, inputs, isUnchanged),
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

function seenOf(verdict: Verdict, inputs: Props, isUnchanged: boolean): Seen {
    const { isPreview, ignoreChanges, findings, args, strict } = verdict;
    const observed = observedFor(verdict, inputs);
    const desired = settingsOf(inputs as SettingsArguments);
    const ignored =
        corrects(verdict, inputs) && observed ? ignoredSettings(ignoreChanges, desired, observed.settings) : undefined;
    const failing = findingsThatStand(findings, args ?? {}, inputs).filter((it) =>
        isFailing(it, strict, inputs.preflight),
    );
    const refusal = isUnchanged && failing.length > 0 ? failureOf(failing.map(formatWithSeverity), verdict) : undefined;
    return { isPreview, observed, ignored, refusal };
}

/** What fails the resource, and what was found of the others: the engine stops here, and does not come to check them. */
function failureOf(lines: string[], verdict: Verdict): string {
    const { others } = verdict;
    const count = others.length === 1 ? "another resource has" : `${others.length} other resources have`;
    const more = others.length > 0 ? [`${count} findings, too:`, ...others.map(plainLines)] : [];
    return [ownFailure(lines, verdict), ...more].join("\n");
}

/** One sentence, or a list. */
function ownFailure(lines: string[], { strict }: Verdict): string {
    const [first = "", ...more] = lines;
    const isForStrict = strict && !lines.some((line) => line.startsWith("error:"));
    if (more.length === 0 && !isForStrict) {
        return first.replace(/^error: /, "");
    }
    const heading = isForStrict ? "warnings fail this preview, which is strict:" : `${lines.length} findings:`;
    return [heading, ...lines.map((line) => `  - ${line}`)].join("\n");
}
