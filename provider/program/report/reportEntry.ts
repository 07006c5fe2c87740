import { membersOf, overlap, startsWith } from "../../inputs/propertyPath";
import { REDACTED } from "../../inputs/redaction";
import { isUnknown } from "../../inputs/unknown";
import type { DomainAddress } from "../../model/address";
import { defined } from "../../model/defined";
import type { Finding } from "../../model/findings";
import type { ObservedCertificate } from "../../model/observed";
import { domainOutputs, OUTPUT_NAMES } from "../../model/outputs";
import { oneLine } from "../../model/plainText";
import { ARGUMENT_PATH, namesIn, type SettingName, type Settings } from "../../model/settings";
import type { Plan } from "../../plan/plan";
import type { ReportEntry } from "./report";

/** What an entry is made of. */
export interface EntryInput {
    name: string;
    args: Record<string, unknown>;
    address?: DomainAddress;
    /** Missing if the arguments are invalid. */
    plan?: Plan;
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
    const reportedValue = (setting: SettingName, settings: Settings) =>
        settings[setting] !== undefined && secrets.some((it) => overlap(it, membersOf(ARGUMENT_PATH[setting])))
            ? REDACTED
            : settings[setting];
    const difference = (desired: Settings) => (setting: SettingName) => ({
        setting: ARGUMENT_PATH[setting],
        desired: reportedValue(setting, desired),
        observed: reportedValue(setting, plan?.before ?? {}),
    });
    const outputs = Object.fromEntries([...(plan?.outputs ?? [])].filter(([, value]) => value !== undefined));
    const entry: ReportEntry = {
        ...defined({ name, domain: textOf(args.domain), userPoolId: textOf(args.userPoolId) }),
        name,
        verdict: refused ? "refused" : findings.length > 0 ? "warned" : "ok",
        action: plan?.action ?? "none",
        changes: (plan?.domain ? plan.changes : []).map((setting) => ({
            setting: ARGUMENT_PATH[setting],
            ...(plan?.before[setting] === undefined ? {} : { from: reportedValue(setting, plan.before) }),
            to: reportedValue(setting, plan?.target ?? {}),
        })),
        kept: Object.fromEntries(
            namesIn(plan?.kept ?? {}).map((setting) => [
                ARGUMENT_PATH[setting],
                reportedValue(setting, plan?.kept ?? {}),
            ]),
        ),
        drift: (plan?.drift ?? []).map(difference(plan?.desired ?? {})),
        overwrites: (plan?.overwrites ?? []).map(difference(plan?.target ?? {})),
        findings: [...findings],
        outputs: withoutSecrets(outputs, secrets),
        unknown: OUTPUT_NAMES.filter((it) => !plan?.outputs.has(it)),
        ...beforeOf(input, secrets),
        ...(args.onFailure === "rollback" ? { rollsBack: true as const } : {}),
    };
    return mapped(entry, (value) => (typeof value === "string" ? oneLine(redact(value)) : value)) as ReportEntry;
}

function beforeOf(
    { address, plan, currentCertificate }: EntryInput,
    secrets: string[][],
): { before?: Record<string, unknown> } {
    const { domain, before } = plan ?? {};
    if (!address || !domain || !before) {
        return {};
    }
    const { status, cloudFrontDistribution } = domain;
    const state = { address, settings: before, status, cloudFrontDistribution, certificate: currentCertificate };
    return { before: withoutSecrets({ ...domainOutputs(state) }, secrets) };
}

function withoutSecrets(outputs: Record<string, unknown>, secrets: string[][]): Record<string, unknown> {
    const replace = (value: unknown, path: readonly string[]) =>
        secrets.some((it) => startsWith(path, it)) ? REDACTED : value;
    return mapped(outputs, replace) as Record<string, unknown>;
}

function textOf(value: unknown): string | undefined {
    return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

/** The value with each member, and then itself, replaced. */
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
