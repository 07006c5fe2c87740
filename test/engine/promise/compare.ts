import { isDeepStrictEqual } from "node:util";
import { OUTPUT_NAMES } from "../../../provider/model/outputs";
import {
    SETTING_NAMES,
    type SettingName,
    type Settings,
    type SettingsArguments,
    settingsOf,
} from "../../../provider/model/settings";
import { comment } from "../../../provider/program/report/comment";
import type { StoredDomain } from "../../emulator";
import type { Performance, ReportEntry } from "./play";
import { isRun, type SceneResource } from "./scene";

/** One resource that the run is about. */
interface Case {
    performance: Performance;
    resource: SceneResource;
    entry: ReportEntry;
    /** The number of requests to change its domain. */
    writes: number;
    /** What AWS has before and after. */
    before: Settings;
    after: Settings;
    /** The settings of which the preview says that it does not know whether they are sent. */
    open: string[];
}

/** What AWS has; a version that is not set is 1. */
function settingsIn(domain: StoredDomain | undefined): Settings {
    const { managedLoginVersion = 1, certificateArn, securityPolicy, routing } = domain ?? {};
    return { managedLoginVersion, certificateArn, securityPolicy, failover: routing?.failover };
}

/** What the program says. */
const desiredOf = (args: object = {}): Settings => settingsOf(known(args) as SettingsArguments);

/** The value that the update makes known, or that is secret. */
function known(value: unknown): unknown {
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const { $makes, $secret } = value as Record<string, unknown>;
    const members = () => Object.entries(value).map(([name, member]) => [name, known(member)]);
    return $makes ?? ($secret === undefined ? Object.fromEntries(members()) : known($secret));
}

/** Findings of a preview that may have become right by the update, or not: rule 3 of the design. */
const MENDABLE = /^(domain-(not-found|other-pool|deleting|unseen)|certificate-(pending-validation|unseen))$/;

/** In what the `up` differed from what its preview had said. Empty where the promise held. */
export function differences(performance: Performance): string[] {
    const { scene, preview, up, before, report } = performance;
    const found = [...performance.violations];
    const [then, now] = [before, preview.domains].map((domains) => [...domains.values()].map(settingsIn));
    if (preview.writes.length > 0 || !isDeepStrictEqual(then, now)) {
        found.push("the preview wrote to AWS");
    }
    if ((preview.run.code === 0) === report.some(({ verdict }) => verdict === "refused")) {
        found.push(`the preview exited with ${preview.run.code}, unlike its report`);
    }
    if ((up.run.code === 0) === scene.resources.some((it) => hasFailed(performance, it))) {
        found.push(`the up exited with ${up.run.code}, unlike its resources`);
    }
    for (const resource of scene.resources) {
        const own = [...differencesOf(performance, resource), ...leaksOf(performance, resource)];
        found.push(...own.map((text) => `${resource.name}: ${text}`));
    }
    return found;
}

function hasFailed({ up }: Performance, { name }: SceneResource): boolean {
    return new RegExp(`UserPoolDomainSettings ${name} \\*\\*.*failed\\*\\*`).test(up.run.text);
}

function differencesOf(performance: Performance, resource: SceneResource): string[] {
    const { scene, up, report } = performance;
    const writes = up.writes.filter(({ input }) => input.Domain === resource.domain).length;
    const entry = report.find(({ name }) => name === resource.name);
    if (!isRun(scene, resource) || resource.removed) {
        return writes > 0 ? ["written to, although the run leaves it out, or it is removed"] : [];
    }
    if (!entry) {
        return ["the report says nothing of it"];
    }
    const [before, after] = [performance.before, up.domains].map((domains) => settingsIn(domains.get(resource.name)));
    const it = { performance, resource, entry, writes, before, after, open: openIn(entry, resource) } as Case;
    if (entry.verdict === "refused" || hasFailed(performance, resource)) {
        return failureDifferences(it);
    }
    const isDrifted = resource.failing || Object.keys(resource.drift).length > 0;
    return [
        ...outputDifferences(it),
        ...(writes > 1 ? [`${writes} writes`] : []),
        ...(resource.unknown ? [] : [...actionDifferences(it), ...overwriteDifferences(it)]),
        // A preview does not see that a transform corrects drift: docs/limits.md.
        ...(resource.unknown || (resource.transform?.onDrift && isDrifted) ? [] : planDifferences(it)),
        ...driftDifferences(it),
        ...commentDifferences(it),
    ];
}

