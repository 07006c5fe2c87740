import { homedir } from "node:os";
import { defined } from "../model/objects";
import { DURATION, ROLE_ARN } from "./argumentFormats";
import { booleanIn, type GetConfig, invalidConfig, jsonIn, listIn, urlIn } from "./configValues";

/**
 * The calls to AWS, as far as only the stack's config describes them. The credentials in it go to the AWS SDK, and into no input,
 * output, message or log.
 */
export interface AwsConnection {
    credentials?: StaticCredentials;
    webIdentity?: WebIdentityRole;
    /** `true`: never the EC2 instance's role. `false`: also if AWS_EC2_METADATA_DISABLED is set. */
    skipsInstanceMetadata?: boolean;
    /** URLs. */
    endpoints?: { cognito?: string; acm?: string; sts?: string };
}

export interface StaticCredentials {
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken?: string;
}

/** A role for a token of another identity provider (OIDC). The names are those of @pulumi/aws. */
export interface WebIdentityRole {
    roleArn: string;
    /** A credential. */
    webIdentityToken?: string;
    webIdentityTokenFile?: string;
    /** @default "pulumi" */
    sessionName?: string;
    /** As Go writes durations: `1h30m`. */
    duration?: string;
    policy?: string;
    policyArns?: string[];
}

/**
 * The config keys of @pulumi/aws, without `aws:`, and what this package does with them. docs/arguments.md has the same lists.
 * Source: @pulumi/aws 7, config/vars; and of version 6 the keys that have another name there.
 */
export const AWS_CONFIG_KEYS = {
    /** As in @pulumi/aws. */
    supported: [
        ...["profile", "region", "stsRegion", "accessKey", "secretKey", "token"],
        ...["assumeRole", "assumeRoles", "assumeRoleWithWebIdentity"],
        ...["allowedAccountIds", "forbiddenAccountIds", "endpoints", "skipMetadataApiCheck"],
    ],
    /** They change nothing about the calls of this package. */
    ignored: [
        ...["defaultTags", "ignoreTags", "tagPolicyCompliance", "userAgents"],
        ...["maxRetries", "retryMode", "tokenBucketRateLimiterCapacity"],
        ...["skipCredentialsValidation", "skipRegionValidation", "skipRequestingAccountId", "skipGetEc2Platforms"],
        ...["s3UsePathStyle", "s3ForcePathStyle", "s3UsEast1RegionalEndpoint"],
    ],
    /** And what does the same here. */
    refused: {
        sharedConfigFiles: "the environment variable AWS_CONFIG_FILE",
        sharedCredentialsFile: "the environment variable AWS_SHARED_CREDENTIALS_FILE",
        sharedCredentialsFiles: "the environment variable AWS_SHARED_CREDENTIALS_FILE",
        httpsProxy: "the environment variable HTTPS_PROXY",
        httpProxy: "the environment variable HTTPS_PROXY",
        noProxy: "the environment variable NO_PROXY",
        customCaBundle: "the environment variable AWS_CA_BUNDLE",
        insecure: "the environment variable AWS_CA_BUNDLE",
        useFipsEndpoint: "the environment variable AWS_USE_FIPS_ENDPOINT",
        useDualstackEndpoint: "the environment variable AWS_USE_DUALSTACK_ENDPOINT",
        ec2MetadataServiceEndpoint: "the environment variable AWS_EC2_METADATA_SERVICE_ENDPOINT",
        ec2MetadataServiceEndpointMode: "the environment variable AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
    },
} as const;

/** Values that are as good as none. */
const NOTHING = new Set([undefined, "", "false", "[]"]);

/** @throws InvalidConfigurationError for a key that says to call AWS in a way that only the environment can ask for here. */
function refuseUnsupportedKeys(get: GetConfig): void {
    for (const [name, instead] of Object.entries(AWS_CONFIG_KEYS.refused)) {
        if (!NOTHING.has(get(`aws:${name}`))) {
            throw invalidConfig(`aws:${name}`, `is not supported; set ${instead} instead`);
        }
    }
}

/** @throws InvalidConfigurationError naming the key, for a value that cannot be read and for a key that is refused. */
export function connectionFromConfig(get: GetConfig): AwsConnection | undefined {
    refuseUnsupportedKeys(get);
    const connection: AwsConnection = defined({
        credentials: credentialsIn(get),
        webIdentity: webIdentityIn(get),
        skipsInstanceMetadata: booleanIn(get, "aws:skipMetadataApiCheck"),
        endpoints: endpointsIn(get),
    });
    return Object.keys(connection).length > 0 ? connection : undefined;
}

/** The connection of an identity that brings credentials of its own. */
export function withoutCredentials(connection: AwsConnection | undefined): AwsConnection | undefined {
    return connection && { ...connection, credentials: undefined, webIdentity: undefined };
}

function credentialsIn(get: GetConfig): StaticCredentials | undefined {
    const accessKeyId = get("aws:accessKey") || undefined;
    const secretAccessKey = get("aws:secretKey") || undefined;
    const sessionToken = get("aws:token") || undefined;
    if (accessKeyId && secretAccessKey) {
        return { accessKeyId, secretAccessKey, sessionToken };
    }
    const given = accessKeyId ? "aws:accessKey" : secretAccessKey ? "aws:secretKey" : sessionToken && "aws:token";
    if (given) {
        throw invalidConfig(given, "is only a part of credentials; give aws:accessKey and aws:secretKey, or neither");
    }
    return undefined;
}

function webIdentityIn(get: GetConfig): WebIdentityRole | undefined {
    const key = "aws:assumeRoleWithWebIdentity";
    const role = jsonIn<Partial<WebIdentityRole>>(get, key);
    if (!role || Object.keys(role).length === 0) {
        return undefined;
    }
    const { roleArn, webIdentityToken, webIdentityTokenFile, duration } = role;
    if (typeof roleArn !== "string" || !ROLE_ARN.isValid(roleArn)) {
        throw invalidConfig(`${key}.roleArn`, "is not the ARN of an IAM role; give one");
    }
    if (Boolean(webIdentityToken) === Boolean(webIdentityTokenFile)) {
        throw invalidConfig(key, "has to have one of webIdentityToken and webIdentityTokenFile");
    }
    if (duration !== undefined && !DURATION.isValid(String(duration))) {
        throw invalidConfig(`${key}.duration`, 'is not a duration; give one such as "1h" or "30m"');
    }
    const file = webIdentityTokenFile?.replace(/^~(?=\/)/, homedir());
    return { ...role, roleArn, webIdentityTokenFile: file };
}

/** @pulumi/aws names the services as Terraform does, each in an object of its own or several in one. */
function endpointsIn(get: GetConfig): AwsConnection["endpoints"] {
    const key = "aws:endpoints";
    const given: Record<string, string | undefined> = Object.assign({}, ...(listIn<object>(get, key) ?? []));
    const urlOf = (...services: string[]) => {
        const service = services.find((name) => given[name]);
        return service && urlIn(`${key}: ${service}`, given[service]);
    };
    const endpoints = defined({
        cognito: urlOf("cognitoidp", "cognitoidentityprovider"),
        acm: urlOf("acm"),
        sts: urlOf("sts"),
    });
    return Object.keys(endpoints).length > 0 ? endpoints : undefined;
}
