import type { ParsedIniData } from "@smithy/types";

/** A profile of the AWS configuration files. */
export type ProfileData = [name: string, data: Partial<Record<string, string>>];

const KEYS = "aws_access_key_id";

/** Settings that are each a source of credentials, besides those of sessions (SSO, `aws login`). */
const SOURCES = ["source_profile", "credential_source", "credential_process", "web_identity_token_file", KEYS];

const KNOWN = new RegExp(`^(role_arn|aws_secret_access_key|login_session|sso_.*|${SOURCES.join("|")})$`);

/** True if a profile has credentials of its own, rather than the machine's role. */
export function hasCredentials(data: ProfileData[1]): boolean {
    return Object.keys(data).some((setting) => setting !== "role_arn" && KNOWN.test(setting));
}

/** A profile, then its source profile, then that one's, and so on. */
export function sourceProfiles(name: string, profiles: ParsedIniData): ProfileData[] {
    const chain = new Map<string, ProfileData[1]>();
    for (let next: string | undefined = name; next && !chain.has(next); next = chain.get(next)?.source_profile) {
        chain.set(next, profiles[next] ?? {});
    }
    return [...chain];
}

/** The remedy if a profile, or the last of its source profiles, gives no credentials. */
export function profileRemedy(chain: ProfileData[]): string {
    const [last = "", { credential_process, sso_session, sso_start_url } = {}] = chain.at(-1) ?? [];
    if (credential_process) {
        return `Run its credential_process, ${JSON.stringify(credential_process)}, by itself to see what is wrong`;
    }
    return sso_session || sso_start_url
        ? `Sign in with "aws sso login --profile ${last}"`
        : `Correct the profile ("aws configure list --profile ${last}" shows what it has), or name another`;
}

/**
 * A setting of a profile that the SDKs for Go and for JavaScript understand differently, and what to do: no identity is better than a
 * different one from that of @pulumi/aws. Source: aws-sdk-go-v2, config/shared_config.go and config/resolve_credentials.go.
 * @param isSource True if it is the source profile of another.
 */
export function unclearSetting(
    [name, data]: ProfileData,
    isSource: boolean,
    skipsMetadata: boolean,
): string | undefined {
    const settings = Object.keys(data);
    const upper = settings.find((it) => /[A-Z]/.test(it) && KNOWN.test(it.toLowerCase()));
    if (upper) {
        return `has ${upper}: write it in lower case`;
    }
    const { role_arn, source_profile, credential_source, web_identity_token_file } = data;
    if (role_arn && data.mfa_serial) {
        // The SDK would start on the source profile anyway, and leave its failure unhandled.
        return `asks for an MFA code (mfa_serial), which cannot be entered here: get a session first, for example with "aws configure export-credentials --profile ${name} --format env"`;
    }
    // Both SDKs ignore keys beside a source profile.
    const ignored = role_arn && source_profile && !isSource ? KEYS : undefined;
    const sessions = [/^sso_/, /^login_session$/].map((kind) => settings.find((it) => kind.test(it)));
    const sources = [...SOURCES, ...sessions].filter((it) => it && data[it] && it !== ignored);
    if (sources.length > 1) {
        return `has ${sources.join(" and ")}: keep one of them`;
    }
    if (isSource && role_arn && !source_profile && !credential_source && !web_identity_token_file) {
        return "is a source profile with role_arn and no source of its own: name one with source_profile";
    }
    return credential_source === "Ec2InstanceMetadata" && skipsMetadata
        ? "has credential_source Ec2InstanceMetadata, which is switched off (AWS_EC2_METADATA_DISABLED or aws:skipMetadataApiCheck)"
        : undefined;
}
