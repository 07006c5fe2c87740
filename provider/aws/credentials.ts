import { readFile } from "node:fs/promises";
import { doesIdentityRequireRefresh, isIdentityExpired } from "@smithy/core";
import { memoize, parseKnownFiles } from "@smithy/core/config";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, Logger, ParsedIniData } from "@smithy/types";
import type { AwsConnection, WebIdentityRole } from "../inputs/awsConnection";
import type { AssumeRole, AwsIdentity } from "../inputs/awsIdentity";
import { secondsIn } from "../inputs/duration";
import { AwsCallError, messageOf } from "../model/errors";
import { NoCredentialsError } from "./callErrors";
import { hasCredentials, profileRemedy, sourceProfiles, unclearProfile } from "./profiles";
import type { Sts } from "./sts";

/** Whatever the SDK warns of while it looks for credentials, the order here is the one that is meant. */
const SILENT: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A profile, and where its name comes from. */
interface Profile {
    name: string;
    source: string;
}

/**
 * The credentials of an identity, found in the order of @pulumi/aws: keys in the stack's config, its web identity, its profile (or the
 * argument's), keys in the environment, the environment's web identity, AWS_PROFILE, the role of the container or the EC2 instance.
 * Then through the roles. Source: aws-sdk-go-v2, config/resolve_credentials.go; hashicorp/aws-sdk-go-base, credentials.go.
 */
export function credentialsOf(identity: AwsIdentity, sts: Sts): AwsCredentialIdentityProvider {
    const find = async () => {
        let credentials = await firstCredentials(identity, sts);
        for (const role of identity.assumeRoles ?? []) {
            credentials = await sts.assumeRole(credentials, roleInput(role));
        }
        return credentials;
    };
    return memoize(find, isIdentityExpired, doesIdentityRequireRefresh);
}

async function firstCredentials(identity: AwsIdentity, sts: Sts): Promise<AwsCredentialIdentity> {
    const { profile, connection = {} } = identity;
    const named = namedProfile(identity);
    for (const variable of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) {
        if (process.env[variable]?.startsWith("~")) {
            // The SDK for Go, and so @pulumi/aws, looks for a folder of that name.
            throw new NoCredentialsError(
                `${variable} begins with "~", which @pulumi/aws does not expand: give the whole path`,
            );
        }
    }
    const profiles = await parseKnownFiles({ ignoreCache: true });
    if (named && !profiles[named.name]) {
        throw new NoCredentialsError(
            `the profile "${named.name}" (${named.source}) is in neither AWS configuration file: correct the name, or add it with "aws configure --profile ${named.name}"`,
        );
    }
    if (connection.credentials) {
        return connection.credentials;
    }
    if (connection.webIdentity) {
        return webIdentityCredentials(connection.webIdentity, sts);
    }
    const fromEnvironment = profile ? undefined : await environmentCredentials(sts);
    return fromEnvironment ?? profileCredentials(named, profiles, connection, sts);
}

function namedProfile({ profile, profileSource = "the argument aws.profile" }: AwsIdentity): Profile | undefined {
    if (profile) {
        return { name: profile, source: profileSource };
    }
    for (const variable of ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]) {
        const name = process.env[variable];
        if (name) {
            return { name, source: `the environment variable ${variable}` };
        }
    }
    return undefined;
}

/** The keys in the environment, or else the role of a web identity. */
async function environmentCredentials(sts: Sts): Promise<AwsCredentialIdentity | undefined> {
    const { env } = process;
    const accessKeyId = env.AWS_ACCESS_KEY_ID || env.AWS_ACCESS_KEY;
    const secretAccessKey = env.AWS_SECRET_ACCESS_KEY || env.AWS_SECRET_KEY;
    if (accessKeyId && secretAccessKey) {
        return { accessKeyId, secretAccessKey, sessionToken: env.AWS_SESSION_TOKEN || undefined };
    }
    if (!env.AWS_WEB_IDENTITY_TOKEN_FILE) {
        return undefined;
    }
    const what = "the web identity of AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN cannot be used";
    return explained(what, "Correct or unset the two variables", async () => {
        const { fromTokenFile } = await import("@aws-sdk/credential-providers");
        return fromTokenFile({ roleAssumerWithWebIdentity: (input) => sts.assumeRoleWithWebIdentity(input) })();
    });
}