/** What was refused fails, and is not written; what fails was refused, or the preview has said that it might be. */
function failureDifferences({ performance, resource, entry, writes }: Case): string[] {
    if (entry.verdict === "refused") {
        const isAlike = writes === 0 && hasFailed(performance, resource);
        return isAlike ? [] : ["the preview refused it, and the up did not"];
    }
    const onlyWarns = [resource.args, resource.transform].some((it) => it?.preflight === "warn");
    const isWarned = entry.findings.some((it) => MENDABLE.test(it.code) || (it.severity === "error" && onlyWarns));
    return isWarned || resource.unknown || isOff(resource) ? [] : ["it failed, and the preview did not say so"];
}

/** The engine does what was foretold, and the update says so in the same words. */
function actionDifferences({ performance: { preview, up }, resource, entry, open }: Case): string[] {
    const did = actionIn(up.run.text, resource.name);
    // With `--replace` alone, the engine asks as if it were new.
    const action = resource.forced && did === "replace" ? "adopt" : did;
    const found = entry.action === action ? [] : [`${entry.action} foretold, and the engine did ${action}`];
    const [promised, actual] = [preview, up].map(({ run }) => changesIn(run.text, resource.domain));
    // The domain's name may be hidden in one of them; a preview does not see which options a transform gives: docs/limits.md.
    const isSeen = resource.secret !== "domain" && !resource.transform?.onDrift;
    const isOpen = open.length > 0 || !isSeen || promised?.includes("(if the last update");
    return isOpen || promised === actual ? found : [...found, `"${promised}" in the preview, "${actual}" in the up`];
}

/** What the engine did with a resource, by what it printed of it. */
function actionIn(text: string, name: string): string {
    const done = new RegExp(`UserPoolDomainSettings ${name} (created replacement|created|updated)`).exec(text);
    return { "created replacement": "replace", created: "adopt", updated: "update" }[String(done?.[1])] ?? "none";
}

/** The changes, and the reason for them, in the words of a run, without what only a preview adds. */
function changesIn(text: string, domain: string): string {
    const [, line = ""] = new RegExp(`^.*?${domain}: (.* -> .*)$`, "m").exec(text) ?? [];
    const parts = line.replace(/ \((valid until [^)]*|managed login needs it)\)/g, "").split("; ");
    return parts.filter((part) => part.includes(" -> ")).join("; ");
}

/** What may be ignored; and if the last update did not complete, what differs while the program changes something else. */
function openIn({ notKnownYet, findings }: ReportEntry, { failing }: SceneResource): string[] {
    const isOpen = ({ message }: { message: string }) => message.includes("unless the last update did not complete");
    const drift = findings.filter(isOpen).map(({ property }) => property);
    // Whether a policy that AWS does not report has arrived, only the state tells.
    const resent = failing ? [...drift, "securityPolicy"] : [];
    return [...notKnownYet, ...resent].map(lastPart);
}

/** True if AWS does not report the setting: a preview does not see what it is. */
function isUnreported(setting: SettingName, { performance: { scene }, before }: Case): boolean {
    return setting === "securityPolicy" && (scene.silent || before[setting] === undefined);
}

function planDifferences(it: Case): string[] {
    const { resource, entry, writes, before, after, open } = it;
    const told = new Map(entry.changes.map((change) => [lastPart(change.setting), change]));
    const isFailed = entry.findings.some(({ code }) => code === "domain-not-active");
    // A domain whose last update has failed is sent its settings again, as the finding says.
    const isResent = isFailed || open.length > 0;
    const isCount = writes === Math.min(told.size, 1) || (isResent && writes === 1);
    const found = isCount ? [] : [`${told.size} changes foretold, ${writes} writes`];
    for (const setting of SETTING_NAMES) {
        const change = told.get(setting);
        const [was, is] = [before[setting], after[setting]];
        const isHidden = isUnreported(setting, it);
        const isFrom = isHidden || isTold(change?.from, was, resource);
        if (change && !(isFrom && isTold(change.to, is, resource))) {
            found.push(`${setting}: foretold ${show(change)}, was ${show(was)}, is ${show(is)}`);
        }
        // What AWS does to a policy that it does not report is its own affair: no request can keep it.
        const isOpen = (isHidden && writes === 1) || open.includes(setting);
        if (!change && !isSame(was, is) && !isOpen) {
            found.push(`${setting}: changed from ${show(was)} to ${show(is)}, not foretold`);
        }
    }
    return found;
}

