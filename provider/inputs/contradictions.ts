import { isCustomName, regionOfPool } from "../model/address";
import { ARGUMENT_PATH } from "../model/settings";
import { isIgnored, programIn } from "./programFacts";
import { isUnknown } from "./unknown";
import { type Problem, quote } from "./validators";

type Rule = (args: KnownArguments) => Problem | undefined;

/** The arguments that the rules are about; undefined where one is left out or unknown. */
interface KnownArguments {
    userPoolId?: string;
    domain?: string;
    region?: string;
    managedLoginVersion?: unknown;
    securityPolicy?: string;
    secondaryRegion?: string;
    hasCustomDomainConfig: boolean;
}

/** What is wrong with arguments that are each right by themselves. */
export function contradictions(args: Record<string, unknown>): Problem[] {
    const known = knownArguments(args);
    return RULES.map((rule) => rule(known)).filter((problem) => problem !== undefined);
}

const RULES: Rule[] = [
    ({ domain, hasCustomDomainConfig }) =>
        domain !== undefined && !isCustomName(domain) && hasCustomDomainConfig
            ? {
                  property: "customDomainConfig",
                  message: `is given, but ${quote(domain)} is a prefix domain, whose certificate and TLS policy are AWS's own; leave customDomainConfig out, or give the full name of a custom domain as domain`,
              }
            : undefined,
    ({ managedLoginVersion, securityPolicy }) =>
        managedLoginVersion === 2 && securityPolicy === "TLS_V1"
            ? {
                  property: "customDomainConfig.securityPolicy",
                  message: 'is "TLS_V1", but managed login (managedLoginVersion 2) needs at least "TLS_V1_2_2021"',
              }
            : undefined,
    // Seen from the replica, whose Region `region` names, the primary's Region is no place to fail over to either: the
    // secondary Region of the shared domain is the replica's own.
    ({ userPoolId, secondaryRegion }) =>
        userPoolId !== undefined && secondaryRegion === regionOfPool(userPoolId)
            ? {
                  property: "routing.failover.secondaryRegion",
                  message: `is ${quote(secondaryRegion)}, the primary Region of the user pool itself; name the Region of its replica`,
              }
            : undefined,
    ({ userPoolId, region }) =>
        userPoolId !== undefined &&
        region !== undefined &&
        partitionOf(region) !== partitionOf(regionOfPool(userPoolId))
            ? {
                  property: "region",
                  message: `is ${quote(region)}, of another AWS partition than the pool's ${regionOfPool(userPoolId)}`,
              }
            : undefined,
    // Source: AWS's list of endpoints (botocore, endpoints.json) has cognito-idp in aws, aws-us-gov and aws-eusc, and not in
    // aws-cn. The AWS European Sovereign Cloud has hosts of its own, which this version does not know.
    ({ userPoolId }) => {
        const partition = userPoolId && partitionOf(regionOfPool(userPoolId));
        const why =
            partition === "aws-cn"
                ? "in China, where Cognito has no user pools"
                : partition === "aws-eusc"
                  ? "in the AWS European Sovereign Cloud, whose hosts this version does not know: it is not supported"
                  : undefined;
        return userPoolId && why ? { property: "userPoolId", message: `is ${quote(userPoolId)}, ${why}` } : undefined;
    },
    // Source: AWS GovCloud (US) User Guide, "Amazon Cognito": custom domains are not available there.
    ({ userPoolId, domain }) =>
        userPoolId && domain && isCustomName(domain) && partitionOf(regionOfPool(userPoolId)) === "aws-us-gov"
            ? {
                  property: "domain",
                  message: `is ${quote(domain)}, but Cognito has no custom domains in AWS GovCloud (US); give the prefix of a prefix domain`,
              }
            : undefined,
];

function knownArguments(args: Record<string, unknown>): KnownArguments {
    const { ignoreChanges } = programIn(args);
    const config = objectOf(args.customDomainConfig);
    return {
        userPoolId: textOf(args.userPoolId),
        domain: textOf(args.domain),
        region: textOf(args.region),
        managedLoginVersion: args.managedLoginVersion,
        // Under `ignoreChanges` the value is the state's; the check of the update has AWS's.
        securityPolicy: isIgnored(ARGUMENT_PATH.securityPolicy, ignoreChanges)
            ? undefined
            : textOf(config.securityPolicy),
        secondaryRegion: textOf(objectOf(objectOf(args.routing).failover).secondaryRegion),
        hasCustomDomainConfig: Object.values(config).some((value) => (value ?? undefined) !== undefined),
    };
}

function objectOf(value: unknown): Record<string, unknown> {
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | undefined {
    return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

/** The partition of a Region, as ARNs name it. */
function partitionOf(region: string): string {
    const prefix = /^(cn|us-gov|us-iso[a-z]?|eu-isoe|eusc)-/.exec(region)?.[1];
    return prefix === undefined ? "aws" : (PARTITIONS[prefix] ?? `aws-${prefix}`);
}

/** Where the partition's name is not the prefix of its Regions. */
const PARTITIONS: Record<string, string> = {
    "us-iso": "aws-iso",
    "us-isob": "aws-iso-b",
    "us-isof": "aws-iso-f",
    "eu-isoe": "aws-iso-e",
};
