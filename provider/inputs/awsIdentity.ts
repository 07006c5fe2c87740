import { homedir } from "node:os";
import type * as pulumi from "@pulumi/pulumi";
import { InvalidConfigurationError } from "../model/errors";
import { defined } from "../model/objects";
import { BOOLEAN, REGION, TEXT, WEB_URL } from "./argumentFormats";
import { ASSUME_ROLE, AWS, ROLE } from "./schema";
import type { UserPoolDomainSettingsAssumeRoleArgs, UserPoolDomainSettingsAwsArgs } from "./userPoolDomainSettingsArgs";
import { problemsIn, type Schema } from "./validators";

/** A role to assume before any call. */
export type AssumeRole = pulumi.Unwrap<UserPoolDomainSettingsAssumeRoleArgs>;

/** A role for a token of another identity provider (OIDC). The names are those of @pulumi/aws. */
export type WebIdentityRole = Omit<AssumeRole, "externalId" | "tags" | "transitiveTagKeys" | "sourceIdentity"> & {
    /** A credential. */
    webIdentityToken?: string;
    webIdentityTokenFile?: string;
};

/** What only the stack's config says about the calls. Credentials go to the AWS SDK alone: never print or store them. */
export interface AwsConnection {
    credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
    webIdentity?: WebIdentityRole;
    /** `true`: never the EC2 instance's role. `false`: also if AWS_EC2_METADATA_DISABLED is set. */
    skipsInstanceMetadata?: boolean;
    /** URLs. */
    endpoints?: { cognito?: string; acm?: string; sts?: string };
}

/** The AWS identity, and the accounts that it may work in. Only `connection` may hold a credential. */
export interface AwsIdentity extends pulumi.Unwrap<UserPoolDomainSettingsAwsArgs> {
    /** The origin of the profile's name, for messages. */
    profileSource?: string;
    connection?: AwsConnection;
}

/** The `aws:` config of a stack, with the names of @pulumi/aws. */
type AwsConfig = pulumi.Unwrap<UserPoolDomainSettingsAwsArgs> &
    Partial<Record<"region" | "accessKey" | "secretKey" | "token" | "skipMetadataApiCheck", string>> & {
        assumeRole?: AssumeRole;
        assumeRoleWithWebIdentity?: WebIdentityRole;
        endpoints?: Record<string, string>[];
    };

/** The keys that mean the same here as in @pulumi/aws 7 and 6 (config/vars). A value with members is JSON. */
export const SUPPORTED_KEYS: Record<keyof AwsConfig, Schema> = {
    ...AWS.members,
    region: REGION,
    accessKey: TEXT,
    secretKey: TEXT,
    token: TEXT,
    assumeRole: ASSUME_ROLE,
    assumeRoleWithWebIdentity: {
        members: { ...ROLE, webIdentityToken: TEXT, webIdentityTokenFile: TEXT },
        required: ["roleArn"],
    },
    endpoints: { listOf: { valuesOf: WEB_URL } },
    skipMetadataApiCheck: BOOLEAN,
};

/** The keys whose effect only the environment can have here, and the variable that has it. */
export const REFUSED_KEYS: Record<string, string> = {
    sharedConfigFiles: "AWS_CONFIG_FILE",
    sharedCredentialsFile: "AWS_SHARED_CREDENTIALS_FILE",
    sharedCredentialsFiles: "AWS_SHARED_CREDENTIALS_FILE",
    httpsProxy: "HTTPS_PROXY",
    httpProxy: "HTTPS_PROXY",
    noProxy: "NO_PROXY",
    customCaBundle: "AWS_CA_BUNDLE",
    insecure: "AWS_CA_BUNDLE",
    useFipsEndpoint: "AWS_USE_FIPS_ENDPOINT",
    useDualstackEndpoint: "AWS_USE_DUALSTACK_ENDPOINT",
    ec2MetadataServiceEndpoint: "AWS_EC2_METADATA_SERVICE_ENDPOINT",
    ec2MetadataServiceEndpointMode: "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
};

/**
 * The identity that a stack's config gives to @pulumi/aws too.
 * @param get Reads the text of a config value by its whole key: `aws:profile`.
 * @throws InvalidConfigurationError naming the key, for a value that cannot be read and for a key that is refused.
 */
