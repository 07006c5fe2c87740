import { readFile } from "node:fs/promises";
import type { AssumeRoleCommandInput, AssumeRoleWithWebIdentityCommandInput } from "@aws-sdk/client-sts";
import { doesIdentityRequireRefresh, isIdentityExpired, memoizeIdentityProvider } from "@smithy/core";
import { loadConfig, NODE_REGION_CONFIG_OPTIONS, parseKnownFiles } from "@smithy/core/config";
import type {
    AwsCredentialIdentity,
    AwsCredentialIdentityProvider,
    Logger,
    ParsedIniData,
    Provider,
} from "@smithy/types";
import { secondsIn } from "../inputs/argumentFormats";
import type { AssumeRole, AwsIdentity } from "../inputs/awsIdentity";
import { AwsCallError, messageOf } from "../model/errors";
import { Aws, type ClientOptions } from "./awsCalls";
import { callPlugin, NoCredentialsError } from "./callErrors";
import { hasCredentials, profileRemedy, sourceProfiles, unclearSetting } from "./profiles";
import { requestHandlerFor } from "./requestHandler";

// The SDK prints seven lines about the age of Node.js 20 in every command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** Silences the SDK's warnings about credentials: the order here is intended. */
const SILENT: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A profile, and what names it. */
type Profile = { name: string; source: string };

/** The calls to AWS with the credentials of an identity. */
export async function connectAs(identity: AwsIdentity): Promise<Aws> {
    const { profile, connection = {}, allowedAccountIds, forbiddenAccountIds } = identity;
    const { endpoints, credentials, webIdentity } = connection;
    const requestHandler = await requestHandlerFor();
    const isFromConfig = Boolean(credentials ?? webIdentity?.webIdentityToken);
    const needsAccount = Boolean(allowedAccountIds ?? forbiddenAccountIds);
    const options = { profile, endpoints, requestHandler, isFromConfig, needsAccount };
    return new Aws({ ...options, credentials: credentialsOf(identity, options) });
}

/**
 * The credentials of an identity, found in the order of @pulumi/aws: keys in the stack's config, its web identity, its profile (or the
 * argument's), keys in the environment, the environment's web identity, AWS_PROFILE, the role of the container or the EC2 instance.
 * Then through the roles. Source: aws-sdk-go-v2, config/resolve_credentials.go; hashicorp/aws-sdk-go-base, credentials.go.
 */
function credentialsOf(identity: AwsIdentity, options: ClientOptions): ClientOptions["credentials"] {
    const find = async (caller?: { callerClientConfig?: { region: Provider<string> } }) => {
        const assumers = await roleAssumers(options, identity.stsRegion, caller?.callerClientConfig?.region);
        let credentials = await firstCredentials(identity, assumers);
        for (const role of identity.assumeRoles ?? []) {
            credentials = await assumers.roleAssumer(credentials, roleInput(role));
        }
        return credentials;
    };
    return memoizeIdentityProvider(find, isIdentityExpired, doesIdentityRequireRefresh);
}

type RoleAssumers = Awaited<ReturnType<typeof roleAssumers>>;

/** The functions with which the SDK's providers assume roles. */
async function roleAssumers(options: ClientOptions, stsRegion?: string, callerRegion?: Provider<string>) {
    const { profile, endpoints, requestHandler, isFromConfig } = options;
    const found = loadConfig(
        {
            ...NODE_REGION_CONFIG_OPTIONS,
            // As in the SDK for Go, and so in @pulumi/aws.
            environmentVariableSelector: (env) => env.AWS_REGION || env.AWS_DEFAULT_REGION,
            default: callerRegion ?? "us-east-1",
        },
        { profile, ignoreCache: true },
    );
    const region = stsRegion ?? (await found());
    const stsOptions = { region, requestHandler, endpoint: endpoints?.sts };
    const plugins = [callPlugin(region, isFromConfig)];
    return {
        /** For the clients of all providers. */
        clientConfig: { requestHandler },
        logger: SILENT,
        roleAssumer: async (credentials: AwsCredentialIdentity, input: AssumeRoleCommandInput) => {
            const { getDefaultRoleAssumer } = await import("@aws-sdk/client-sts");
            // A new one each time: it keeps the credentials of its first call.
            return getDefaultRoleAssumer(stsOptions, plugins)(credentials, input);
        },
        roleAssumerWithWebIdentity: async (input: AssumeRoleWithWebIdentityCommandInput) => {
            const { getDefaultRoleAssumerWithWebIdentity } = await import("@aws-sdk/client-sts");
            return getDefaultRoleAssumerWithWebIdentity(stsOptions, plugins)(input);
        },
    };
}

