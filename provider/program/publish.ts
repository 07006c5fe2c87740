import * as pulumi from "@pulumi/pulumi";
import { judgeDrift } from "../checks/drift";
import { ignoredSettings } from "../inputs/ignoreChanges";
import { redact } from "../inputs/redaction";
import { isUnknown, unknownPaths } from "../inputs/unknown";
import { isSame } from "../inputs/verdict";
import { ADOPTED, adoptedIn } from "../model/adoption";
import { driftOf } from "../model/drift";
import { type Finding, weigh } from "../model/findings";
import type { ObservedDomain } from "../model/observed";
import { OUTPUT_NAMES } from "../model/outputs";
import {
    ARGUMENT_PATH,
    pick,
    SETTING_NAMES,
    type Settings,
    type SettingsArguments,
    settingsOf,
} from "../model/settings";
import { desiredSettings, type ExpectedOutputs, expectedOutputs } from "./expectedOutputs";
import { type Inspection, ownDomain } from "./inspect";
import { planText } from "./plan";
import { logOn } from "./previewLog";
import type { PreviewRun } from "./previewRun";
import { renderFindings, type Subject } from "./render";
import type { ReportEntry } from "./report/report";
import { withDrift, withFindings, withOutputs, withPlan, withWayBack } from "./report/reportEntry";
import { plain, withUnknowns } from "./unknownOutputs";
import { type WayBack, wayBackFinding, wayBackOf } from "./wayBack";

type Values = Record<string, unknown>;

/** What the preflight of one resource has found. */
export interface Inspected extends Subject {
    ignoreChanges: string[];
    inspection: Inspection;
    /** Takes what there is to report. */
    report(complete: (entry: ReportEntry) => ReportEntry): void;
}

/**
 * Once the engine has the resource, says what its update would do, and gives its outputs the values that they will have.
 * Pulumi knows no outputs of a dynamic resource that is about to change: that they are unknown tells that it is.
 */
export function publish(resource: pulumi.CustomResource, inspected: Promise<Inspected>, run: PreviewRun): void {
    const outputs = resource as unknown as Record<string, pulumi.Output<unknown>>;
    const registered = pulumi.output({
        ...Object.fromEntries(OUTPUT_NAMES.map((name) => [name, outputs[name]])),
        id: outputs.id,
        userPoolId: outputs.userPoolId,
        domain: outputs.domain,
        [ADOPTED]: outputs[ADOPTED],
    });
    /** What the engine will put out; undefined where it will not act: the outputs are those of the state. */
    const foretold = new Promise<ExpectedOutputs | undefined>((resolve) => {
        withUnknowns(registered).apply(async (values) => {
            resolve(await foretell(resource, await inspected, plain(values) as Values, run));
        }, true);
    });
    for (const name of OUTPUT_NAMES) {
        const real = outputs[name] as pulumi.Output<unknown>;
        outputs[name] = withUnknowns(real).apply(async (value) => {
            const known = await foretold;
            if (!known) {
                return pulumi.isUnknown(value) ? undefined : value;
            }
            return known.has(name) ? known.get(name) : pulumi.unknown;
        }, true);
    }
}

/** What the outputs will be, after having said on the resource's row what the update does. */
function foretell(
    resource: pulumi.CustomResource,
    inspected: Inspected,
    registered: Values,
    run: PreviewRun,
): Promise<ExpectedOutputs | undefined> {
    const say = (level: "warn" | "info", text: string) =>
        logOn(Promise.resolve(resource), level, redact(text, inspected.args, inspected.secret));
    // `status` is an output alone: of a resource that the engine will create or update, it is not known.
    return isUnknown(registered.status)
        ? foretellUpdate(inspected, registered, run, say)
        : foretellUnchanged(inspected, registered, run, say);
}

type Say = (level: "warn" | "info", text: string) => void;

