import { formatFinding } from "../model/findings";
import { day } from "../model/plainText";
import { namesIn, type SettingName } from "../model/settings";
import { argumentPaths, SettingsText } from "../model/settingsText";
import { changesText, type Plan } from "../plan/plan";
import type { PreviewPlan } from "../plan/previewPlan";

/** The findings of one domain, errors first; the first line begins with the domain. */
export function findingsText(
    title: string,
    { findings, isRefusedByStrict }: Pick<Plan, "findings" | "isRefusedByStrict">,
): string {
    const [first, ...more] = findings;
    const why = isRefusedByStrict ? " (refused, since strict is set)" : "";
    if (first && more.length === 0) {
        return `${title}: ${formatFinding(first)}${why}`;
    }
    const lines = findings.map((it) => `  - ${it.severity}: ${formatFinding(it)}`);
    return [`${title}: ${findings.length} findings${why}:`, ...lines].join("\n");
}

/**
 * The changes that an update makes in AWS, in one line, and below it the settings that the program no longer manages. Pulumi itself
 * shows only what changes in the program: for a first adoption, that is just `+ create`.
 * @param unknown The paths of the arguments that are not known yet.
 */
export function planText(title: string, plan: PreviewPlan, unknown: readonly string[]): string {
    const { dropped } = plan;
    const lines: string[] = [];
    if (plan.domain) {
        lines.push(`${title}: ${updateText(plan, unknown)}`);
    } else if (unknown.length > 0) {
        lines.push(`${title}: not known yet, so checked by the update: ${unknown.join(", ")}`);
    }
    if (dropped.length > 0) {
        lines.push(`${title}: no longer managed, stays as it is: ${argumentPaths(dropped)}`);
    }
    return lines.join("\n");
}

function updateText(plan: PreviewPlan, unknown: readonly string[]): string {
    const changes = changesText(plan, (name) => noteOn(name, plan));
    const later = unknown.length > 0 ? [`not known yet: ${unknown.join(", ")}`] : [];
    const sentAgain = plan.isSent ? ["the settings are sent again, since the domain's last update failed"] : [];
    const texts = [...(changes ? [changes] : sentAgain), ...later];
    const none = plan.unknown.length > 0 ? "what changes is not known before the update" : "nothing changes in AWS";
    return [...(texts.length > 0 ? texts : [none]), ...keptText(plan)].join("; ");
}

function noteOn(name: SettingName, { certificate, desired }: Plan): string {
    if (name === "certificateArn" && certificate?.notAfter) {
        return ` (valid until ${day(certificate.notAfter)})`;
    }
    return name === "securityPolicy" && desired.securityPolicy === undefined ? " (managed login needs it)" : "";
}

function keptText({ kept, isSent, target, unknown, secret }: PreviewPlan): string[] {
    const isUnreported =
        isSent &&
        target.certificateArn !== undefined &&
        target.securityPolicy === undefined &&
        !unknown.includes("securityPolicy");
    return [
        ...(isSent && namesIn(kept).length > 0 ? [`kept: ${new SettingsText(secret).all(kept)}`] : []),
        ...(isUnreported ? ["AWS does not report the TLS policy: to be sure of it, set securityPolicy"] : []),
    ];
}
