import { shortArn } from "../model/certificateArn";
import { day } from "../model/day";
import { type Finding, formatFinding } from "../model/findings";
import { namesIn, type Settings } from "../model/settings";
import { argumentPaths, SETTING_LABEL, shortSettingText } from "../model/settingsText";
import type { Plan } from "../plan/plan";

/** The findings of one domain, errors first; the first line begins with the domain. */
export function findingsText(title: string, findings: readonly Finding[]): string {
    const [first, ...more] = findings;
    if (first && more.length === 0) {
        return `${title}: ${formatFinding(first)}${first.accepted ? " (accepted)" : ""}`;
    }
    const lines = findings.map((it) => `  - ${it.accepted ? "accepted" : it.severity}: ${formatFinding(it)}`);
    return [`${title}: ${findings.length} findings:`, ...lines].join("\n");
}

/**
 * What an update changes in AWS, in one line, and below it what the program no longer manages. Pulumi itself shows only what changes
 * in the program: for a first adoption, that is just `+ create`.
 * @param unknown The paths of the arguments that are not known yet.
 */
export function planText(title: string, plan: Plan, unknown: readonly string[]): string {
    const { dropped } = plan;
    const lines: string[] = [];
    if (plan.domain) {
        lines.push(`${title}: ${changesText(plan, unknown)}`);
    } else if (unknown.length > 0) {
        lines.push(`${title}: not known yet, so checked by the update: ${unknown.join(", ")}`);
    }
    if (dropped.length > 0) {
        lines.push(`${title}: no longer managed, stays as it is: ${argumentPaths(dropped)}`);
    }
    return lines.join("\n");
}

function changesText(plan: Plan, unknown: readonly string[]): string {
    const { before, target, changes, reason, isSent } = plan;
    const parts = changes.map(
        (name) =>
            `${SETTING_LABEL[name]} ${shortSettingText(name, before)} -> ${shortSettingText(name, target)}${noteOn(name, plan)}`,
    );
    const why = reason === "open" ? " (the last update did not complete)" : reason ? ' (onDrift: "correct")' : "";
    const later = unknown.length > 0 ? [`not known yet: ${unknown.join(", ")}`] : [];
    const sentAgain = isSent ? ["the settings are sent again, since the domain's last update failed"] : [];
    const texts = [...(parts.length > 0 ? [`${parts.join("; ")}${why}`] : sentAgain), ...later];
    return [...(texts.length > 0 ? texts : ["nothing changes in AWS"]), ...keptText(plan)].join("; ");
}

function noteOn(name: keyof Settings, { certificate, changes, target }: Plan): string {
    if (name === "certificateArn" && certificate?.notAfter) {
        return ` (valid until ${day(certificate.notAfter)})`;
    }
    const isRaised =
        name === "securityPolicy" && changes.includes("managedLoginVersion") && target.managedLoginVersion === 2;
    return isRaised ? " (managed login needs it)" : "";
}

function keptText({ kept, changes }: Plan): string[] {
    if (changes.length === 0) {
        return [];
    }
    const names = namesIn(kept).map((name) =>
        name === "certificateArn"
            ? `certificate ${shortArn(kept.certificateArn ?? "")}`
            : `${SETTING_LABEL[name]} ${shortSettingText(name, kept)}`,
    );
    return names.length > 0 ? [`kept: ${names.join(", ")}`] : [];
}