/** Of a resource that the engine leaves as it is. */
async function foretellUnchanged(
    inspected: Inspected,
    registered: Values,
    run: PreviewRun,
    say: Say,
): Promise<undefined> {
    const { args, inspection, ignoreChanges, report } = inspected;
    const found = ownDomain(inspection.observed, registered.userPoolId);
    const recorded = settingsOf(registered as SettingsArguments);
    const { managed, found: original } = adoptedIn(registered);
    const ignored = ignoredSettings(ignoreChanges);
    const drift = found
        ? driftOf(pick(recorded, managed), recorded, found.settings).filter((name) => !ignored.includes(name))
        : [];
    const wayBack = args.onDelete === "restore" ? await wayBackOf("onDelete", original, inspected, run) : undefined;
    // Of what the state has: `ignoreChanges` and transforms may have changed what the program says.
    const findings = [
        ...standing(inspection.ifUnchanged, args, registered).filter(({ code }) => code !== "setting-drifted"),
        ...weigh(judgeDrift(drift, recorded, found?.settings ?? {}), "preview"),
        ...wayBackFinding(wayBack),
    ];
    sayFindings(say, inspected, findings);
    const outputs = new Map(OUTPUT_NAMES.map((it) => [it, isUnknown(registered[it]) ? undefined : registered[it]]));
    report((entry) =>
        withWayBack(
            withOutputs(withDrift(withFindings(entry, findings), drift, recorded, found?.settings ?? {}), outputs),
            wayBack,
        ),
    );
}

/** Of a resource that the engine will create or update. */
async function foretellUpdate(
    inspected: Inspected,
    registered: Values,
    run: PreviewRun,
    say: Say,
): Promise<ExpectedOutputs> {
    const { name, args, inspection, report } = inspected;
    const { observed, findings } = inspection;
    const inputs = withoutMissing(registered, args);
    const expected = expectedOutputs(inputs, observed);
    const found = ownDomain(observed, registered.userPoolId);
    const isNew = isUnknown(registered.id);
    const desired = desiredSettings(inputs);
    const wayBack = found ? await wayBackOfUpdate(inspected, found, desired, isNew, run) : undefined;
    const all = [...standing(findings, args, inputs), ...wayBackFinding(wayBack)];
    sayFindings(say, inspected, all);
    if (found) {
        const plan = planText(String(registered.domain), found, desired, observed?.certificate);
        say("info", plan ?? `${registered.domain}: nothing changes in AWS`);
    }
    report((entry) => {
        const planned = found ? withPlan(entry, isNew ? "adopt" : "update", found, desired) : entry;
        return withWayBack(withOutputs(withFindings(planned, all), expected), wayBack);
    });
    const later = unknownPaths(args);
    if (later.length > 0) {
        say("info", `${name}: not known yet, so checked at the update: ${later.join(", ")}`);
    }
    return expected;
}

/** What a rollback would put back, or what a destroy would of a domain that is adopted now. */
async function wayBackOfUpdate(
    inspected: Inspected,
    { settings }: ObservedDomain,
    desired: Settings,
    isNew: boolean,
    run: PreviewRun,
): Promise<WayBack | undefined> {
    const { onFailure, onDelete } = inspected.args;
    const original = pick(settings, Object.keys(desired) as (keyof Settings)[]);
    if (onFailure === "rollback") {
        return wayBackOf("onFailure", original, inspected, run);
    }
    // After an adoption, the restore point stands in the state, which an update's preview does not see.
    return onDelete === "restore" && isNew ? wayBackOf("onDelete", original, inspected, run) : undefined;
}

/** The findings about settings that are as the program says: `ignoreChanges` and transforms may give other values. */
function standing(findings: Finding[], args: Values, registered: object): Finding[] {
    return findings.filter(
        ({ property }) =>
            !SETTING_NAMES.some((name) => property.startsWith(ARGUMENT_PATH[name])) ||
            isSame(property, args, { ...registered }),
    );
}

function sayFindings(say: Say, subject: Subject, findings: Inspection["findings"]): void {
    const text = renderFindings(subject, { problems: [], findings });
    if (text) {
        say("warn", text);
    }
}

/** Of what the engine will update it knows the inputs alone: the rest is missing, unless the program gives it as unknown. */
function withoutMissing(registered: Values, args: Values): Values {
    const given = Object.entries(registered).filter(([name, value]) => !isUnknown(value) || args[name] !== undefined);
    return { ...Object.fromEntries(given), region: args.region, wait: args.wait };
}
