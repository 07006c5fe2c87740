import * as pulumi from "@pulumi/pulumi";
import type { Verdict } from "../inputs/verdict";
import { messageOf } from "../model/errors";
import type { Finding } from "../model/findings";
import { startCorrection } from "./correction";
import { type Inspection, inspect, ownDomain } from "./inspect";
import { logBeforeChecks } from "./previewLog";
import { currentPreview, type PreviewRun } from "./previewRun";
import { type Inspected, publish } from "./publish";
import { redactFindings, refusalOf, renderFindings, type Subject } from "./render";
import { redactEntry } from "./report/redactEntry";
import { entryOf } from "./report/reportEntry";
import { plain, withUnknowns } from "./unknownOutputs";

/** The preflight of one resource, on its way while the program runs on. */
export interface Preflight {
    /** For the engine, as one more input. Never rejects: a rejection would end the program without a name. */
    verdict: pulumi.Output<Verdict | undefined>;
    /** To be called once Pulumi has the resource: logs what does not fail the preview on its row, and foretells its outputs. */
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
    // With unknowns: what is known of the arguments is judged, the rest at the update.
    const verdict = withUnknowns(pulumi.output({ ...args })).apply(async (values) => {
        const subject: Subject = {
            name,
            args: plain(values) as Record<string, unknown>,
            secret: (await secrets) ?? [],
        };
        const work = inspect(name, subject.args, ignoreChanges, run).catch(failedInspection);
        const { inspection, isListed } = await listWithOthers(run, subject, work);
        resolve({ ...subject, ignoreChanges, inspection, report: reporter(run, subject, inspection) });
        return subject.args.preflight === "off" ? undefined : verdictOf(subject, inspection, ignoreChanges, isListed);
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

/**
 * The outcome of an inspection, given once all that have begun are through: none of those waits for another resource. The
 * engine stops at the first resource that fails its check: so where several will, all of them are logged before.
 */
async function listWithOthers(
    run: PreviewRun,
    subject: Subject,
    work: Promise<Inspection>,
): Promise<{ inspection: Inspection; isListed: boolean }> {
    const noted = work.then((inspection) => {
        const refusal = refusalOf(subject, inspection);
        if (refusal) {
            run.refused.set(subject.name, renderFindings(subject, refusal) ?? subject.name);
        }
    });
    run.inFlight.add(noted);
    const inspection = await work;
    // Resources made at the same time have begun after this.
    await new Promise(setImmediate);
    await Promise.all(run.inFlight);
    list(run);
    const listed = run.listed.get(subject.name);
    await listed;
    return { inspection, isListed: listed !== undefined };
}

/** Logs those that will fail and are not logged yet; a single one says all by its own failure. */
function list({ refused, listed }: PreviewRun): void {
    const news = [...refused].filter(([name]) => !listed.has(name));
    if (news.length > 1) {
        const texts = news.map(([, text]) => text);
        const delivered = logBeforeChecks([`${news.length} resources have findings:`, ...texts].join("\n"));
        for (const [name] of news) {
            listed.set(name, delivered);
        }
    }
}

function verdictOf(
    subject: Subject,
    { findings, ifUnchanged, strict, observed }: Inspection,
    ignoreChanges: string[],
    isListed: boolean,
): Verdict {
    const found = ownDomain(observed, subject.args.userPoolId);
    return {
        resource: subject.name,
        args: subject.args,
        findings: redactFindings(subject, findings),
        ifUnchanged: redactFindings(subject, ifUnchanged),
        strict,
        isListed,
        ignoreChanges,
        observed: found && { status: found.status, settings: found.settings },
    };
}

/** Takes what becomes known of the resource, and has it written. */
function reporter(run: PreviewRun, subject: Subject, inspection: Inspection): Inspected["report"] {
    const refusal = refusalOf(subject, inspection);
    const findings = redactFindings(subject, (refusal ?? inspection).findings);
    const entry = entryOf(subject.name, subject.args, findings, refusal !== undefined);
    const report: Inspected["report"] = (complete) =>
        run.report?.put(redactEntry(complete(entry), subject.args, subject.secret));
    report((it) => it);
    return report;
}
