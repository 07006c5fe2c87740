import { refusalOf, renderFindings, type Subject } from "./findingsText";
import type { Inspection } from "./inspect";
import type { PreviewRun } from "./previewRun";

/**
 * Waits until all preflights that have begun are through: none of those waits for another resource. The engine stops at
 * the first resource that fails its check: so that one says what was found of the others, too.
 * @returns The other resources that fail the preview if the engine creates or updates them, each with its findings.
 */
export async function otherRefusals(
    { refused, inFlight }: PreviewRun,
    number: number,
    subject: Subject,
    work: Promise<Inspection>,
): Promise<string[]> {
    const noted = work.then((inspection) => {
        const refusal = refusalOf(subject, inspection);
        if (refusal) {
            refused.set(number, renderFindings(subject, refusal) ?? subject.name);
        }
    });
    inFlight.add(noted);
    await noted;
    // Resources made at the same time have begun after this.
    await new Promise(setImmediate);
    await Promise.all(inFlight);
    return [...refused].flatMap(([other, text]) => (other === number ? [] : [text]));
}
