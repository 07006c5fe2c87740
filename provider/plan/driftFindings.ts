import type { Finding } from "../model/findings";
import { ARGUMENT_PATH, type SettingName } from "../model/settings";
import { SETTING_LABEL, shortSettingText } from "../model/settingsText";
import type { Decision } from "./decide";
import type { PlanInput } from "./plan";

/** The findings about values that were changed outside Pulumi: left as they are, or replaced by this update. Pure. */
export function driftFindings(input: PlanInput, { drift, overwrites, before }: Decision): Finding[] {
    const { request, changed, action, phase, record } = input;
    const { desired, onDrift, acceptFindings } = request;
    const finding = (code: string, name: SettingName, message: string, remedy: string): Finding => ({
        code,
        property: ARGUMENT_PATH[name],
        kind: "advisory",
        severity: "warning",
        message,
        remedy,
        ...(acceptFindings.includes(code) ? { accepted: true as const } : {}),
    });
    // A preview of an update does not see whether the last one completed; if it did not, this one sends the program's value.
    const unless =
        action === "update" && phase === "preview" && !record ? ", unless the last update did not complete" : "";
    const left = drift.map((name) =>
        finding(
            "setting-drifted",
            name,
            `${SETTING_LABEL[name]}: AWS has ${shortSettingText(name, before)}, the program says ${shortSettingText(name, desired)}: changed outside Pulumi, or by an update that failed. It is left as it is${unless}`,
            onDrift === "correct"
                ? "Run `pulumi up` for this resource to correct it, or set AWS's value in the program to keep it"
                : 'To correct it, run `pulumi up --refresh` or set onDrift: "correct"; to keep it, set AWS\'s value in the program',
        ),
    );
    const replaced = overwrites
        .filter((name) => name in changed)
        .map((name) =>
            finding(
                "overwrites-external-change",
                name,
                `${SETTING_LABEL[name]} ${shortSettingText(name, before)} was set outside Pulumi; this update replaces it with ${shortSettingText(name, desired)}`,
                "Agree with whoever changed it; to keep that value, set it in the program",
            ),
        );
    return [...left, ...replaced];
}
