import { membersOf, overlap, startsWith } from "../../inputs/propertyPath";
import { isUnknown } from "../../inputs/unknown";
import type { DomainAddress } from "../../model/address";
import type { Finding } from "../../model/findings";
import { defined, isObject } from "../../model/objects";
import type { ObservedCertificate } from "../../model/observed";
import { domainOutputs, OUTPUT_NAMES } from "../../model/outputs";
import { oneLine } from "../../model/plainText";
import { ARGUMENT_PATH, namesIn, type SettingName, type Settings } from "../../model/settings";
import { SECRET } from "../../model/settingsText";
import type { PreviewPlan } from "../../plan/previewPlan";
import type { ReportEntry } from "./report";

/** Everything that an entry is made from. */
export interface EntryInput {
    name: string;
    args: Record<string, unknown>;
    address?: DomainAddress;
    /** Missing if the arguments are invalid, or if the preview itself failed. */
    plan?: PreviewPlan;
    /** If there is no plan. */
    findings?: Finding[];
    /** The id of the resource that this one replaces. */
    replaces?: string;
    /** The certificate that the domain has now, if ACM was asked about it. */
    currentCertificate?: ObservedCertificate;
    /** The paths of the secret arguments. */
    secret: readonly string[];
    /** Replaces secrets in text. */
    redact(text: string): string;
}

/** The entry of one resource: the plan, without what is secret. What AWS has in place of a secret is secret as well. */
export function entryOf(input: EntryInput): ReportEntry {
    const { name, args, plan, redact } = input;
    const pathsOf = (names: readonly SettingName[] = []) => names.map((name) => ARGUMENT_PATH[name]);
    // The plan's include what was secret until now.
    const secrets = [...input.secret, ...pathsOf(plan?.secret)].map(membersOf);
    const isSecret = (path: string) => secrets.some((it) => overlap(it, membersOf(path)));
    const shown = (path: string, value: unknown) => (isSecret(path) ? SECRET : value);
    const byPath = (settings: Settings = {}) =>
        Object.fromEntries(namesIn(settings).map((it) => [ARGUMENT_PATH[it], shown(ARGUMENT_PATH[it], settings[it])]));
    const [before, target] = [byPath(plan?.before), byPath(plan?.target)];
    const differences = (names: readonly SettingName[] | undefined, wanted: Record<string, unknown>) =>
        pathsOf(names).map((setting) => ({ setting, desired: wanted[setting], observed: before[setting] }));
    const findings = plan?.findings ?? input.findings ?? [];
    const entry: ReportEntry = {
        name,
        domain: textOf(args.domain),
        userPoolId: textOf(args.userPoolId),
        verdict: !plan || plan.refused ? "refused" : findings.length > 0 ? "warned" : "ok",
        action: plan?.action ?? "none",
        replaces: isSecret("domain") || isSecret("userPoolId") ? undefined : input.replaces,
        // Without the domain, what it would change is not known.
        changes: pathsOf(plan?.domain && plan.changes).map((it) => ({ setting: it, from: before[it], to: target[it] })),
        kept: byPath(plan?.kept),
        notKnownYet: pathsOf(plan?.unknown),
        drift: differences(plan?.drift, byPath(plan?.desired)),
        overwrites: differences(plan?.overwrites, target),
        findings,
        outputs: withoutSecrets(defined(Object.fromEntries(plan?.outputs ?? [])), secrets),
        unknown: OUTPUT_NAMES.filter((it) => !plan?.outputs.has(it)),
        before: withoutSecrets(currentOutputs(input), secrets),
        rollsBack: args.onFailure === "rollback" ? true : undefined,
    };
    // As the file will have it: without members that are undefined.
    return JSON.parse(JSON.stringify(entry, (_, it) => (typeof it === "string" ? oneLine(redact(it)) : it)));
}

function textOf(value: unknown): string | undefined {
    return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

/** The outputs that the domain would have as it is in AWS now. */
function currentOutputs({ address, plan, currentCertificate: certificate }: EntryInput) {
    if (!address || !plan?.domain) {
        return undefined;
    }
    const { status, cloudFrontDistribution } = plan.domain;
    return { ...domainOutputs({ address, settings: plan.before, status, cloudFrontDistribution, certificate }) };
}

/** The outputs with each value at or in a secret path replaced. */
function withoutSecrets<T>(value: T, secrets: string[][], path: readonly string[] = []): T {
    if (isObject(value)) {
        const members = Object.entries(value);
        return Object.fromEntries(
            members.map(([name, it]) => [name, withoutSecrets(it, secrets, [...path, name])]),
        ) as T;
    }
    return secrets.some((it) => startsWith(path, it)) ? (SECRET as T) : value;
}
