import type { Request } from "../inputs/request";
import type { AwsCallError } from "../model/errors";
import type { FindingCode, FindingKind, FixSource } from "../model/findings";
import type { SettingName, Settings } from "../model/settings";

/** When the checks are made: in a preview, or right before the request. */
export type Phase = "preview" | "update";

/** The circumstances of the checks. */
export interface CheckInput {
    request: Request;
    phase: Phase;
    /** The parts of the program that may fix a finding before the update; none in an update. */
    fixable?: ReadonlySet<FixSource>;
    now: Date;
}

/** The update that is checked. */
export interface CheckContext extends CheckInput {
    /** False: the engine leaves the resource as it is, so that every finding is about what is already served. */
    willUpdate: boolean;
    /** The settings that the update changes. */
    changes: readonly SettingName[];
    /** The complete settings after the update. */
    target: Settings;
    /** True if a request is sent. */
    isSent: boolean;
}

/** The result of a check. The rest of a finding is in the table of findings, or follows from when it is found. */
export interface Note {
    code: FindingCode;
    /** The problem, with the value. */
    message: string;
    /** The remedy: an imperative sentence. */
    remedy: string;
    /** If it is not the table's. */
    property?: string;
    kind?: FindingKind;
    fixableBy?: readonly FixSource[];
}

/** One note, as the list that a check returns. */
export function note(code: FindingCode, message: string, remedy: string, kind?: FindingKind): Note[] {
    return [{ code, message, remedy, kind }];
}

/** The note that AWS could not be asked. */
export function cannotAsk(code: FindingCode, what: string, answer: { failed: AwsCallError }, remedy: string): Note[] {
    return note(code, `${what} could not be checked: ${answer.failed.message}`, remedy);
}