async function profileCredentials(
    { name, source }: Profile = { name: "default", source: "since nothing names another" },
    profiles: ParsedIniData,
    connection: AwsConnection,
    sts: Sts,
): Promise<AwsCredentialIdentity> {
    const chain = sourceProfiles(name, profiles);
    const unclear = unclearProfile(chain, skipsMetadata(connection));
    if (unclear) {
        throw new NoCredentialsError(`the profile "${unclear.name}" (${source}) ${unclear.problem}`);
    }
    const data = profiles[name] ?? {};
    const hasOwn = hasCredentials(data);
    const own = () =>
        explained(`the profile "${name}" (${source}) gives no credentials`, profileRemedy(name, chain), async () => {
            const { fromIni } = await import("@aws-sdk/credential-providers");
            return fromIni({
                profile: name,
                ignoreCache: true,
                logger: SILENT,
                clientConfig: { requestHandler: sts.config.requestHandler },
                roleAssumer: (credentials, input) => sts.assumeRole(credentials, input),
                roleAssumerWithWebIdentity: (input) => sts.assumeRoleWithWebIdentity(input),
            })();
        });
    const credentials = await (hasOwn ? own() : machineCredentials(connection));
    const { role_arn, source_profile, credential_source, web_identity_token_file } = data;
    if (!role_arn || source_profile || credential_source || web_identity_token_file) {
        return credentials;
    }
    // The SDK for JavaScript ignores a role without a source profile; the one for Go assumes it.
    return sts.assumeRole(credentials, {
        RoleArn: role_arn,
        RoleSessionName: data.role_session_name,
        ExternalId: data.external_id,
        DurationSeconds: data.duration_seconds ? Number(data.duration_seconds) : undefined,
    });
}

/** The role of the container or, unless that is switched off, of the EC2 instance. */
async function machineCredentials(connection: AwsConnection): Promise<AwsCredentialIdentity> {
    const { env } = process;
    const { fromHttp, fromInstanceMetadata } = await import("@aws-sdk/credential-providers");
    if (env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || env.AWS_CONTAINER_CREDENTIALS_FULL_URI) {
        return explained(
            "the container's role gives no credentials",
            "Check the task role",
            fromHttp({ logger: SILENT }),
        );
    }
    const remedy =
        'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or aws:profile in the stack\'s config; or sign in with "aws sso login"';
    return explained("there are none in the environment, a profile or a role of this machine", remedy, () => {
        if (skipsMetadata(connection)) {
            throw new Error("The EC2 instance's role is switched off");
        }
        return fromInstanceMetadata({ logger: SILENT })();
    });
}

function skipsMetadata({ skipsInstanceMetadata }: AwsConnection): boolean {
    return skipsInstanceMetadata ?? process.env.AWS_EC2_METADATA_DISABLED?.toLowerCase() === "true";
}

/** The file is read anew each time: others renew its token. */
async function webIdentityCredentials(role: WebIdentityRole, sts: Sts): Promise<AwsCredentialIdentity> {
    const { roleArn, webIdentityToken, webIdentityTokenFile = "", sessionName, duration, policy, policyArns } = role;
    const what = "the token of aws:assumeRoleWithWebIdentity cannot be read";
    return explained(what, "Correct webIdentityTokenFile", async () =>
        sts.assumeRoleWithWebIdentity({
            RoleArn: roleArn,
            WebIdentityToken: webIdentityToken ?? (await readFile(webIdentityTokenFile, "utf8")).trim(),
            RoleSessionName: sessionName,
            DurationSeconds: secondsIn(duration),
            Policy: policy,
            PolicyArns: policyArns?.map((arn) => ({ arn })),
        }),
    );
}

function roleInput(role: AssumeRole): Parameters<Sts["assumeRole"]>[1] {
    return {
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName,
        ExternalId: role.externalId,
        DurationSeconds: secondsIn(role.duration),
        Policy: role.policy,
        PolicyArns: role.policyArns?.map((arn) => ({ arn })),
        Tags: role.tags && Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
        TransitiveTagKeys: role.transitiveTagKeys,
        SourceIdentity: role.sourceIdentity,
    };
}

/** Names what failed while credentials were found: the call that they are for was not sent. */
async function explained(
    what: string,
    remedy: string,
    find: AwsCredentialIdentityProvider,
): Promise<AwsCredentialIdentity> {
    try {
        return await find();
    } catch (error) {
        if (error instanceof AwsCallError) {
            throw error;
        }
        throw new NoCredentialsError(`${what}. ${remedy}. The SDK said: ${messageOf(error)}`, { cause: error });
    }
}
