import * as pulumi from "@pulumi/pulumi";
import { lookAtCertificate } from "../aws/observe";
import { type WayBack, wayBackFinding } from "../checks/wayBack";
import { isJudged, notPreflighted, transformedPaths } from "../inputs/transformedArguments";
import { unknownPaths } from "../inputs/unknown";
import { findingsThatStand, isSameDomain } from "../inputs/verdict";
import { isFailing } from "../model/findings";
import { type Observations, type ObservedDomain, ownDomain } from "../model/observations";
import { differences, namesIn, pick, type Settings, targetSettings } from "../model/settings";
import { desiredSettings, type ExpectedOutputs, expectedOutputs, isSent } from "./expectedOutputs";
import { renderFindings } from "./findingsText";
import type { Inspection } from "./inspect";
import type { Inspected } from "./inspectionResult";
import { withKeptArguments } from "./keptArguments";
import { planText } from "./planText";
import type { Log } from "./previewLog";
import type { PreviewRun } from "./previewRun";
import { type EngineAction, type Registered, registeredInputs, restoredDomain } from "./registeredResource";
import {
    asRefused,
    withAction,
    withBefore,
    withFindings,
    withLeaving,
    withOutputs,
    withPlan,
    withWayBack,
} from "./report/reportEntry";
import { wayBackOf } from "./wayBack";

/** Of a resource that the engine will create or update: logs and reports what that writes, and gives the outputs. */
export async function previewUpdate(
    program: Inspected,
    registered: Registered,
    action: Exclude<EngineAction, "none">,
    run: PreviewRun,
    log: Log,
): Promise<ExpectedOutputs> {
    const inputs = registeredInputs(registered, program.args);
    const inspected = await withKeptArguments(program, { ...inputs }, run);
    const { name, args, inspection, ignoreChanges, report } = inspected;
    const transformed = transformedPaths(args, { ...inputs }, ignoreChanges, action !== "update");
    const desired = desiredSettings(inputs);
    const observed = isSameDomain(args, inputs) ? await withCertificate(inspection, args, desired, run) : undefined;
    const found = ownDomain(observed, inputs.userPoolId);
    const expected = expectedOutputs(inputs, observed, action !== "update");
    const wayBack = found && (await wayBackOfUpdate(inspected, found, desired, action, run));
    const findings = [
        ...findingsThatStand(inspection.findings, args, inputs),
        ...notPreflighted(transformed),
        ...wayBackFinding(wayBack),
    ];
    const text = renderFindings(inspected, { problems: [], findings });
    if (text) {
        // `check` would have refused: `ignoreChanges` keeps the verdict from it with `"*"`, and what it keeps else is judged only now.
        const isUnchecked = ignoreChanges.includes("*") || inspected !== program;
        const judged = findings.filter(({ code }) => code !== "no-way-back");
        if (isUnchecked && judged.some((it) => isFailing(it, inspection.strict, inputs.preflight))) {
            report((entry) => asRefused(withFindings(entry, findings)));
            throw new pulumi.RunError(text);
        }
        log("warn", text);
    }
    const planned = isJudged(transformed) ? undefined : found;
    if (planned) {
        const plan = planText(String(inputs.domain), planned, desired, observed?.certificate);
        const unchanged = isSent(planned, desired)
            ? "the settings are sent again as they are"
            : "nothing changes in AWS";
        log("info", plan ?? `${inputs.domain}: ${unchanged}`);
    }
    const later = unknownPaths(args);
    if (later.length > 0) {
        const perhaps = action === "update" ? " (no update if nothing turns out to have changed)" : "";
        log("info", `${name}: not known yet, so checked at the update: ${later.join(", ")}${perhaps}`);
    }
    report((entry) => {
        const seen = withBefore(entry, observed && inspection.before);
        const acting = withAction(withFindings(seen, findings), action);
        const leaving = withLeaving(acting, restoredDomain(registered));
        const complete = planned ? withPlan(leaving, planned, desired) : leaving;
        return withWayBack(withOutputs(complete, expected), wayBack);
    });
    return expected;
}

/** What was observed, with the certificate that the domain will have: `ignoreChanges` may keep the one of the program off it. */
async function withCertificate(
    { observed, identity }: Inspection,
    { userPoolId }: Inspected["args"],
    desired: Settings,
    run: PreviewRun,
): Promise<Observations | undefined> {
    const found = ownDomain(observed, userPoolId);
    const target = found && targetSettings(found.settings, desired);
    return target && identity && observed?.certificate && observed.certificate.arn !== target.certificateArn
        ? { ...observed, certificate: await lookAtCertificate(await run.reads(identity), target) }
        : observed;
}

/** What a rollback would put back, or what a destroy would of a domain that is adopted now. */
async function wayBackOfUpdate(
    inspected: Inspected,
    { settings }: ObservedDomain,
    desired: Settings,
    action: EngineAction,
    run: PreviewRun,
): Promise<WayBack | undefined> {
    const { onFailure, onDelete } = inspected.args;
    if (onFailure === "rollback") {
        const changed = differences(settings, targetSettings(settings, desired));
        return wayBackOf("onFailure", pick(settings, changed), inspected, run);
    }
    // After an adoption, the restore point stands in the state, which an update's preview does not see.
    return onDelete === "restore" && action === "adopt"
        ? wayBackOf("onDelete", pick(settings, namesIn(desired)), inspected, run)
        : undefined;
}
