import type { Report } from "./report";

/** What a comment is made of. */
export interface CommentSource {
    /** What the preview wrote; absent where it ended before it could. */
    report?: Report;
    /** How the preview ended, as GitHub names it. A preview that did not succeed is never said to be fit to go out. */
    outcome?: "success" | "failure" | "cancelled";
    /** What Pulumi printed. */
    log?: string;
    /** The stack as the pipeline names it, `[organization/][project/]stack`; default: the report's project and stack. */
    stack?: string;
    /** The commit that the preview was of. */
    commit?: string;
    /** Why the report cannot be read; then nothing is said to be fit to go out. */
    unreadable?: string;
    /** Where docs/findings.md is to be read; without it, codes have no links. */
    findingsPage?: string;
}

/** The stack that a comment is about, as its readers know it. */
export function stackName({ report, stack }: CommentSource): string {
    return stack || (report ? `${report.project}/${report.stack}` : "preview");
}
