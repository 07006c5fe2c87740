import { domainToASCII } from "node:url";
import { CERTIFICATE_REGION, parseCertificateArn } from "./certificateArn";
import { isCustomName, regionOfPool } from "./domain";
import { secondsIn } from "./duration";
import { isUnknown } from "./unknown";

/** Something wrong with an argument that can be told without asking AWS. */
export interface Problem {
    /** Its path: `customDomainConfig.certificateArn`. */
    property: string;
    /** What was seen, and the remedy. */
    message: string;
}

/** A problem as one line. */
export function formatProblem({ property, message }: Problem): string {
    return property === "" ? message : `${property} ${message}`;
}

/** A key that is ours or Pulumi's, not an argument: `__provider`, `__defaults`. */
function isInternal(key: string): boolean {
    return key.startsWith("__");
}

/** Checks one value; what is unknown is not judged. */
type Check = (value: unknown, path: string) => Problem[];

/** Every argument of the resource, and what it may be. Values are those of the API reference of UpdateUserPoolDomain. */
const ARGUMENTS: Record<string, Check> = {
    userPoolId: required(text(userPoolIdProblem)),
    domain: required(text(domainProblem)),
    region: optional(text(regionProblem)),
    managedLoginVersion: optional(versionCheck),
    customDomainConfig: optional(
        members({
            certificateArn: optional(text(certificateArnProblem)),
            securityPolicy: optional(oneOf("TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025")),
        }),
    ),
    routing: optional(
        members({
            failover: required(
                members({
                    secondaryRegion: required(text(regionProblem)),
                    primaryRoute53HealthCheckId: required(text(healthCheckProblem)),
                }),
            ),
        }),
    ),
    minimumCertificateValidityDays: optional(wholeNumber(0, 825)),
    preflight: optional(oneOf("error", "warn", "off")),
    wait: optional(oneOf("active", "served", "none")),
    waitTimeoutSeconds: optional(wholeNumber(1, 24 * 60 * 60)),
    verify: optional(members({ clientId: required(text(clientIdProblem)) })),
    onFailure: optional(oneOf("keep", "rollback")),
    onDelete: optional(oneOf("retain", "restore")),
    aws: optional(
        members({
            profile: optional(text(() => undefined)),
            region: optional(text(regionProblem)),
            assumeRoles: optional(
                listOf(
                    members({
                        roleArn: required(text(roleArnProblem)),
                        externalId: optional(text(() => undefined)),
                        sessionName: optional(text(() => undefined)),
                        duration: optional(text(durationProblem)),
                        policy: optional(text(() => undefined)),
                        policyArns: optional(listOf(text(() => undefined))),
                        tags: optional(valuesOf(text(() => undefined))),
                        transitiveTagKeys: optional(listOf(text(() => undefined))),
                        sourceIdentity: optional(text(() => undefined)),
                    }),
                ),
            ),
            allowedAccountIds: optional(listOf(text(accountIdProblem))),
        }),
    ),
};

/** The names of all arguments. */
export const ARGUMENT_NAMES: readonly string[] = Object.keys(ARGUMENTS);

/** Everything that is wrong with the arguments by themselves. Takes whatever JSON can hold; never throws. */
export function validate(args: Record<string, unknown>): Problem[] {
    const problems = members(ARGUMENTS)(args, "");
    return problems.length > 0 ? problems : contradictions(args);
}

/** What is wrong with one argument by itself. Takes whatever JSON can hold. */
export function validateOne(name: string, value: unknown): Problem[] {
    return ARGUMENTS[name]?.(value, name) ?? [];
}