/** A value that someone else has set is not replaced in silence. A preview does not see the old value of a secret. */
function overwriteDifferences({ resource, entry, before, after, open }: Case): string[] {
    const { routing, ...drift } = resource.drift;
    const outside: Settings = { ...drift, failover: routing?.failover };
    const asked = desiredOf(resource.earlier);
    const told = entry.overwrites.map(({ setting }) => lastPart(setting));
    const replaced = SETTING_NAMES.filter((name) => outside[name] !== undefined && !isSame(before[name], after[name]));
    const foreign = replaced.filter((name) => asked[name] !== undefined && !isSame(asked[name], before[name]));
    const isSeen = entry.action === "update" && !resource.secret && !resource.failing && !resource.transform?.onDrift;
    return foreign
        .filter((name) => isSeen && !told.includes(name) && !open.includes(name))
        .map((name) => `${name}: the preview does not say that ${show(before[name])} is someone else's`);
}

/** With `preflight: "off"` nothing is looked at, so nothing is promised. */
function isOff({ args, transform }: SceneResource): boolean {
    return args.preflight === "off" || transform?.preflight === "off";
}

/** After a success, AWS has what the program says; or the preview has said that it has not, and stays so. */
function driftDifferences({ performance: { scene }, resource, entry, before, after, open }: Case): string[] {
    if (resource.transform || resource.opts.ignoreChanges) {
        return [];
    }
    const told = new Map(entry.drift.map((drift) => [lastPart(drift.setting), drift]));
    const desired = desiredOf(resource.args);
    return SETTING_NAMES.flatMap((setting) => {
        const drift = told.get(setting);
        const isUnreported = scene.silent && setting === "securityPolicy";
        if (drift && !isUnreported && !isTold(drift.observed, before[setting], resource)) {
            return [`${setting}: drift told as ${show(drift.observed)}, AWS had ${show(before[setting])}`];
        }
        const isAsDesired = desired[setting] === undefined || isSame(desired[setting], after[setting]);
        // Whether an unknown value turns out to be the old one, and the engine then does nothing, no preview can tell.
        const isPlanned = entry.changes.some((change) => lastPart(change.setting) === setting);
        const isConditional = resource.unknown && (!entry.before || isPlanned || open.includes(setting));
        return isAsDesired || drift || isConditional
            ? []
            : [`${setting}: is ${show(after[setting])}, not ${show(desired[setting])}, and the preview did not say so`];
    });
}

const REPORT = { schema: 1, project: "project", stack: "test" } as const;

/** The comment on this resource alone names each change, and calls nothing unchanged that is not known. */
function commentDifferences(it: Case): string[] {
    const { resource, entry, before, after } = it;
    const text = comment({ report: { ...REPORT, resources: [entry] }, outcome: "success" });
    const changed = SETTING_NAMES.filter((name) => !isUnreported(name, it) && !isSame(before[name], after[name]));
    const isChanged = changed.length > 0 && !resource.transform?.onDrift;
    const isFalse = text.includes("changes no setting") && (isChanged || entry.notKnownYet.length > 0);
    const missing = entry.changes.filter(({ to }) => !text.includes(briefly(to)));
    return [
        ...(isFalse ? ["the comment says that no setting changes"] : []),
        ...missing.map(({ setting, to }) => `the comment does not say that ${setting} becomes ${show(to)}`),
    ];
}

/** How the comment shows a value, and what is searched for in texts. */
function briefly(value: unknown): string {
    const { primaryRoute53HealthCheckId: check = value } = Object(value);
    return String(check).replace(/^arn:.*\/(.{8}).*$/, "$1");
}

