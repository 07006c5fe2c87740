import { isDeepStrictEqual } from "node:util";
import type { StoredDomain } from "../../emulator";
import type { Performance, ReportEntry } from "./play";
import { OUTPUTS } from "./program";
import type { SceneResource } from "./scene";

/** The settings of a domain that an update can change, as AWS has them; a version that is not set is 1. */
type AwsSettings = Record<string, unknown>;

const SETTINGS = ["managedLoginVersion", "certificateArn", "securityPolicy", "failover"] as const;

/** Findings of a preview that may have become right by the update, or not: rule 3 of the design. */
const MENDABLE = /^(domain-(not-found|other-pool|deleting|unseen)|certificate-(pending-validation|unseen))$/;

/** In what the `up` differed from what its preview had said. Empty where the promise held. */
export function differences(performance: Performance): string[] {
    const { scene, preview, up, before, report } = performance;
    const found: string[] = [];
    if (preview.writes.length > 0 || !isDeepStrictEqual([...before], [...preview.domains])) {
        found.push("the preview wrote to AWS");
    }
    const warned = report.filter(({ findings }) => findings.some(({ code }) => MENDABLE.test(code)));
    // A run that ends for another reason (a program that does not start) proves nothing.
    if (report.length === 0) {
        found.push("the preview wrote no report");
    }
    if (preview.run.code !== 0 && !report.some(({ verdict }) => verdict === "refused")) {
        found.push("the preview failed, and its report refuses nothing");
    }
    if (preview.run.code !== 0 && up.run.code === 0) {
        found.push("the preview failed, and the up succeeded");
    }
    if (preview.run.code === 0 && up.run.code !== 0 && warned.length === 0) {
        found.push("the preview succeeded without a warning, and the up failed");
    }
    for (const resource of scene.resources) {
        if (scene.target !== undefined && scene.target !== resource.name) {
            if (writesTo(performance, resource) > 0) {
                found.push(`${resource.name}: written to, although it is not the target`);
            }
            continue;
        }
        const own =
            preview.run.code === 0 && up.run.code === 0
                ? ofResource(performance, resource)
                : refusedOnly(performance, resource);
        found.push(...own.map((text) => `${resource.name}: ${text}`));
    }
    return found;
}

/** Where the program failed, how far Pulumi came is its own affair; what was refused is not written. */
function refusedOnly(performance: Performance, resource: SceneResource): string[] {
    const entry = performance.report.find(({ name }) => name === resource.name);
    return entry?.verdict === "refused" && writesTo(performance, resource) > 0
        ? ["the preview refused it, and the up wrote"]
        : [];
}

function ofResource(performance: Performance, resource: SceneResource): string[] {
    const { report } = performance;
    const before = settingsOf(performance.before.get(resource.name));
    const after = settingsOf(performance.up.domains.get(resource.name));
    const writes = writesTo(performance, resource);
    const entry = report.find(({ name }) => name === resource.name);
    const found = [...outputDifferences(performance, resource)];
    if (writes > 1) {
        found.push(`${writes} writes`);
    }
    if (!entry) {
        return [...found, "the report says nothing of it"];
    }
    const isForetold = !resource.unknown && !resource.transform;
    if (isForetold) {
        const told = new Map(entry.changes.map((change) => [lastPart(change.setting), change]));
        if (writes !== Math.min(told.size, 1)) {
            found.push(`${told.size} changes foretold, ${writes} writes (${textOf(performance, resource.name)})`);
        }
        for (const setting of SETTINGS) {
            const change = told.get(setting);
            const isChanged = !isDeepStrictEqual(before[setting], after[setting]);
            if (change && !(isSame(change.from, before[setting]) && isSame(change.to, after[setting]))) {
                found.push(
                    `${setting}: foretold ${show(change)}, was ${show(before[setting])}, is ${show(after[setting])}`,
                );
            }
            if (!change && isChanged) {
                found.push(
                    `${setting}: changed from ${show(before[setting])} to ${show(after[setting])}, not foretold`,
                );
            }
        }
    }
    return [...found, ...driftDifferences(resource, entry, before, after)];
}

/** After a success, AWS has what the program says; or the preview has said that it has not, and stays so. */
function driftDifferences(
    resource: SceneResource,
    entry: ReportEntry,
    before: AwsSettings,
    after: AwsSettings,
): string[] {
    if (resource.transform || resource.opts.ignoreChanges) {
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
        const isConditional = resource.unknown && entry.changes.some((change) => lastPart(change.setting) === setting);
        return isAsDesired || drift || isConditional || resource.args.preflight === "off"
            ? []
            : [`${setting}: is ${show(after[setting])}, not ${show(desired[setting])}, and the preview did not say so`];
    });
}

function outputDifferences({ preview, up, scene }: Performance, { name, unknown, transform }: SceneResource): string[] {
    const valueIn = (seen: Performance["up"]["seen"], output: string) =>
        seen.find((it) => it.name === name && it.output === output);
    return OUTPUTS.flatMap((output) => {
        const [promised, actual] = [valueIn(preview.seen, output), valueIn(up.seen, output)];
        if (promised && actual && !isDeepStrictEqual(promised.value, actual.value)) {
            return [`output ${output}: ${show(promised.value)} in the preview, ${show(actual.value)} in the up`];
        }
        const mayBeUnknown = unknown || transform !== undefined || (scene.acmDenied && output === "certificateExpiry");
        return promised || !actual || mayBeUnknown ? [] : [`output ${output}: unknown in the preview`];
    });
}

function writesTo({ up }: Performance, { domain }: SceneResource): number {
    return up.writes.filter(({ input }) => input.Domain === domain).length;
}

function settingsOf(domain: StoredDomain | undefined): AwsSettings {
    return {
        managedLoginVersion: domain?.managedLoginVersion ?? 1,
        certificateArn: domain?.certificateArn,
        securityPolicy: domain?.securityPolicy,
        failover: domain?.routing?.failover,
    };
}

function desiredOf({ args }: SceneResource): AwsSettings {
    const config = (args.customDomainConfig ?? {}) as Record<string, unknown>;
    const arn = config.certificateArn as string | { $made: string } | undefined;
    return {
        managedLoginVersion: args.managedLoginVersion,
        certificateArn: typeof arn === "object" ? arn.$made : arn,
        securityPolicy: config.securityPolicy,
        failover: (args.routing as { failover?: unknown } | undefined)?.failover,
    };
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