/** What is wrong with arguments that are each right by themselves. */
function contradictions(args: Record<string, unknown>): Problem[] {
    const { userPoolId, domain, region, managedLoginVersion, routing } = args;
    const config = (isUnknown(args.customDomainConfig) ? {} : (args.customDomainConfig ?? {})) as Record<
        string,
        unknown
    >;
    const found: Problem[] = [];
    if (typeof domain === "string" && !isUnknown(domain) && !isCustomName(domain) && Object.keys(config).length > 0) {
        found.push({
            property: "customDomainConfig",
            message: `is given, but ${quote(domain)} is a prefix domain, whose certificate and TLS policy are AWS's own; leave customDomainConfig out, or give the full name of a custom domain as domain`,
        });
    }
    if (managedLoginVersion === 2 && config.securityPolicy === "TLS_V1") {
        found.push({
            property: "customDomainConfig.securityPolicy",
            message: 'is "TLS_V1", but managed login (managedLoginVersion 2) needs at least "TLS_V1_2_2021"',
        });
    }
    const secondary = (routing as { failover?: { secondaryRegion?: unknown } } | undefined)?.failover?.secondaryRegion;
    const own = region ?? (typeof userPoolId === "string" ? regionOfPool(userPoolId) : undefined);
    if (typeof secondary === "string" && !isUnknown(secondary) && secondary === own) {
        found.push({
            property: "routing.failover.secondaryRegion",
            message: `is ${quote(secondary)}, the Region of these settings themselves; name the one to fail over to`,
        });
    }
    if (typeof region === "string" && !isUnknown(region) && typeof userPoolId === "string" && !isUnknown(userPoolId)) {
        const primary = regionOfPool(userPoolId);
        if (partitionOf(region) !== partitionOf(primary)) {
            found.push({
                property: "region",
                message: `is ${quote(region)}, of another AWS partition than the pool's ${primary}`,
            });
        }
    }
    return found;
}

function required(check: Check): Check {
    return (value, path) =>
        value === undefined || value === null
            ? [{ property: path, message: "is missing; give it a value" }]
            : check(value, path);
}

function optional(check: Check): Check {
    return (value, path) => (value === undefined || value === null || isUnknown(value) ? [] : check(value, path));
}

function members(checks: Record<string, Check>): Check {
    return (value, path) => {
        if (isUnknown(value)) {
            return [];
        }
        if (typeof value !== "object" || value === null || Array.isArray(value)) {
            return [
                {
                    property: path,
                    message: `is ${kindOf(value)}; give an object with ${Object.keys(checks).join(", ")}`,
                },
            ];
        }
        const join = (name: string) => (path ? `${path}.${name}` : name);
        const given = value as Record<string, unknown>;
        const strangers = Object.keys(given).filter((name) => !Object.hasOwn(checks, name) && !isInternal(name));
        return [
            ...strangers.map((name) => ({
                property: join(name),
                message: `is not known; known are ${Object.keys(checks).join(", ")}`,
            })),
            ...Object.entries(checks).flatMap(([name, check]) =>
                check(Object.hasOwn(given, name) ? given[name] : undefined, join(name)),
            ),
        ];
    };
}

function listOf(check: Check): Check {
    return (value, path) =>
        Array.isArray(value)
            ? value.flatMap((item, index) => check(item, `${path}[${index}]`))
            : [{ property: path, message: `is ${kindOf(value)}; give a list` }];
}

function valuesOf(check: Check): Check {
    return (value, path) =>
        typeof value === "object" && !Array.isArray(value)
            ? Object.entries(value as object).flatMap(([name, member]) => check(member, `${path}.${name}`))
            : [{ property: path, message: `is ${kindOf(value)}; give an object` }];
}

function text(problem: (value: string) => string | undefined): Check {
    return (value, path) => {
        if (isUnknown(value)) {
            return [];
        }
        const message = typeof value === "string" ? problem(value) : `is ${kindOf(value)}; give a string`;
        return message ? [{ property: path, message }] : [];
    };
}

function oneOf(...choices: string[]): Check {
    return (value, path) =>
        choices.some((choice) => choice === value)
            ? []
            : [{ property: path, message: `is ${kindOf(value)}; give one of ${choices.map(quote).join(", ")}` }];
}

function wholeNumber(least: number, most: number): Check {
    return (value, path) =>
        typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
            ? []
            : [{ property: path, message: `is ${kindOf(value)}; give a whole number from ${least} to ${most}` }];
}

function versionCheck(value: unknown, path: string): Problem[] {
    if (value === 1 || value === 2) {
        return [];
    }
    const hint =
        value === "1" || value === "2" ? ' (a string; from the stack\'s config, read it with "getNumber")' : "";
    return [
        {
            property: path,
            message: `is ${kindOf(value)}${hint}; give the number 1 (classic hosted UI) or 2 (managed login)`,
        },
    ];
}

function userPoolIdProblem(value: string): string | undefined {
    if (value.startsWith("arn:")) {
        return `is the pool's ARN, ${quote(value)}; give its id, the part after "userpool/"`;
    }
    if (value.length > 55 || !/^[a-z]{2,4}(-[a-z]+)+-\d_[0-9a-zA-Z]+$/.test(value)) {
        return `is ${quote(value)}; give a user pool's id, such as "us-west-2_AbCdEfGhI"`;
    }
    return undefined;
}

