import { membersOf, overlap, startsWith } from "../../inputs/propertyPath";
import { isUnknown } from "../../inputs/unknown";
import type { DomainAddress } from "../../model/address";
import type { Finding } from "../../model/findings";
import { defined } from "../../model/objects";
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
    /** Missing if the arguments are invalid. */
    plan?: PreviewPlan;
    /** The certificate that the domain has now, if ACM was asked about it. */
    currentCertificate?: ObservedCertificate;
    findings: readonly Finding[];
    refused: boolean;
    /** The paths of the secret arguments. */
    secret: readonly string[];
    /** Replaces secrets in text. */
    redact(text: string): string;
}

/** The entry of one resource: the plan, without what is secret. What AWS has in place of a secret is secret as well. */
export function entryOf(input: EntryInput): ReportEntry {
    const { name, args, plan, findings, refused, redact } = input;
    const secrets = input.secret.map(membersOf);
    const byPath = (settings: Settings = {}) =>
        Object.fromEntries(
            namesIn(settings).map((name) => {
                const path = ARGUMENT_PATH[name];
                return [path, secrets.some((it) => overlap(it, membersOf(path))) ? SECRET : settings[name]];
            }),
        );
    const [before, target, desired] = [plan?.before, plan?.target, plan?.desired].map(byPath);
    const pathsOf = (names: readonly SettingName[] = []) => names.map((name) => ARGUMENT_PATH[name]);
    const difference =
        (wanted: Record<string, unknown> = {}) =>
        (setting: string) => ({
            setting,
            desired: wanted[setting],
            observed: before?.[setting],
        });
    const entry: ReportEntry = defined({
        name,
        domain: textOf(args.domain),
        userPoolId: textOf(args.userPoolId),
        verdict: refused ? "refused" : findings.length > 0 ? "warned" : "ok",
        action: plan?.action ?? "none",
        // Without the domain, what it would change is not known.
        changes: pathsOf(plan?.domain && plan.changes).map((setting) =>
            defined({ setting, from: before?.[setting], to: target?.[setting] }),
        ),
        kept: byPath(plan?.kept),
        notKnownYet: pathsOf(plan?.unknown),
        drift: pathsOf(plan?.drift).map(difference(desired)),
        overwrites: pathsOf(plan?.overwrites).map(difference(target)),
        findings: [...findings],
        outputs: withoutSecrets(defined(Object.fromEntries(plan?.outputs ?? [])), secrets),
        unknown: OUTPUT_NAMES.filter((it) => !plan?.outputs.has(it)),
        before: currentOutputs(input, secrets),
        rollsBack: args.onFailure === "rollback" ? true : undefined,
    });
    return mapped(entry, (value) => (typeof value === "string" ? oneLine(redact(value)) : value)) as ReportEntry;
}

/** The outputs that the domain would have as it is in AWS now. */
function currentOutputs({ address, plan, currentCertificate }: EntryInput, secrets: string[][]) {
    if (!address || !plan?.domain) {
        return undefined;
    }
    const { status, cloudFrontDistribution } = plan.domain;
    const state = { address, settings: plan.before, status, cloudFrontDistribution, certificate: currentCertificate };
    return withoutSecrets({ ...domainOutputs(state) }, secrets);
}

function withoutSecrets(outputs: Record<string, unknown>, secrets: string[][]): Record<string, unknown> {
    const replace = (value: unknown, path: readonly string[]) =>
        secrets.some((it) => startsWith(path, it)) ? SECRET : value;
    return mapped(outputs, replace) as Record<string, unknown>;
}

function textOf(value: unknown): string | undefined {
    return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

/** The value with each text or number in it replaced. */
function mapped(
    value: unknown,
    replace: (value: unknown, path: readonly string[]) => unknown,
    path: readonly string[] = [],
): unknown {
    if (Array.isArray(value)) {
        return value.map((item, index) => mapped(item, replace, [...path, String(index)]));
    }
    if (typeof value !== "object" || value === null) {
        return replace(value, path);
    }
    const members = Object.entries(value).map(([name, member]) => [name, mapped(member, replace, [...path, name])]);
    return Object.fromEntries(members);
}