/**
 * No text has a value that the program marks as secret, or has marked, or what AWS has in its place. Pulumi's log of a replacement has
 * the state's outputs, which are secret only if the program had marked them.
 */
function leaksOf({ scene, preview, up, report, before }: Performance, resource: SceneResource): string[] {
    const { secret = "", earlier, args, drift, name } = resource;
    const isMarked = (it: unknown) => JSON.stringify(it)?.includes('"$secret"');
    if (secret === "domain" || ![earlier, args].some(isMarked)) {
        return [];
    }
    const pick = (settings: Settings) => settings[secret.startsWith("routing") ? "failover" : "certificateArn"];
    // With `--replace`, or after a refresh has dropped the resource, nothing tells what was secret until now.
    const isNew = report.some((it) => it.name === name && it.action === "adopt");
    const publicOnes = [desiredOf(args), ...(isNew ? [settingsIn(before.get(name))] : [])];
    const shown = [...(isMarked(earlier) ? [] : [desiredOf(earlier)]), ...(isMarked(args) ? [] : publicOnes)].map(pick);
    const values = [desiredOf(earlier), desiredOf(args), settingsIn(before.get(name))].map(pick);
    const hidden = values.filter((it) => it !== undefined && !shown.some((other) => isSame(it, other)));
    const isRead =
        scene.refreshed || (secret.startsWith("routing") ? drift.routing : drift.certificateArn) === undefined;
    const stated = earlier && !isMarked(earlier) && isRead ? pick(settingsIn(before.get(name))) : undefined;
    const unstated = hidden.filter((it) => !isSame(it, stated));
    const texts: [where: string, text: string, hidden: unknown[]][] = [
        ["preview", preview.run.text, unstated],
        ["report", JSON.stringify(report), hidden],
        ["comment", comment({ report: { ...REPORT, resources: report }, outcome: "success" }), hidden],
        ["up", up.run.text, unstated],
    ];
    return texts.flatMap(([where, text, secrets]) =>
        secrets.filter((it) => text.includes(briefly(it))).map((it) => `${show(it)} is secret, and in the ${where}`),
    );
}

function outputDifferences({ performance: { preview, up, scene }, resource, before }: Case): string[] {
    const { name, unknown, transform, args, status, failing } = resource;
    const valueIn = (seen: Performance["up"]["seen"], output: string) =>
        seen.find((it) => it.name === name && it.output === output);
    // With `preflight: "off"`, what the update does to a drifted domain is not seen.
    const compared = isOff(resource) ? (["baseUrl", "cloudFrontHostedZoneId"] as const) : OUTPUT_NAMES;
    return compared.flatMap((output) => {
        const [promised, actual] = [valueIn(preview.seen, output), valueIn(up.seen, output)];
        // An update under way may have ended by then.
        if (output === "status" && (transform?.wait || promised?.value === "UPDATING")) {
            return [];
        }
        if (promised && actual && !isDeepStrictEqual(promised.value, actual.value)) {
            return [`output ${output}: ${show(promised.value)} in the preview, ${show(actual.value)} in the up`];
        }
        const isUnseen = scene.acmDenied && output === "certificateExpiry";
        const isUnreported = output === "customDomainConfig" && (scene.silent || before.securityPolicy === undefined);
        const isOpen = unknown || failing || transform !== undefined || args.wait === "none" || status === "UPDATING";
        // A refused preview ends before all outputs are noted.
        const mayBeUnknown = isUnreported || isUnseen || isOpen || preview.run.code !== 0;
        return promised || !actual || mayBeUnknown ? [] : [`output ${output}: unknown in the preview`];
    });
}

/** `customDomainConfig.certificateArn` -> `certificateArn`. */
function lastPart(setting: string): string {
    return setting.slice(setting.lastIndexOf(".") + 1);
}

/** A value in the report; hidden if something of the resource is secret. */
function isTold(told: unknown, actual: unknown, { secret }: SceneResource): boolean {
    return isSame(told, actual) || (secret !== undefined && told === "[secret]");
}

function isSame(a: unknown, b: unknown): boolean {
    return isDeepStrictEqual(a ?? undefined, b ?? undefined);
}

function show(value: unknown): string {
    return JSON.stringify(value) ?? "none";
}