export function identityFromConfig(get: (key: string) => string | undefined): AwsIdentity {
    for (const [key, variable] of Object.entries(REFUSED_KEYS)) {
        if (!["false", ...NOTHING].includes(get(`aws:${key}`))) {
            throw invalidConfig(key, `is not supported; set the environment variable ${variable} instead`);
        }
    }
    const config = readConfig(get);
    const { assumeRole, skipMetadataApiCheck } = config;
    // @pulumi/aws names the services as Terraform does, each in an object of its own or several in one.
    const endpoints: Record<string, string | undefined> = Object.assign({}, ...(config.endpoints ?? []));
    const { cognitoidp, cognitoidentityprovider, acm, sts } = endpoints;
    return {
        profile: config.profile,
        profileSource: config.profile && "the config value aws:profile",
        stsRegion: config.stsRegion ?? config.region,
        assumeRoles: config.assumeRoles ?? (assumeRole && [assumeRole]),
        allowedAccountIds: config.allowedAccountIds,
        forbiddenAccountIds: config.forbiddenAccountIds,
        connection: {
            credentials: credentialsIn(config),
            webIdentity: webIdentityIn(config),
            skipsInstanceMetadata: skipMetadataApiCheck ? /^true$/i.test(skipMetadataApiCheck) : undefined,
            endpoints: { cognito: cognitoidp ?? cognitoidentityprovider, acm, sts },
        },
    };
}

/** Values that count as not set. */
const NOTHING: readonly (string | undefined)[] = [undefined, "", "[]", "{}"];

function readConfig(get: (key: string) => string | undefined): AwsConfig {
    const config: AwsConfig = {};
    for (const [key, schema] of Object.entries(SUPPORTED_KEYS)) {
        const text = get(`aws:${key}`) ?? "";
        if (!NOTHING.includes(text)) {
            Object.assign(config, { [key]: "isValid" in schema ? text : parseJson(key, text) });
        }
    }
    const [problem] = problemsIn(config, { members: SUPPORTED_KEYS });
    if (problem) {
        const { property, expected, message } = problem;
        throw invalidConfig(property, expected ? `cannot be used; give ${expected}` : message.replace(/, got .*/s, ""));
    }
    return config;
}

/** With numbers as texts: `pulumi config set --path` writes account ids without quotes. An empty text is left out. */
function parseJson(key: string, text: string): unknown {
    try {
        return JSON.parse(text, (_, value) => (typeof value === "number" ? String(value) : value || undefined));
    } catch {
        // The message of JSON.parse quotes the text.
        throw invalidConfig(key, 'is not JSON: set it with "pulumi config set --path"');
    }
}

/** A config value that cannot be used. The text copies nothing of the value, which may be a secret. */
function invalidConfig(key: string, problem: string): InvalidConfigurationError {
    return new InvalidConfigurationError(`the config value aws:${key} ${problem}`);
}

function credentialsIn({ accessKey, secretKey, token }: AwsConfig): AwsConnection["credentials"] {
    if (!accessKey && !secretKey && !token) {
        return undefined;
    }
    if (!accessKey || !secretKey) {
        throw invalidConfig("accessKey", "needs aws:secretKey, and vice versa; aws:token needs both");
    }
    return { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken: token };
}

function webIdentityIn({ assumeRoleWithWebIdentity: role }: AwsConfig): WebIdentityRole | undefined {
    if (role && Boolean(role.webIdentityToken) === Boolean(role.webIdentityTokenFile)) {
        throw invalidConfig("assumeRoleWithWebIdentity", "needs either webIdentityToken or webIdentityTokenFile");
    }
    return role && { ...role, webIdentityTokenFile: role.webIdentityTokenFile?.replace(/^~(?=\/)/, homedir()) };
}

/** The stack's identity, with the resource's argument `aws` over it. A profile in that drops the stack's roles and credentials. */
export function mergeIdentity(stack: AwsIdentity, argument?: AwsIdentity | null): AwsIdentity {
    const given = defined({ ...argument });
    if (given.profile === undefined) {
        return { ...stack, ...given };
    }
    const { assumeRoles, connection, ...rest } = stack;
    const withoutCredentials = { ...connection, credentials: undefined, webIdentity: undefined };
    return { ...rest, profileSource: "the argument aws.profile", connection: withoutCredentials, ...given };
}