async function firstCredentials(identity: AwsIdentity, assumers: RoleAssumers): Promise<AwsCredentialIdentity> {
    const { env } = process;
    const { credentials, webIdentity, skipsInstanceMetadata } = identity.connection ?? {};
    const tilde = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"].find((it) => env[it]?.startsWith("~"));
    if (tilde) {
        // The SDK for Go, and so @pulumi/aws, looks for a folder of that name.
        throw new NoCredentialsError(
            `${tilde} begins with "~", which @pulumi/aws does not expand: give the whole path`,
        );
    }
    const named = namedProfile(identity);
    const profiles = await parseKnownFiles({ ignoreCache: true });
    if (named && !Object.hasOwn(profiles, named.name)) {
        throw new NoCredentialsError(
            `the profile "${named.name}" (${named.source}) is in neither AWS configuration file: correct the name, or add it with "aws configure --profile ${named.name}"`,
        );
    }
    if (credentials) {
        return credentials;
    }
    if (webIdentity) {
        const text = "the token of aws:assumeRoleWithWebIdentity cannot be read. Correct webIdentityTokenFile";
        return attempt(text, async () => {
            const { webIdentityToken, webIdentityTokenFile = "" } = webIdentity;
            const WebIdentityToken = webIdentityToken ?? (await readFile(webIdentityTokenFile, "utf8")).trim();
            return assumers.roleAssumerWithWebIdentity({ ...roleInput(webIdentity), WebIdentityToken });
        });
    }
    const accessKeyId = env.AWS_ACCESS_KEY_ID || env.AWS_ACCESS_KEY;
    const secretAccessKey = env.AWS_SECRET_ACCESS_KEY || env.AWS_SECRET_KEY;
    if (!identity.profile && accessKeyId && secretAccessKey) {
        return { accessKeyId, secretAccessKey, sessionToken: env.AWS_SESSION_TOKEN || undefined };
    }
    if (!identity.profile && env.AWS_WEB_IDENTITY_TOKEN_FILE) {
        const text =
            "the web identity of AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN cannot be used. Correct or unset the two variables";
        return attempt(text, async () => (await providers()).fromTokenFile(assumers)());
    }
    const skipsMetadata = skipsInstanceMetadata ?? env.AWS_EC2_METADATA_DISABLED?.toLowerCase() === "true";
    return profileCredentials(named, profiles, skipsMetadata, assumers);
}

/** The profile that is named, and by what. */
function namedProfile({ profile, profileSource = "the argument aws.profile" }: AwsIdentity): Profile | undefined {
    const variable = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].find((it) => process.env[it]) ?? "";
    const name = profile || process.env[variable];
    return name ? { name, source: profile ? profileSource : `the environment variable ${variable}` } : undefined;
}

async function profileCredentials(
    { name, source }: Profile = { name: "default", source: "the default" },
    profiles: ParsedIniData,
    skipsMetadata: boolean,
    assumers: RoleAssumers,
): Promise<AwsCredentialIdentity> {
    const chain = sourceProfiles(name, profiles);
    for (const [index, it] of chain.entries()) {
        const problem = unclearSetting(it, index > 0, skipsMetadata);
        if (problem) {
            throw new NoCredentialsError(`the profile "${it[0]}" (${source}) ${problem}`);
        }
    }
    const data = profiles[name] ?? {};
    const text = `the profile "${name}" (${source}) gives no credentials. ${profileRemedy(chain)}`;
    const fromFiles = async () => (await providers()).fromIni({ ...assumers, profile: name, ignoreCache: true })();
    const credentials = await (hasCredentials(data) ? attempt(text, fromFiles) : machineCredentials(skipsMetadata));
    const { role_arn, source_profile, credential_source, web_identity_token_file } = data;
    if (!role_arn || source_profile || credential_source || web_identity_token_file) {
        return credentials;
    }
    // The SDK for JavaScript ignores a role without a source profile; the one for Go assumes it.
    const { role_session_name, external_id, duration_seconds } = data;
    const duration = duration_seconds && `${duration_seconds}s`;
    const role = { roleArn: role_arn, sessionName: role_session_name, externalId: external_id, duration };
    return assumers.roleAssumer(credentials, roleInput(role));
}

/** The role of the container or, unless that is switched off, of the EC2 instance. */
async function machineCredentials(skipsMetadata: boolean): Promise<AwsCredentialIdentity> {
    const { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_CONTAINER_CREDENTIALS_FULL_URI } = process.env;
    const { fromHttp, fromInstanceMetadata } = await providers();
    if (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || AWS_CONTAINER_CREDENTIALS_FULL_URI) {
        return attempt("the container's role gives no credentials. Check the task role", fromHttp({ logger: SILENT }));
    }
    const text =
        'there are none in the environment, a profile or a role of this machine. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or aws:profile in the stack\'s config; or sign in with "aws sso login"';
    return attempt(text, () => {
        if (skipsMetadata) {
            throw new Error("The EC2 instance's role is switched off");
        }
        return fromInstanceMetadata({ logger: SILENT })();
    });
}

function roleInput(role: AssumeRole): AssumeRoleCommandInput {
    return {
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName ?? "pulumi",
        ExternalId: role.externalId,
        DurationSeconds: secondsIn(role.duration),
        Policy: role.policy,
        PolicyArns: role.policyArns?.map((arn) => ({ arn })),
        Tags: role.tags && Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
        TransitiveTagKeys: role.transitiveTagKeys,
        SourceIdentity: role.sourceIdentity,
    };
}

/** The SDK's; they take a while to load. */
const providers = () => import("@aws-sdk/credential-providers");

/** Names the source of credentials that failed, and the remedy: the call that they are for was not sent. */
async function attempt(text: string, find: AwsCredentialIdentityProvider): Promise<AwsCredentialIdentity> {
    try {
        return await find();
    } catch (error) {
        if (error instanceof AwsCallError) {
            throw error;
        }
        throw new NoCredentialsError(`${text}. Cause: ${messageOf(error)}`, { cause: error });
    }
}