function domainProblem(value: string): string | undefined {
    if (value.length > 253) {
        return `is ${quote(value)}, longer than a domain name can be (253 characters)`;
    }
    const such = 'give the full name of a custom domain ("auth.example.com") or a prefix alone ("my-product")';
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) {
        const host = value.replace(/^[^:]*:\/\/([^/:?#]*).*$/s, "$1").toLowerCase();
        return `is a URL, ${quote(value)}; give the host alone: ${quote(withoutCognitoHost(host))}`;
    }
    if (withoutCognitoHost(value.toLowerCase()) !== value.toLowerCase()) {
        return `is the whole host of a prefix domain, ${quote(value)}; give the prefix alone: ${quote(withoutCognitoHost(value.toLowerCase()))}`;
    }
    if (value !== value.toLowerCase()) {
        return `is ${quote(value)}, but Cognito's domains are lower-case; give ${quote(value.toLowerCase().replace(/\.+$/, ""))}`;
    }
    if (/[^\0-\x7f]/.test(value)) {
        const ascii = domainToASCII(value);
        return `is ${quote(value)}; give it in punycode${ascii ? `: ${quote(ascii)}` : ""}`;
    }
    if (value.startsWith("*.")) {
        return `is ${quote(value)}, a wildcard; ${such}`;
    }
    if (value.endsWith(".")) {
        return `is ${quote(value)}; leave out the dot at the end: ${quote(value.replace(/\.+$/, ""))}`;
    }
    const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
    if (!value.split(".").every((part) => label.test(part))) {
        return `is ${quote(value)}; ${such}: letters, digits and hyphens, at most 63 in a label`;
    }
    return undefined;
}

/** `my-product.auth.us-west-2.amazoncognito.com` -> `my-product`; anything else as it is. */
function withoutCognitoHost(host: string): string {
    return host.replace(/\.auth(-fips)?\.[a-z0-9-]+\.amazoncognito\.com(\.cn)?\.?$/, "");
}

function regionProblem(value: string): string | undefined {
    return /^[a-z]{2,4}(-[a-z]+)+-\d$/.test(value)
        ? undefined
        : `is ${quote(value)}; give a Region, such as "us-west-2"`;
}

function certificateArnProblem(value: string): string | undefined {
    const arn = parseCertificateArn(value);
    if (!arn) {
        return `is ${quote(value)}; give the ARN of an ACM certificate, such as "arn:aws:acm:us-east-1:123456789012:certificate/..."`;
    }
    if (arn.partition === "aws" && arn.region !== CERTIFICATE_REGION) {
        return `names a certificate in ${arn.region}, ${quote(value)}; Cognito's custom domains are served by CloudFront, which takes certificates of ${CERTIFICATE_REGION} only: request or import it there`;
    }
    return undefined;
}

function roleArnProblem(value: string): string | undefined {
    return /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(value)
        ? undefined
        : `is ${quote(value)}; give the ARN of an IAM role`;
}

function durationProblem(value: string): string | undefined {
    return secondsIn(value) ? undefined : `is ${quote(value)}; give a duration such as "1h" or "30m"`;
}

function accountIdProblem(value: string): string | undefined {
    return /^\d{12}$/.test(value) ? undefined : `is ${quote(value)}; give the 12 digits of an AWS account`;
}

function clientIdProblem(value: string): string | undefined {
    return /^[\w+]{1,128}$/.test(value)
        ? undefined
        : `is ${quote(value)}; give the id of an app client of the user pool`;
}

function healthCheckProblem(value: string): string | undefined {
    return /^[\w-]{1,64}$/.test(value) ? undefined : `is ${quote(value)}; give the id of a Route 53 health check`;
}

function partitionOf(region: string): string {
    return /^(cn|us-gov|us-iso[a-z]?|eu-isoe|eusc)-/.exec(region)?.[1] ?? "aws";
}

/** A value in a message: short, on one line. */
function quote(value: string): string {
    const shown = value.length > 100 ? `${value.slice(0, 100)}...` : value;
    return JSON.stringify(shown);
}

function kindOf(value: unknown): string {
    if (typeof value === "string") {
        return quote(value);
    }
    if (typeof value === "object" && value !== null) {
        return Array.isArray(value) ? "a list" : "an object";
    }
    return String(value);
}
