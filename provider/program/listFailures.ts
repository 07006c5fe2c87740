import { mayIgnore } from "../inputs/ignoreChanges";
import { refusalOf, renderFindings, type Subject } from "./findingsText";
import type { Inspection } from "./inspect";
import { logBeforeChecks } from "./previewLog";
import type { PreviewRun } from "./previewRun";

/**
 * Waits until all preflights that have begun are through: none of those waits for another resource. The engine stops at
 * the first resource that fails its check: so where several will, all of them are logged before.
 * @returns Whether this one is among those that were logged.
 */
export async function listFailures(
    run: PreviewRun,
    number: number,
    subject: Subject,
    ignoreChanges: string[],
    work: Promise<Inspection>,
): Promise<boolean> {
    const noted = work.then((inspection) => {
        const refusal = refusalOf(subject, inspection);
        if (refusal && refusalOf(subject, withoutIgnorable(inspection, ignoreChanges))) {
            run.refused.set(number, renderFindings(subject, refusal) ?? subject.name);
        }
    });
    run.inFlight.add(noted);
    await noted;
    // Resources made at the same time have begun after this.
    await new Promise(setImmediate);
    await Promise.all(run.inFlight);
    list(run);
    const listed = run.listed.get(number);
    await listed;
    return listed !== undefined;
}

/** Without what is about arguments that `ignoreChanges` may keep as they are in the state: the engine alone knows. */
function withoutIgnorable(inspection: Inspection, ignoreChanges: string[]): Inspection {
    const counts = ({ property }: { property: string }) => !mayIgnore(property, ignoreChanges);
    return {
        ...inspection,
        problems: inspection.problems.filter(counts),
        findings: inspection.findings.filter(counts),
        ifUnchanged: inspection.ifUnchanged.filter(counts),
        perhapsDrifted: inspection.perhapsDrifted?.filter(counts),
    };
}

/** Logs those that will fail and are not logged yet; a single one says all by its own failure. */
function list({ refused, listed }: PreviewRun): void {
    const news = [...refused].filter(([number]) => !listed.has(number));
    if (news.length > 1) {
        const texts = news.map(([, text]) => text);
        const delivered = logBeforeChecks([`${news.length} resources have findings:`, ...texts].join("\n"));
        for (const [number] of news) {
            listed.set(number, delivered);
        }
    }
}
