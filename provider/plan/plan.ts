import { checkNotes, findingsOf } from "../checks/checks";
import type { Note } from "../checks/note";
import type { Request } from "../inputs/request";
import type { Finding } from "../model/findings";
import { domainOfPool, foundIn, type ObservedCertificate, type ObservedDomain } from "../model/observed";
import { ARGUMENT_PATH, isTooLow, type SettingName } from "../model/settings";
import { SettingsText } from "../model/settingsText";
import { type Action, type Decision, decide, mayResume, type PlanInput } from "./decide";

export type { Action, PlanInput } from "./decide";

/** The effect of an update on a domain, with everything to report about it. */
export interface Plan extends Decision, Pick<Request, "desired" | "unknown" | "secret"> {
    action: Action;
    /** The domain, if AWS has it and it belongs to the pool. */
    domain?: ObservedDomain;
    findings: Finding[];
    /** True if the findings refuse the preview, or the update. */
    refused: boolean;
    /** True if strict alone refuses the preview. */
    isRefusedByStrict: boolean;
    /** The certificate that the domain will have, if ACM returned it. */
    certificate?: ObservedCertificate;
}

/** Plans one resource: the preview, the update, drift, the report and the outputs all come from here. Pure: no I/O, no clock. */
export function makePlan(input: PlanInput): Plan {
    const { request, observed, action, phase, strict = false } = input;
    const { desired, unknown, secret, preflight } = request;
    const domain = request.address && domainOfPool(observed, request.address.userPoolId);
    const decision = decide(input, domain);
    const context = { ...input, ...decision, willUpdate: action !== "none" };
    const notes = [...(input.otherNotes ?? []), ...checkNotes(observed, context), ...driftNotes(input, decision)];
    const findings = findingsOf(notes, context);
    const isRefused =
        findings.some(({ severity }) => severity === "error") && (phase === "update" || preflight === "error");
    const isStrict = strict && phase === "preview" && preflight !== "off";
    const isRefusedByStrict = isStrict && !isRefused && findings.some(({ accepted }) => !accepted);
    const hasCertificate = observed.certificate?.arn === decision.target.certificateArn;
    return {
        ...decision,
        action,
        domain,
        desired,
        unknown,
        secret,
        findings,
        refused: isRefused || isRefusedByStrict,
        isRefusedByStrict,
        certificate: hasCertificate ? foundIn(observed.certificate?.answer) : undefined,
    };
}

/** `managed login 1 -> 2; TLS policy TLS_V1 -> TLS_V1_2_2021`, and why if the program did not change it; empty for no changes. */
export function changesText(plan: Plan, noteOn: (name: SettingName) => string = () => ""): string {
    const { changes, before, target, reason, secret } = plan;
    const text = new SettingsText(secret);
    const parts = changes.map((name) => `${text.all(before, [name])} -> ${text.value(name, target)}${noteOn(name)}`);
    return `${parts.join("; ")}${reason ? ` (${reason})` : ""}`;
}

/** The notes on values that were changed outside Pulumi: left as they are, or replaced by this update. */
function driftNotes(input: PlanInput, { drift, overwrites, before, target, reason }: Decision): Note[] {
    const { request, changed } = input;
    const text = new SettingsText(request.secret);
    const unless = mayResume(input) ? ", unless the last update did not complete" : "";
    const left: Note[] = drift.map((name) => ({
        code: "setting-drifted",
        property: ARGUMENT_PATH[name],
        message: `AWS has ${text.value(name, before)}, the program says ${text.value(name, request.desired)}: changed outside Pulumi, or by an update that failed. It is left as it is${unless}`,
        remedy:
            request.onDrift === "correct"
                ? "Run `pulumi up` for this resource to restore the program's value, or set AWS's in the program to keep it"
                : "To restore the program's value, run `pulumi up --refresh` or set onDrift: \"correct\" on the resource; to keep AWS's, set it in the program",
    }));
    const because = (name: SettingName) => (name in changed || !reason ? "" : ` ${reason}`);
    const replaced: Note[] = overwrites
        .filter((name) => because(name) === "" || request.onDrift === "unknown")
        .map((name) => ({
            code: "overwrites-external-change",
            property: ARGUMENT_PATH[name],
            message: `the current value, ${text.value(name, before)}, was set outside Pulumi, or by an update that failed; this update replaces it with ${text.value(name, target)}${because(name)}`,
            remedy: isTooLow({ ...target, [name]: before[name] })
                ? "Check with whoever changed it: managed login does not work with that value"
                : "Check with whoever changed it; to keep that value, set it in the program",
        }));
    return [...left, ...replaced];
}
