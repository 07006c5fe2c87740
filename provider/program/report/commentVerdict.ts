import type { CommentSource } from "./commentSource";
import { prose } from "./markdown";
import type { ReportEntry } from "./report";

/** The verdict. What is not known to be fit to go out is never said to be. */
export function verdictOf({ report, outcome, unreadable }: CommentSource, resources: ReportEntry[]): string {
    if (outcome === "cancelled") {
        return "❌ refused, the preview was cancelled";
    }
    if (outcome === "failure" || unreadable !== undefined || resources.some(isRefused)) {
        return "❌ refused";
    }
    if (!report) {
        return "❌ refused, nothing is known of its domains";
    }
    return resources.some(({ verdict, drift, restores }) => verdict === "warned" || drift.length > 0 || restores)
        ? "⚠️ may go out, with warnings"
        : "✅ may go out";
}

/** What the report does not say and a reader has to know. */
export function missingLines({ report, outcome, unreadable }: CommentSource, resources: ReportEntry[]): string[] {
    if (unreadable !== undefined) {
        return [`- The report of the preview cannot be read: ${prose(unreadable)}.`];
    }
    if (outcome === "cancelled") {
        return ["- The preview did not come to its end, so this may not be all. Run it again."];
    }
    if (!report) {
        return [
            outcome === "success"
                ? "- The preview succeeded and wrote no report. Name a file for it in `PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT`."
                : "- The preview ended before it could look at a domain. The job's log has the reason.",
        ];
    }
    if (outcome === "failure" && !resources.some(isRefused)) {
        return ["- What failed is no sign-in domain that the preview looked at. Pulumi's log has the reason."];
    }
    return resources.length === 0 ? ["- The preview has met no sign-in domain."] : [];
}

function isRefused({ verdict }: ReportEntry): boolean {
    return verdict === "refused";
}
