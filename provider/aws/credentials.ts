import { readFile } from "node:fs/promises";
import type { ACMClientConfig } from "@aws-sdk/client-acm";
import { loadConfig, NODE_REGION_CONFIG_OPTIONS } from "@smithy/core/config";
import type { AwsCredentialIdentityProvider, Logger } from "@smithy/types";
import type { AwsConnection, WebIdentityRole } from "../inputs/awsConnection";
import type { AssumeRole, AwsIdentity } from "../inputs/awsIdentity";
import { secondsIn } from "../inputs/duration";
import { callFailed } from "./callErrors";
import { assertProfile, type ProfileFiles } from "./profile";
import type { RequestHandler } from "./requestHandler";

type Library = typeof import("@aws-sdk/credential-providers");

/** How STS is reached where roles are assumed. */
export interface StsOptions {
    requestHandler: RequestHandler;
    /** The Region of a user pool, as soon as one was asked about. */
    poolRegion(): string | undefined;
}

/** Where nothing names a Region, and ACM is asked before any user pool: that is in us-east-1. */
const FALLBACK_STS_REGION = "us-east-1";

/** The SDK warns on the terminal that a profile is preferred to the environment's keys: here that is what config asks for. */
const QUIET: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Of a role, where none is given. */
const SESSION_NAME = "pulumi";

/**
 * The credentials of an identity: first the token of a web identity, the keys in the stack's config, or the AWS default
 * chain; and then through the roles. Undefined where the client's own default chain does.
 */
export async function credentialsOf(
    identity: AwsIdentity,
    sts: StsOptions,
): Promise<ACMClientConfig["credentials"] | undefined> {
    const { profile, assumeRoles = [], connection = {} } = identity;
    const { credentials, webIdentity, sharedConfigFile, sharedCredentialsFile, skipsInstanceMetadata } = connection;
    if (assumeRoles.length === 0 && !webIdentity) {
        if (credentials) {
            return credentials;
        }
        if (!profile && !sharedConfigFile && !sharedCredentialsFile && !skipsInstanceMetadata) {
            return undefined;
        }
    }
    const library = await import("@aws-sdk/credential-providers");
    const clientConfig = stsConfig(identity, sts);
    const first = webIdentity
        ? webIdentityCredentials(library, webIdentity, clientConfig)
        : credentials
          ? async () => credentials
          : defaultCredentials(library, identity, sts);
    return assumeRoles.reduce((source, role) => roleCredentials(library, role, source, clientConfig), first);
}

type StsConfig = ReturnType<typeof stsConfig>;

/** STS is asked in the Region that is given, or else in AWS_REGION, the profile's, the user pool's. */
function stsConfig({ profile, region, connection = {} }: AwsIdentity, { requestHandler, poolRegion }: StsOptions) {
    const given = connection.stsRegion ?? region;
    const found = loadConfig(
        { ...NODE_REGION_CONFIG_OPTIONS, default: async () => poolRegion() ?? FALLBACK_STS_REGION },
        { profile, ...filesOf(connection) },
    );
    return {
        region: given === undefined ? found : async () => given,
        endpoint: connection.endpoints?.sts,
        useFipsEndpoint: connection.useFipsEndpoint,
        useDualstackEndpoint: connection.useDualstackEndpoint,
        requestHandler,
    };
}

function filesOf({ sharedConfigFile, sharedCredentialsFile }: AwsConnection): ProfileFiles {
    return {
        ...(sharedConfigFile && { configFilepath: sharedConfigFile }),
        ...(sharedCredentialsFile && { filepath: sharedCredentialsFile }),
    };
}

/** The AWS default chain: with a profile that there is, and without the EC2 instance's role where config says so. */
function defaultCredentials(
    library: Library,
    { profile, connection = {} }: AwsIdentity,
    { requestHandler }: StsOptions,
): AwsCredentialIdentityProvider {
    const files = filesOf(connection);
    const init = { ...(profile && { profile }), ...files, clientConfig: { requestHandler }, logger: QUIET };
    const chain =
        connection.skipsInstanceMetadata && !hasContainerRole()
            ? library.createCredentialChain(
                  ...(profile || process.env.AWS_PROFILE ? [] : [library.fromEnv()]),
                  library.fromIni(init),
                  library.fromProcess(init),
                  library.fromTokenFile(init),
              )
            : library.fromNodeProviderChain(init);
    return async (properties) => {
        if (profile) {
            await assertProfile(profile, files);
        }
        return chain(properties);
    };
}

function hasContainerRole(): boolean {
    const { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_CONTAINER_CREDENTIALS_FULL_URI } = process.env;
    return Boolean(AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || AWS_CONTAINER_CREDENTIALS_FULL_URI);
}

/** Source: STS API, AssumeRoleWithWebIdentity. The file is read anew each time: its token is renewed by others. */
function webIdentityCredentials(
    library: Library,
    {
        roleArn,
        webIdentityToken,
        webIdentityTokenFile = "",
        sessionName,
        duration,
        policy,
        policyArns,
    }: WebIdentityRole,
    clientConfig: StsConfig,
): AwsCredentialIdentityProvider {
    return explained("sts:AssumeRoleWithWebIdentity", roleArn, clientConfig, async (properties) =>
        library.fromWebToken({
            roleArn,
            webIdentityToken: webIdentityToken ?? (await readFile(webIdentityTokenFile, "utf8")).trim(),
            roleSessionName: sessionName ?? SESSION_NAME,
            durationSeconds: secondsIn(duration),
            policy,
            policyArns: policyArns?.map((arn) => ({ arn })),
            clientConfig,
        })(properties),
    );
}

/** Source: STS API, AssumeRole. */
function roleCredentials(
    library: Library,
    role: AssumeRole,
    source: AwsCredentialIdentityProvider,
    clientConfig: StsConfig,
): AwsCredentialIdentityProvider {
    const assumed = library.fromTemporaryCredentials({
        masterCredentials: source,
        clientConfig,
        params: {
            RoleArn: role.roleArn,
            RoleSessionName: role.sessionName ?? SESSION_NAME,
            ExternalId: role.externalId,
            DurationSeconds: secondsIn(role.duration),
            Policy: role.policy,
            PolicyArns: role.policyArns?.map((arn) => ({ arn })),
            Tags: role.tags && Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
            TransitiveTagKeys: role.transitiveTagKeys,
            SourceIdentity: role.sourceIdentity,
        },
    });
    return explained("sts:AssumeRole", role.roleArn, clientConfig, assumed);
}

/** Credentials whose failure names the call to STS, not the one that they were for: that one was not sent. */
function explained(
    action: string,
    resource: string,
    { region }: StsConfig,
    credentials: AwsCredentialIdentityProvider,
): AwsCredentialIdentityProvider {
    return async (properties) => {
        try {
            return await credentials(properties);
        } catch (error) {
            throw callFailed(error, { action, resource, region: await region() });
        }
    };
}
