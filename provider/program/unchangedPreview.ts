import { judgeDrift } from "../checks/driftFindings";
import { weigh } from "../checks/severity";
import { wayBackFinding } from "../checks/wayBack";
import { ownArguments } from "../inputs/arguments";
import { ignoredSettings } from "../inputs/ignoreChanges";
import { isUnknown } from "../inputs/unknown";
import { findingsThatStand, isSameDomain } from "../inputs/verdict";
import { adoptedIn } from "../model/adoption";
import { OUTPUT_NAMES } from "../model/domainOutputs";
import { driftOf } from "../model/drift";
import { ownDomain } from "../model/observations";
import { argumentsOf, pick, type SettingsArguments, settingsOf } from "../model/settings";
import { renderFindings } from "./findingsText";
import type { Inspected } from "./inspectionResult";
import type { Log } from "./previewLog";
import type { PreviewRun } from "./previewRun";
import type { Registered } from "./registeredResource";
import { withBefore, withDrift, withFindings, withOutputs, withWayBack } from "./report/reportEntry";
import { wayBackOf } from "./wayBack";

/** Of a resource that the engine leaves as it is: logs and reports what was changed outside of Pulumi, and stays so. */
export async function previewUnchanged(
    inspected: Inspected,
    registered: Registered,
    run: PreviewRun,
    log: Log,
): Promise<void> {
    const { args, inspection, ignoreChanges, report } = inspected;
    const recorded = settingsOf(registered as SettingsArguments);
    const { managed, found: original } = adoptedIn(registered);
    const desired = pick(recorded, managed);
    /** As they stand in the state: `ignoreChanges` and transforms may have changed what the program says. */
    const inputs = { ...ownArguments(known(registered)), ...argumentsOf(desired) };
    const observed = isSameDomain(args, inputs) ? inspection.observed : undefined;
    const domain = ownDomain(observed, registered.userPoolId);
    const inForce = domain?.settings;
    const ignored = ignoredSettings(ignoreChanges, recorded, inForce ?? {});
    const drift = domain ? driftOf(desired, recorded, domain).filter((name) => !ignored.includes(name)) : [];
    const wayBack = args.onDelete === "restore" ? await wayBackOf("onDelete", original, inspected, run) : undefined;
    const findings = [
        ...findingsThatStand(inspection.ifUnchanged, args, inputs).filter(({ code }) => code !== "setting-drifted"),
        ...weigh(judgeDrift(drift, recorded, inForce ?? {}), "preview"),
        ...wayBackFinding(wayBack),
    ];
    const text = renderFindings(inspected, { problems: [], findings });
    if (text) {
        log("warn", text);
    }
    const outputs = new Map(OUTPUT_NAMES.map((it) => [it, known(registered)[it]]));
    report((entry) => {
        const seen = withBefore(entry, observed && inspection.before);
        const drifted = withDrift(withFindings(seen, findings), drift, recorded, inForce ?? {});
        return withWayBack(withOutputs(drifted, outputs), wayBack);
    });
}

/** What the state has; what it has not is unknown in a preview. */
function known(registered: Registered): Registered {
    return Object.fromEntries(Object.entries(registered).filter(([, value]) => !isUnknown(value)));
}
