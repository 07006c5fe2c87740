import { renameSync, writeFileSync } from "node:fs";
import type { Report, ReportEntry } from "./report";

/** The environment variable that names the file. */
export const REPORT_FILE = "PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT";

/** Collects what a preview knows, and writes it anew after each resource: the file is whole at every moment. */
export class ReportWriter {
    readonly #entries = new Map<string, ReportEntry>();

    /**
     * @param file Where to write. `{project}` and `{stack}` in it are replaced, so that stacks that are previewed side by
     * side have a file each.
     */
    constructor(
        private readonly file: string,
        private readonly project: string,
        private readonly stack: string,
    ) {}

    /** Puts in what is known of one resource, in place of what was known of it before. */
    put(entry: ReportEntry): void {
        this.#entries.set(entry.name, entry);
        const report: Report = {
            schema: 1,
            project: this.project,
            stack: this.stack,
            resources: [...this.#entries.values()],
        };
        const file = this.file.replaceAll("{project}", this.project).replaceAll("{stack}", this.stack);
        // Another process must never read half a report.
        const unfinished = `${file}.${process.pid}`;
        writeFileSync(unfinished, `${JSON.stringify(report, undefined, 2)}\n`);
        renameSync(unfinished, file);
    }
}
