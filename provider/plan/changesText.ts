import type { SettingName } from "../model/settings";
import { SettingsText } from "../model/settingsText";
import type { Plan } from "./plan";

/** `managed login 1 -> 2; TLS policy TLS_V1 -> TLS_V1_2_2021`, and why if the program did not change it; empty for no changes. */
export function changesText(plan: Plan, noteOn: (name: SettingName) => string = () => ""): string {
    const { changes, before, target, reason, secret } = plan;
    const text = new SettingsText(secret);
    const parts = changes.map((name) => `${text.change(name, before, target)}${noteOn(name)}`);
    return parts.length > 0 ? `${parts.join("; ")}${reason ? ` (${REASON_TEXT[reason]})` : ""}` : "";
}

const REASON_TEXT = {
    open: "the last update did not complete",
    correct: 'onDrift: "correct"',
};
