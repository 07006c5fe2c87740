import { isDeepStrictEqual } from "node:util";
import { type AwsSettings, desiredOf, SETTINGS, settingsOf } from "./awsSettings";
import type { Performance, ReportEntry } from "./play";
import { OUTPUTS } from "./program";
import { isRun, type SceneResource } from "./scene";

/** Findings of a preview that may have become right by the update, or not: rule 3 of the design. */
const MENDABLE = /^(domain-(not-found|other-pool|deleting|unseen)|certificate-(pending-validation|unseen))$/;

/** In what the `up` differed from what its preview had said. Empty where the promise held. */
export function differences(performance: Performance): string[] {
    const { scene, preview, up, before, report } = performance;
    const found = [...performance.violations, ...exitDifferences(performance)];
    if (preview.writes.length > 0 || !isDeepStrictEqual([...before], [...preview.domains])) {
        found.push("the preview wrote to AWS");
    }
    // A run that ends for another reason (a program that does not start) proves nothing.
    const isRun = !preview.run.text.includes(NO_TARGET);
    if (isRun && report.length === 0 && scene.resources.some(({ removed }) => !removed)) {
        found.push("the preview wrote no report");
    }
    for (const resource of scene.resources) {
        const own = differencesOf(performance, resource, preview.run.code === 0 && up.run.code === 0);
        found.push(...own.map((text) => `${resource.name}: ${text}`));
    }
    return found;
}

/** What Pulumi says of a target that nothing has made yet; it does not run the program then. */
const NO_TARGET = "could not be found in the stack";

/** Pulumi itself also refuses a target that depends on a resource outside of the targets. */
function isRefusedByPulumi(text: string): boolean {
    return text.includes(NO_TARGET) || text.includes("not specified in --target list");
}

function exitDifferences({ scene, preview, up, report }: Performance): string[] {
    const found: string[] = [];
    const [promised, actual] = [preview.run.code === 0, up.run.code === 0];
    if (!promised && !isRefusedByPulumi(preview.run.text) && !report.some(({ verdict }) => verdict === "refused")) {
        found.push("the preview failed, and its report refuses nothing");
    }
    if (!promised && actual) {
        found.push("the preview failed, and the up succeeded");
    }
    const onlyWarns = scene.resources.filter((it) =>
        [it.args, it.transform].some((args) => args?.preflight === "warn"),
    );
    const isWarned = report.some(({ name, findings }) =>
        findings.some(
            ({ code, severity }) =>
                MENDABLE.test(code) || (severity === "error" && onlyWarns.some((it) => it.name === name)),
        ),
    );
    const isBlind = scene.resources.some((it) => it.unknown || isOff(it));
    if (promised && !actual && !isWarned && !isBlind) {
        found.push("the preview succeeded without a warning, and the up failed");
    }
    return found;
}

function differencesOf(performance: Performance, resource: SceneResource, isSuccess: boolean): string[] {
    const writes = writesTo(performance, resource);
    if (!isRun(performance.scene, resource)) {
        return writes > 0 ? ["written to, although the run leaves it out"] : [];
    }
    if (resource.removed) {
        return writes > 0 && resource.earlier?.onDelete !== "restore" ? ["written to, although it is removed"] : [];
    }
    // Where the program failed, how far Pulumi came is its own affair; what was refused is not written.
    if (!isSuccess) {
        const entry = entryOf(performance, resource);
        return entry?.verdict === "refused" && writes > 0 ? ["the preview refused it, and the up wrote"] : [];
    }
    return ofResource(performance, resource);
}

function ofResource(performance: Performance, resource: SceneResource): string[] {
    const before = settingsOf(performance.before.get(resource.name));
    const after = settingsOf(performance.up.domains.get(resource.name));
    const writes = writesTo(performance, resource);
    const entry = entryOf(performance, resource);
    const found = [...outputDifferences(performance, resource)];
    if (writes > 1) {
        found.push(`${writes} writes`);
    }
    if (!entry) {
        return [...found, "the report says nothing of it"];
    }
    const did = actionIn(performance.up.run.text, resource.name);
    // With `--replace`, the engine asks as if it were new.
    const action = resource.forced && did === "replace" ? "adopt" : did;
    if (!resource.unknown && entry.action !== action) {
        found.push(`${entry.action} foretold, and the engine did ${action}`);
    }
    if (!resource.unknown) {
        found.push(...planDifferences(performance, resource, entry, before, after));
    }
    return [...found, ...driftDifferences(resource, entry, before, after)];
}

function planDifferences(
    performance: Performance,
    resource: SceneResource,
    entry: ReportEntry,
    before: AwsSettings,
    after: AwsSettings,
): string[] {
    const writes = writesTo(performance, resource);
    const told = new Map(entry.changes.map((change) => [lastPart(change.setting), change]));
    const found: string[] = [];
    // A domain whose last update has failed is sent its settings again, as the finding says.
    const isResent = entry.findings.some(({ code }) => code === "domain-not-active");
    if (writes !== Math.min(told.size, 1) && !(isResent && writes === 1)) {
        found.push(`${told.size} changes foretold, ${writes} writes (${textOf(performance, resource.name)})`);
    }
    for (const setting of SETTINGS) {
        const change = told.get(setting);
        const isChanged = !isDeepStrictEqual(before[setting], after[setting]);
        const isTrue = change && isSame(change.from, before[setting]) && isSame(change.to, after[setting]);
        if (change && !isTrue && !resource.secret) {
            found.push(
                `${setting}: foretold ${show(change)}, was ${show(before[setting])}, is ${show(after[setting])}`,
            );
        }
        // What AWS does to a policy that it did not report is its own affair: no request can keep it.
        const isUnreported = setting === "securityPolicy" && writes === 1 && isPolicyUnreported(performance, resource);
        if (!change && isChanged && !isUnreported) {
            found.push(`${setting}: changed from ${show(before[setting])} to ${show(after[setting])}, not foretold`);
        }
    }
    return found;
}

