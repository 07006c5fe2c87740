import { homedir } from "node:os";
import * as path from "node:path";
import { defined } from "../model/objects";
import { DURATION, REGION, ROLE_ARN } from "./argumentFormats";
import { booleanIn, type GetConfig, invalidConfig, jsonIn, listIn, urlIn } from "./configValues";

/**
 * What only the stack's config says of the calls to AWS, and no argument. The credentials in it go to the AWS SDK, and
 * into no input, output, message or log.
 */
export interface AwsConnection {
    credentials?: StaticCredentials;
    webIdentity?: WebIdentityRole;
    sharedConfigFile?: string;
    sharedCredentialsFile?: string;
    /** Whether the EC2 instance's own role is no source of credentials. @default false */
    skipsInstanceMetadata?: boolean;
    /** Where STS is asked; before `aws:region`. */
    stsRegion?: string;
    useFipsEndpoint?: boolean;
    useDualstackEndpoint?: boolean;
    /** URLs. */
    endpoints?: { cognito?: string; acm?: string; sts?: string };
    /** URLs, and hosts as in NO_PROXY; each before the environment variable of that name. */
    proxy?: { https?: string; http?: string; noProxy?: string };
    /** A file of CA certificates, PEM. */
    customCaBundle?: string;
}

export interface StaticCredentials {
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken?: string;
}

/** A role that a token of another identity provider (OIDC) stands for. The names are those of @pulumi/aws. */
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
 * The keys of @pulumi/aws that say how AWS is called. Ignored, because nothing here differs by them:
 *
 * - `defaultTags`, `ignoreTags`, `tagPolicyCompliance`: nothing is created that could have tags;
 * - `s3UsePathStyle`, `s3ForcePathStyle`, `s3UsEast1RegionalEndpoint`, `skipGetEc2Platforms`: other services;
 * - `maxRetries`, `retryMode`, `tokenBucketRateLimiterCapacity`: reads are paced and tried again, updates never are;
 * - `skipCredentialsValidation`, `skipRegionValidation`, `skipRequestingAccountId`: nothing of that is asked beforehand;
 * - `userAgents`: what is called stays the same;
 * - `insecure`: certificates are always verified, so a call fails where it would matter.
 *
 * Source: @pulumi/aws 7, config/vars; and of version 6 what has another name there.
 * @throws InvalidConfigurationError naming the key, for what cannot be read, and for what would have us act as somebody else.
 */
export function connectionFromConfig(get: GetConfig): AwsConnection | undefined {
    refuseWithoutEquivalent(get);
    const connection: AwsConnection = {
        credentials: credentialsIn(get),
        webIdentity: webIdentityIn(get),
        sharedConfigFile: onlyFile("aws:sharedConfigFiles", listIn(get, "aws:sharedConfigFiles")),
        sharedCredentialsFile:
            onlyFile("aws:sharedCredentialsFiles", listIn(get, "aws:sharedCredentialsFiles")) ??
            onlyFile("aws:sharedCredentialsFile", [get("aws:sharedCredentialsFile")].filter(Boolean)),
        skipsInstanceMetadata: booleanIn(get, "aws:skipMetadataApiCheck"),
        stsRegion: stsRegionIn(get),
        useFipsEndpoint: booleanIn(get, "aws:useFipsEndpoint"),
        useDualstackEndpoint: booleanIn(get, "aws:useDualstackEndpoint"),
        endpoints: endpointsIn(get),
        proxy: proxyIn(get),
        customCaBundle: expandHome(get("aws:customCaBundle") || undefined),
    };
    const given = defined(connection);
    return Object.keys(given).length > 0 ? given : undefined;
}

/** The connection of an identity that brings credentials of its own. */
export function withoutCredentials(connection: AwsConnection | undefined): AwsConnection | undefined {
    return connection && { ...connection, credentials: undefined, webIdentity: undefined };
}

/** The AWS SDK takes these from the environment alone, and whoever answers there decides whose credentials they are. */
function refuseWithoutEquivalent(get: GetConfig): void {
    for (const [key, variable] of [
        ["aws:ec2MetadataServiceEndpoint", "AWS_EC2_METADATA_SERVICE_ENDPOINT"],
        ["aws:ec2MetadataServiceEndpointMode", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"],
    ] as const) {
        if (get(key)) {
            throw invalidConfig(
                key,
                `cannot be followed here, and other credentials might be found; set the environment variable ${variable} instead, which @pulumi/aws reads too`,
            );
        }
    }
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
    if (role === undefined || role === null || Object.keys(role).length === 0) {
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
    return { ...role, roleArn, webIdentityTokenFile: expandHome(webIdentityTokenFile) };
}

/** The AWS SDK reads one file of each kind. */
function onlyFile(key: string, files: (string | undefined)[] | undefined): string | undefined {
    if (files && files.length > 1) {
        throw invalidConfig(key, "names several files, of which only one could be read here; put them into one");
    }
    return expandHome(files?.[0]);
}

function expandHome(file: string | undefined): string | undefined {
    return file?.startsWith("~/") ? path.join(homedir(), file.slice(2)) : file;
}

function stsRegionIn(get: GetConfig): string | undefined {
    const region = get("aws:stsRegion") || undefined;
    if (region && !REGION.isValid(region)) {
        throw invalidConfig("aws:stsRegion", 'is not the name of a Region, such as "us-east-1"');
    }
    return region;
}

/** @pulumi/aws names the services as Terraform does, each in an object of its own or several in one. */
function endpointsIn(get: GetConfig): AwsConnection["endpoints"] {
    const key = "aws:endpoints";
    const given: Record<string, string | undefined> = Object.assign({}, ...(listIn<object>(get, key) ?? []));
    const urlOf = (...services: string[]) => {
        const service = services.find((name) => given[name]);
        return service && urlIn(`${key}: ${service}`, given[service]);
    };
    const endpoints = {
        cognito: urlOf("cognitoidp", "cognitoidentityprovider"),
        acm: urlOf("acm"),
        sts: urlOf("sts"),
    };
    return Object.values(endpoints).some(Boolean) ? endpoints : undefined;
}

/** Without `aws:httpsProxy`, `aws:httpProxy` holds for HTTPS as well: so does @pulumi/aws. */
function proxyIn(get: GetConfig): AwsConnection["proxy"] {
    const [http, https, noProxy] = [get("aws:httpProxy"), get("aws:httpsProxy"), get("aws:noProxy")];
    return http === undefined && https === undefined && noProxy === undefined
        ? undefined
        : { https: https ?? http, http, noProxy };
}
