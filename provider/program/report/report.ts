import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Finding } from "../../model/findings";

/** The report of a preview, for pipelines. `schema` is the version of its form: members may be added, none changes its meaning. */
export interface Report {
    schema: 1;
    project: string;
    stack: string;
    /** In the order in which the program made them. */
    resources: ReportEntry[];
}

/** The report about one resource. Secret values are `[secret]`. */
export interface ReportEntry {
    /** The resource's name in the program. */
    name: string;
    domain?: string;
    userPoolId?: string;
    /** `refused`: the preview fails for it. `warned`: it has findings. */
    verdict: "ok" | "warned" | "refused";
    /**
     * The engine's action: nothing, adopt the domain, update the resource, or replace it by one for another domain. With
     * `--replace`, the engine tells no more than for a new resource: `adopt`.
     */
    action: "none" | "adopt" | "update" | "replace";
    /** With `replace`, the id of the resource that is replaced, with the domain that it managed: `us-west-2_AbCdEfGhI/login.example.com`. */
    replaces?: string;
    /** The settings that the update will write to AWS; the names are those of the arguments. */
    changes: ReportedChange[];
    /** The settings that keep AWS's value, apart from drift, by name. */
    kept: Record<string, unknown>;
    /** The settings that the program names and whose change is not known before the update. */
    notKnownYet: string[];
    /** Changed outside Pulumi, and left as they are. */
    drift: ReportedDifference[];
    /** Changed outside Pulumi, and replaced by this update. */
    overwrites: ReportedDifference[];
    findings: Finding[];
    /** The outputs that the update will have. */
    outputs: Record<string, unknown>;
    /** The names of the outputs that are not known before the update. */
    unknown: string[];
    /** The outputs that the domain would have as it is in AWS now; missing if it could not be read. */
    before?: Record<string, unknown>;
    /** True if a failed update is rolled back (`onFailure: "rollback"`). */
    rollsBack?: true;
}

/** One setting that an update will change. */
export interface ReportedChange {
    setting: string;
    /** Missing if AWS reports none. */
    from?: unknown;
    to: unknown;
}

/** One setting that AWS has with another value than the program asks for. */
export interface ReportedDifference {
    setting: string;
    /** The program's value. */
    desired: unknown;
    /** AWS's value. */
    observed: unknown;
}

/** The environment variable that names the report's file. */
export const REPORT_FILE = "PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT";

/** The file of a report, and the stack that it is about. */
export interface ReportTarget {
    /** The file to write. `{project}` and `{stack}` in it are replaced, so that concurrent previews have a file each. */
    file: string;
    project: string;
    stack: string;
    /** Called once if it cannot be written: a preview does not fail for it. */
    onUnwritable(error: unknown): void;
}

/** Collects a preview's entries, and writes the file once per turn: to rewrite it for each of hundreds takes seconds. */
export class ReportWriter {
    readonly #entries = new Map<number, ReportEntry>();
    #scheduled: NodeJS.Immediate | undefined;
    #isUnwritable = false;

    constructor(private readonly target: ReportTarget) {}

    /**
     * Adds or replaces the entry of one resource.
     * @param number Its number in the program: two resources may have one name.
     */
    put(number: number, entry: ReportEntry): void {
        this.#entries.set(number, entry);
        // Before the program can end for a refusal: that is thrown in a later callback of this kind.
        this.#scheduled ??= setImmediate(() => this.#write());
    }

    #write(): void {
        this.#scheduled = undefined;
        const { file, project, stack, onUnwritable } = this.target;
        // Checks are completed in any order.
        const entries = [...this.#entries].sort(([a], [b]) => a - b);
        const report: Report = { schema: 1, project, stack, resources: entries.map(([, it]) => it) };
        try {
            write(file.replaceAll("{project}", project).replaceAll("{stack}", stack), report);
        } catch (error) {
            if (!this.#isUnwritable) {
                this.#isUnwritable = true;
                onUnwritable(error);
            }
        }
    }
}

/** Renames a finished file: another process must never read half a report. */
function write(file: string, report: Report): void {
    mkdirSync(path.dirname(file), { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, `${JSON.stringify(report, undefined, 2)}\n`);
    renameSync(unfinished, file);
}
