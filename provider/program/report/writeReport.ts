import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Report, ReportEntry } from "./report";

/** The environment variable that names the file. */
export const REPORT_FILE = "PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT";

/** The file of a report, and the stack that it is about. */
export interface ReportTarget {
    /** The file to write. `{project}` and `{stack}` in it are replaced, so that concurrent previews have a file each. */
    file: string;
    project: string;
    stack: string;
    /** Called once if another program writes that file at the same time, with the file that is written instead. */
    onMoved(file: string): void;
    /** Called once if it cannot be written: a preview does not fail for it. */
    onUnwritable(error: unknown): void;
}

/** Collects the entries of a preview, and rewrites the file after each one: it is complete at every moment. */
export class ReportWriter {
    readonly #entries = new Map<number, ReportEntry>();
    readonly #target: ReportTarget;
    #file: string;
    #isUnwritable = false;

    constructor(target: ReportTarget) {
        this.#target = target;
        const { file, project, stack } = target;
        this.#file = file.replaceAll("{project}", project).replaceAll("{stack}", stack);
    }

    /**
     * Adds or replaces the entry of one resource.
     * @param number Its number in the program: two resources may have one name.
     */
    put(number: number, entry: ReportEntry): void {
        this.#entries.set(number, entry);
        const { project, stack, onMoved } = this.#target;
        const report: Report = { schema: 1, project, stack, resources: [...this.#entries.values()] };
        if (isAnothers(this.#file, report)) {
            const { dir, name, ext } = path.parse(this.#file);
            this.#file = path.join(dir, `${name}.${project}.${stack}${ext}`);
            onMoved(this.#file);
        }
        try {
            write(this.#file, `${JSON.stringify(report, undefined, 2)}\n`);
        } catch (error) {
            if (!this.#isUnwritable) {
                this.#isUnwritable = true;
                this.#target.onUnwritable(error);
            }
        }
    }
}

/** Renames a finished file: another process must never read half a report. */
function write(file: string, text: string): void {
    mkdirSync(path.dirname(file), { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, text);
    renameSync(unfinished, file);
}

/** True if a program for another project or stack, which runs at the same time, has written this file. */
function isAnothers(file: string, report: Report): boolean {
    try {
        const startedMs = Date.now() - process.uptime() * 1000;
        if (statSync(file).mtimeMs < startedMs) {
            return false;
        }
        const { project, stack } = JSON.parse(readFileSync(file, "utf8")) as Partial<Report>;
        return project !== report.project || stack !== report.stack;
    } catch {
        // No file, or no report: nothing is lost.
        return false;
    }
}
