import type { AwsCallError } from "../model/errors";
import type { FindingKind } from "../model/findings";
import type { FindingCode, FixSource } from "../model/findingTable";

/** What a check reports; the rest of a finding is in the table of findings, or follows from when it is found. */
export interface Note {
    code: FindingCode;
    /** What is wrong, with the value. */
    message: string;
    /** What to do: an imperative sentence. */
    remedy: string;
    /** If it is not the table's. */
    kind?: FindingKind;
    fixableBy?: readonly FixSource[];
}

/** AWS could not be asked. */
export function cannotAsk(
    code: FindingCode,
    what: string,
    { failed }: { failed: AwsCallError },
    remedy: string,
    kind: FindingKind,
): Note {
    return { code, kind, message: `${what} could not be checked: ${failed.message}`, remedy };
}
