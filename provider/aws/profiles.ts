import type { ParsedIniData } from "@smithy/types";

/** A profile of the AWS configuration files. */
export type ProfileData = [name: string, data: Partial<Record<string, string>>];

/** A profile with one of these has credentials of its own. Without any, it has the machine's role. */
const CREDENTIAL_SETTINGS = [
    ...["aws_access_key_id", "aws_secret_access_key", "source_profile", "credential_source"],
    ...["web_identity_token_file", "credential_process", "login_session"],
    ...["sso_session", "sso_start_url", "sso_account_id", "sso_region", "sso_role_name"],
];

/** True if a profile has credentials of its own, rather than the machine's role. */
export function hasCredentials(data: ProfileData[1]): boolean {
    return CREDENTIAL_SETTINGS.some((setting) => data[setting]);
}

/** A profile, and those that it names as its source, one after another. */
export function sourceProfiles(name: string, profiles: ParsedIniData): ProfileData[] {
    const chain = new Map<string, ProfileData[1]>();
    for (let next: string | undefined = name; next && !chain.has(next); next = chain.get(next)?.source_profile) {
        chain.set(next, profiles[next] ?? {});
    }
    return [...chain];
}

/** The remedy if a profile, or the last of its source profiles, gives no credentials. */
export function profileRemedy(name: string, chain: ProfileData[]): string {
    const [last = name, { credential_process, sso_session, sso_start_url } = {}] = chain.at(-1) ?? [];
    if (credential_process) {
        return `Run its credential_process, ${JSON.stringify(credential_process)}, by itself to see what is wrong`;
    }
    return sso_session || sso_start_url
        ? `Sign in with "aws sso login --profile ${last}"`
        : `Correct the profile ("aws configure list --profile ${last}" shows what it has), or name another`;
}

/** The settings of which each is a source of credentials by itself. */
const SOURCES = ["source_profile", "credential_source", "credential_process", "web_identity_token_file"];

/**
 * The first of some profiles with settings that the SDKs for Go and for JavaScript understand differently, and what to do: rather none
 * than another identity than that of @pulumi/aws. Source: aws-sdk-go-v2, config/shared_config.go and config/resolve_credentials.go.
 */
export function unclearProfile(
    chain: ProfileData[],
    skipsMetadata: boolean,
): { name: string; problem: string } | undefined {
    for (const [index, [name, data]] of chain.entries()) {
        const problem = problemOf([name, data], index > 0, skipsMetadata);
        if (problem) {
            return { name, problem };
        }
    }
    return undefined;
}

function problemOf([name, data]: ProfileData, isSource: boolean, skipsMetadata: boolean): string | undefined {
    const upper = Object.keys(data).find((it) => it !== it.toLowerCase() && isKnown(it.toLowerCase()));
    if (upper) {
        return `has ${upper}: write it in lower case`;
    }
    if (data.role_arn && data.mfa_serial) {
        // The SDK would start on the source profile all the same, and leave its failure unhandled.
        return `asks for an MFA code (mfa_serial), which cannot be entered here: get a session first, for example with "aws configure export-credentials --profile ${name} --format env"`;
    }
    const sso = Object.keys(data).find((it) => it.startsWith("sso_"));
    const keys = data.aws_access_key_id && "aws_access_key_id";
    const sources = [...SOURCES.filter((it) => data[it]), ...(sso ? [sso] : [])];
    // Keys may be those of a role that is assumed with a source profile, or with themselves.
    const isBeside = keys && (!data.role_arn || isSource || !data.source_profile) && sources.length > 0;
    const all = isBeside ? [...sources, keys] : sources;
    if (all.length > 1) {
        return `has ${all.join(" and ")}: keep one of them`;
    }
    if (isSource && data.role_arn && (keys || data.credential_process || sources.length === 0)) {
        return "is a source profile with role_arn and no source of its own: name one with source_profile";
    }
    return data.credential_source === "Ec2InstanceMetadata" && skipsMetadata
        ? "has credential_source Ec2InstanceMetadata, which is switched off (AWS_EC2_METADATA_DISABLED or aws:skipMetadataApiCheck)"
        : undefined;
}

function isKnown(setting: string): boolean {
    return setting === "role_arn" || CREDENTIAL_SETTINGS.includes(setting);
}
