import type { Finding } from "../../model/findings";

/** What a preview knows, for pipelines. The version of its form is `schema`; members may be added, none changes its meaning. */
export interface Report {
    schema: 1;
    project: string;
    stack: string;
    /** In the order in which the program made them. */
    resources: ReportEntry[];
}

/** What a preview knows of one resource. Secret values stand in it as `[secret]`. */
export interface ReportEntry {
    /** The resource's name in the program. */
    name: string;
    domain?: string;
    userPoolId?: string;
    /** `refused`: the preview fails for it. `warned`: it has findings, or drift. */
    verdict: "ok" | "warned" | "refused";
    /**
     * What the engine will do: nothing, take the domain into the stack, update the resource, or replace it by one for
     * another domain. With `--replace`, the engine says no more than of a new resource: `adopt`.
     */
    action: "none" | "adopt" | "update" | "replace";
    /** What the update will write to AWS, setting by setting; the names are those of the arguments. */
    changes: ReportedChange[];
    /** The settings that are not changed, by name. */
    kept: Record<string, unknown>;
    /** What was changed outside of Pulumi, and stays so. */
    drift: { setting: string; desired: unknown; observed: unknown }[];
    findings: Finding[];
    /** The outputs that the update will have. */
    outputs: Record<string, unknown>;
    /** The names of the outputs that are not known before the update. */
    unknown: string[];
    /** The outputs that the domain would have as AWS has it now, as far as they are known; missing where it was not seen. */
    before?: Record<string, unknown>;
    /** With `onDelete: "restore"`: the domain that a replacement moves away from, and puts the former settings back on. */
    restores?: string;
    /** With `onFailure: "rollback"` or `onDelete: "restore"`: whether what would be put back would be taken today. */
    wayBack?: { argument?: "onFailure" | "onDelete"; possible: boolean; reason?: string };
}

/** One setting that an update will change. */
export interface ReportedChange {
    setting: string;
    /** Missing where the setting was not there. */
    from?: unknown;
    to: unknown;
}
