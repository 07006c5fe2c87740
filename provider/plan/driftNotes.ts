import { type Note, note } from "../checks/note";
import { ARGUMENT_PATH, type SettingName } from "../model/settings";
import { SettingsText } from "../model/settingsText";
import { type Decision, type PlanInput, resumes } from "./decide";

/** The notes on values that were changed outside Pulumi: left as they are, or replaced by this update. Pure. */
export function driftNotes(input: PlanInput, { drift, overwrites, before }: Decision): Note[] {
    const { request, changed, action, phase, record } = input;
    const { desired, onDrift } = request;
    const text = new SettingsText(request.secret);
    const about = (name: SettingName, notes: Note[]) => notes.map((it) => ({ ...it, property: ARGUMENT_PATH[name] }));
    // A preview of an update does not see whether the last one completed; if it did not, this one sends the program's value.
    const unless =
        action === "update" && phase === "preview" && !record && !resumes(input)
            ? ", unless the last update did not complete"
            : "";
    const left = drift.flatMap((name) =>
        about(
            name,
            note(
                "setting-drifted",
                `AWS has ${text.value(name, before)}, the program says ${text.value(name, desired)}: changed outside Pulumi, or by an update that failed. It is left as it is${unless}`,
                onDrift === "correct"
                    ? "Run `pulumi up` for this resource to correct it, or set AWS's value in the program to keep it"
                    : 'To correct it, run `pulumi up --refresh` or set onDrift: "correct"; to keep it, set AWS\'s value in the program',
            ),
        ),
    );
    const replaced = overwrites
        .filter((name) => name in changed)
        .flatMap((name) =>
            about(
                name,
                note(
                    "overwrites-external-change",
                    `the current value, ${text.value(name, before)}, was set outside Pulumi, or by an update that failed; this update replaces it with ${text.value(name, desired)}`,
                    "Agree with whoever changed it; to keep that value, set it in the program",
                ),
            ),
        );
    return [...left, ...replaced];
}