/** What the engine did with a resource, by what it printed of it. */
function actionIn(text: string, name: string): ReportEntry["action"] {
    const did = (what: string) => new RegExp(`UserPoolDomainSettings ${name} ${what}`).test(text);
    if (did("created replacement")) {
        return "replace";
    }
    if (did("created")) {
        return "adopt";
    }
    return did("updated") ? "update" : "none";
}

function entryOf({ report }: Performance, { name }: SceneResource): ReportEntry | undefined {
    return report.find((entry) => entry.name === name);
}

/** With `preflight: "off"` nothing is looked at, so nothing is promised. */
function isOff({ args, transform }: SceneResource): boolean {
    return args.preflight === "off" || transform?.preflight === "off";
}

/** After a success, AWS has what the program says; or the preview has said that it has not, and stays so. */
function driftDifferences(
    resource: SceneResource,
    entry: ReportEntry,
    before: AwsSettings,
    after: AwsSettings,
): string[] {
    if (resource.transform || resource.opts.ignoreChanges || resource.secret) {
        return [];
    }
    const told = new Map(entry.drift.map((drift) => [lastPart(drift.setting), drift]));
    const desired = desiredOf(resource);
    return SETTINGS.flatMap((setting) => {
        const drift = told.get(setting);
        if (drift && !isSame(drift.observed, before[setting])) {
            return [`${setting}: drift told as ${show(drift.observed)}, AWS had ${show(before[setting])}`];
        }
        const isAsDesired = desired[setting] === undefined || isSame(desired[setting], after[setting]);
        // Whether an unknown value turns out to be the old one, and the engine then does nothing, no preview can tell.
        const isOpen = [resource.args.userPoolId, resource.args.domain].some((it) => typeof it === "object");
        const isItself = [resource.args, resource.args.customDomainConfig ?? {}].some(
            (args) => typeof (args as Record<string, unknown>)[setting] === "object",
        );
        const isPlanned = entry.changes.some((change) => lastPart(change.setting) === setting);
        const isConditional = resource.unknown && (isOpen || isItself || isPlanned);
        return isAsDesired || drift || isConditional || resource.args.preflight === "off"
            ? []
            : [`${setting}: is ${show(after[setting])}, not ${show(desired[setting])}, and the preview did not say so`];
    });
}

function outputDifferences(performance: Performance, resource: SceneResource): string[] {
    const { preview, up, scene } = performance;
    const { name, unknown, transform, args } = resource;
    const valueIn = (seen: Performance["up"]["seen"], output: string) =>
        seen.find((it) => it.name === name && it.output === output);
    // With `preflight: "off"`, what the update does to a drifted domain is not seen.
    const compared = isOff(resource) ? (["baseUrl", "cloudFrontHostedZoneId"] as const) : OUTPUTS;
    return compared.flatMap((output) => {
        const [promised, actual] = [valueIn(preview.seen, output), valueIn(up.seen, output)];
        if (output === "status" && transform?.wait) {
            // A preview does not see which options a transform gives: docs/limits.md.
            return [];
        }
        if (promised && actual && !isDeepStrictEqual(promised.value, actual.value)) {
            return [`output ${output}: ${show(promised.value)} in the preview, ${show(actual.value)} in the up`];
        }
        const isUnseen = scene.acmDenied && output === "certificateExpiry";
        const isUnreported = output === "customDomainConfig" && isPolicyUnreported(performance, resource);
        const mayBeUnknown = isUnreported || unknown || transform !== undefined || args.wait === "none" || isUnseen;
        return promised || !actual || mayBeUnknown ? [] : [`output ${output}: unknown in the preview`];
    });
}

function isPolicyUnreported({ before }: Performance, { name }: SceneResource): boolean {
    return before.get(name)?.securityPolicy === undefined;
}

function writesTo({ up }: Performance, { domain }: SceneResource): number {
    return up.writes.filter(({ input }) => input.Domain === domain).length;
}

/** `customDomainConfig.certificateArn` -> `certificateArn`. */
function lastPart(setting: string): string {
    return setting.slice(setting.lastIndexOf(".") + 1);
}

function isSame(a: unknown, b: unknown): boolean {
    return isDeepStrictEqual(a ?? undefined, b ?? undefined);
}

function show(value: unknown): string {
    return JSON.stringify(value) ?? "none";
}

/** What the preview printed about a resource. */
function textOf({ preview }: Performance, name: string): string {
    return preview.run.text
        .split("\n")
        .filter((line) => line.includes(` ${name}`) || line.includes(`${name}.`))
        .join(" / ");
}
