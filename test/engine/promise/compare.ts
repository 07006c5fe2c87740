import { isDeepStrictEqual } from "node:util";
import type { StoredDomain } from "../../emulator";
import { OUTPUTS, type Performance, type ReportEntry } from "./play";
import { isRun, type SceneResource } from "./scene";

const SETTINGS = ["managedLoginVersion", "certificateArn", "securityPolicy", "failover"] as const;
type AwsSettings = Partial<Record<(typeof SETTINGS)[number], unknown>>;

/** What AWS has; a version that is not set is 1. */
function settingsOf(domain: StoredDomain | undefined): AwsSettings {
    const { managedLoginVersion = 1, certificateArn, securityPolicy, routing } = domain ?? {};
    return { managedLoginVersion, certificateArn, securityPolicy, failover: routing?.failover };
}

/** What the program says. */
function desiredOf({ args }: SceneResource): AwsSettings {
    const { certificateArn, securityPolicy } = (args.customDomainConfig ?? {}) as AwsSettings;
    // The value that the update makes known.
    const known = (value: unknown) => (isObject(value) && "$makes" in value ? value.$makes : value);
    return {
        managedLoginVersion: args.managedLoginVersion,
        certificateArn: known(certificateArn),
        securityPolicy: known(securityPolicy),
        failover: (args.routing as AwsSettings | undefined)?.failover,
    };
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Findings of a preview that may have become right by the update, or not: rule 3 of the design. */
const MENDABLE = /^(domain-(not-found|other-pool|deleting|unseen)|certificate-(pending-validation|unseen))$/;

/** In what the `up` differed from what its preview had said. Empty where the promise held. */
export function differences(performance: Performance): string[] {
    const { scene, preview, before, report } = performance;
    const found = [...performance.violations, ...exitDifferences(performance)];
    if (preview.writes.length > 0 || !isDeepStrictEqual([...before], [...preview.domains])) {
        found.push("the preview wrote to AWS");
    }
    // A run that ends for another reason (a program that does not start) proves nothing.
    if (report.length === 0 && scene.resources.some((it) => !it.removed && isRun(scene, it))) {
        found.push("the preview wrote no report");
    }
    for (const resource of scene.resources) {
        found.push(...differencesOf(performance, resource).map((text) => `${resource.name}: ${text}`));
    }
    return found;
}

function exitDifferences({ scene, preview, up, report }: Performance): string[] {
    const [promised, actual] = [preview.run.code === 0, up.run.code === 0];
    if (!promised) {
        const isRefused = report.some(({ verdict }) => verdict === "refused");
        return isRefused && !actual ? [] : ["the preview failed, and its report refuses nothing, or the up succeeded"];
    }
    const isWarned = report.some(({ name, findings }) => {
        const { args, transform } = scene.resources.find((it) => it.name === name) ?? {};
        const onlyWarns = [args, transform].some((it) => it?.preflight === "warn");
        return findings.some(({ code, severity }) => MENDABLE.test(code) || (severity === "error" && onlyWarns));
    });
    const isBlind = scene.resources.some((it) => it.unknown || isOff(it));
    return actual || isWarned || isBlind ? [] : ["the preview succeeded without a warning, and the up failed"];
}

function differencesOf(performance: Performance, resource: SceneResource): string[] {
    const { scene, preview, up, report } = performance;
    const writes = up.writes.filter(({ input }) => input.Domain === resource.domain).length;
    const entry = report.find(({ name }) => name === resource.name);
    // In a run that fails for another resource, those that the engine has finished still prove something.
    const isDone = up.run.code === 0 || actionIn(up.run.text, resource.name) !== "none";
    const isSuccess = preview.run.code === 0 && isDone;
    if (!isRun(scene, resource) || resource.removed) {
        return writes > 0 ? ["written to, although the run leaves it out, or it is removed"] : [];
    }
    // Where the program failed, how far Pulumi came is its own affair; what was refused is not written.
    if (!isSuccess) {
        return entry?.verdict === "refused" && writes > 0 ? ["the preview refused it, and the up wrote"] : [];
    }
    const found = outputDifferences(performance, resource);
    if (writes > 1) {
        found.push(`${writes} writes`);
    }
    if (!entry) {
        return [...found, "the report says nothing of it"];
    }
    const before = settingsOf(performance.before.get(resource.name));
    const after = settingsOf(up.domains.get(resource.name));
    const did = actionIn(up.run.text, resource.name);
    // With `--replace` alone, the engine asks as if it were new.
    const action = resource.forced && !resource.movedTo && did === "replace" ? "adopt" : did;
    if (!resource.unknown && entry.action !== action) {
        found.push(`${entry.action} foretold, and the engine did ${action}`);
    }
    if (!resource.unknown) {
        found.push(...planDifferences(resource, entry, writes, before, after));
    }
    return [...found, ...driftDifferences(resource, entry, before, after)];
}

function planDifferences(
    resource: SceneResource,
    entry: ReportEntry,
    writes: number,
    before: AwsSettings,
    after: AwsSettings,
): string[] {
    const told = new Map(entry.changes.map((change) => [lastPart(change.setting), change]));
    // A domain whose last update has failed is sent its settings again, as the finding says.
    const isResent = entry.findings.some(({ code }) => code === "domain-not-active");
    const isCount = writes === Math.min(told.size, 1) || (isResent && writes === 1);
    const found = isCount ? [] : [`${told.size} changes foretold, ${writes} writes`];
    for (const setting of SETTINGS) {
        const change = told.get(setting);
        const [was, is] = [before[setting], after[setting]];
        if (change && !(isSame(change.from, was) && isSame(change.to, is)) && !resource.secret) {
            found.push(`${setting}: foretold ${show(change)}, was ${show(was)}, is ${show(is)}`);
        }
        // What AWS does to a policy that it did not report is its own affair: no request can keep it.
        const isUnreported = setting === "securityPolicy" && writes === 1 && was === undefined;
        if (!change && !isSame(was, is) && !isUnreported) {
            found.push(`${setting}: changed from ${show(was)} to ${show(is)}, not foretold`);
        }
    }
    return found;
}

/** What the engine did with a resource, by what it printed of it. */
function actionIn(text: string, name: string): ReportEntry["action"] {
    const actions = [
        ["created replacement", "replace"],
        ["created", "adopt"],
        ["updated", "update"],
    ] as const;
    return actions.find(([did]) => text.includes(`UserPoolDomainSettings ${name} ${did}`))?.[1] ?? "none";
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
    const { preview, up, scene, before } = performance;
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
        const isUnreported = output === "customDomainConfig" && before.get(name)?.securityPolicy === undefined;
        const mayBeUnknown = isUnreported || unknown || transform !== undefined || args.wait === "none" || isUnseen;
        return promised || !actual || mayBeUnknown ? [] : [`output ${output}: unknown in the preview`];
    });
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
