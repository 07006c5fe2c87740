import * as pulumi from "@pulumi/pulumi";
import { mayIgnore } from "../inputs/ignoreChanges";
import { subjectOf, type Verdict } from "../inputs/verdict";
import { messageOf } from "../model/errors";
import type { Finding } from "../model/findings";
import { ownDomain } from "../model/observations";
import { ARGUMENT_PATH, SETTING_NAMES } from "../model/settings";
import { publish } from "./afterRegistration";
import { isCertificateOfProgram } from "./certificateSource";
import { currentOutputs } from "./currentOutputs";
import { correctionVerdict, startCorrection } from "./driftCorrection";
import { redactFindings, refusalOf, type Subject } from "./findingsText";
import { type Inspection, inspect } from "./inspect";
import type { Inspected } from "./inspectionResult";
import { otherRefusals } from "./otherRefusals";
import { currentPreview, type PreviewRun } from "./previewRun";
import { redactEntry } from "./report/redactEntry";
import { entryOf, withBefore } from "./report/reportEntry";
import { plain, withUnknowns } from "./unknownOutputs";

/** The preflight of one resource, on its way while the program runs on. */
export interface Preflight {
    /** For the engine, as one more input. Never rejects: a rejection would end the program without a name. */
    verdict: pulumi.Output<Verdict | undefined>;
    /** To be called once Pulumi has the resource: logs what does not fail the preview on its row, and makes its outputs known. */
    reportOn?(resource: pulumi.CustomResource): void;
}

/**
 * Looks at AWS for one resource of a preview, concurrently with all others: here, in the program, since the engine calls
 * the provider's `check` for one resource after another. Inspect, render, publish.
 *
 * Undefined where there is nothing to look at: in an update (the gate does it, and `onDrift: "correct"` needs only the domain),
 * for a `get`, and under mocks.
 */
export function startPreflight(
    name: string,
    args: object,
    secrets: Promise<string[] | undefined>,
    opts: pulumi.CustomResourceOptions,
): Preflight | undefined {
    if (opts.id !== undefined) {
        return undefined;
    }
    const run = currentPreview();
    if (!run) {
        return startCorrection(name, args, secrets, opts);
    }
    let resolve: (inspected: Inspected) => void = () => {};
    const inspected = new Promise<Inspected>((it) => {
        resolve = it;
    });
    const ignoreChanges = opts.ignoreChanges ?? [];
    run.preflights += 1;
    const number = run.preflights;
    // With unknowns: what is known of the arguments is judged, the rest at the update.
    const verdict = withUnknowns(pulumi.output({ ...args })).apply(async (values) => {
        const subject: Subject = {
            name,
            args: plain(values) as Record<string, unknown>,
            secret: (await secrets) ?? [],
            isCertificateOfProgram: await isCertificateOfProgram(args),
        };
        const work = inspect(subject, ignoreChanges, run)
            .then((it) => withCurrentOutputs(it, subject.args, run))
            .catch(failedInspection);
        const others = await otherRefusals(run, number, subject, work);
        const inspection = await work;
        const report = reporter(run, number, subject, ignoreChanges, inspection);
        const inspected = { ...subject, ignoreChanges, inspection, report };
        await run.connected();
        resolve(inspected);
        return subject.args.preflight === "off"
            ? correctionVerdict(subject, ignoreChanges, run)
            : verdictOf(inspected, number, others);
    }, true);
    return { verdict, reportOn: (resource) => publish(resource, inspected, run) };
}

/** Never a green light for what could not be looked at for a fault of ours. */
function failedInspection(error: unknown): Inspection {
    const finding: Finding = {
        code: "preflight-failed",
        ground: "introduced",
        severity: "error",
        property: "preflight",
        message: `the preflight itself failed: ${messageOf(error)}`,
        remedy: 'Report it, please; preflight: "off" leaves it out',
    };
    return { problems: [], findings: [finding], ifUnchanged: [finding], strict: true };
}

/** For the report. Before any check: the engine stops the program at the first that fails. */
async function withCurrentOutputs(inspection: Inspection, args: Subject["args"], run: PreviewRun): Promise<Inspection> {
    return run.report ? { ...inspection, before: await currentOutputs(args, inspection, run) } : inspection;
}

function verdictOf(inspected: Inspected, number: number, others: string[]): Verdict {
    const { name, args, ignoreChanges, inspection } = inspected;
    const { findings, ifUnchanged, strict, observed } = inspection;
    const found = ownDomain(observed, args.userPoolId);
    return {
        resource: name,
        isPreview: true,
        number,
        args,
        subject: subjectOf(args),
        findings: redactFindings(inspected, findings),
        ifUnchanged: redactFindings(inspected, ifUnchanged),
        strict,
        others,
        ignoreChanges,
        observed: found && { status: found.status, settings: found.settings },
    };
}

/** Takes what becomes known of the resource, and has it written. */
function reporter(
    run: PreviewRun,
    number: number,
    subject: Subject,
    ignoreChanges: string[],
    inspection: Inspection,
): Inspected["report"] {
    const refusal = refusalOf(subject, inspection);
    const findings = redactFindings(subject, (refusal ?? inspection).findings);
    const entry = entryOf(subject.name, subject.args, findings, refusal !== undefined);
    // What `ignoreChanges` keeps may be secret in the state, which a preview that is refused never sees.
    const perhaps = SETTING_NAMES.map((it) => ARGUMENT_PATH[it]).filter((path) => mayIgnore(path, ignoreChanges));
    const report: Inspected["report"] = (complete, secret = [...subject.secret, ...perhaps]) =>
        run.report?.put(number, redactEntry(complete(entry), subject.args, secret));
    report((it) => withBefore(it, inspection.before));
    return report;
}
