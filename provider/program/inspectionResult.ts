import type { Subject } from "./findingsText";
import type { Inspection } from "./inspect";
import type { ReportEntry } from "./report/report";

/** What the preflight of one resource has found, and where what becomes known later is reported. */
export interface Inspected extends Subject {
    /** The resource option of that name. */
    ignoreChanges: string[];
    inspection: Inspection;
    /**
     * Completes the resource's entry in the report.
     * @param secret The paths of the secrets in it, where the state has more of them than the program.
     */
    report(complete: (entry: ReportEntry) => ReportEntry, secret?: readonly string[]): void;
}
