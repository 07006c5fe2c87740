import { isCustomName, regionOfPool } from "../model/address";
import { ARGUMENT_PATH } from "../model/settings";
import { isIgnored, programIn } from "./programFacts";
import { isUnknown } from "./unknown";
import { type Problem, quote } from "./validators";

/** The argument, and what is wrong with it if it is. */
type Rule = [property: string, problem: (args: KnownArguments) => string | false | undefined];

/** The arguments that the rules are about; undefined where one is left out or unknown. */
interface KnownArguments {
    userPoolId?: string;
    domain?: string;
    managedLoginVersion?: unknown;
    securityPolicy?: string;
    secondaryRegion?: string;
    hasCustomDomainConfig: boolean;
}

/** The problems with arguments that are each right by themselves. */
export function contradictions(args: Record<string, unknown>): Problem[] {
    const known = knownArguments(args);
    return RULES.flatMap(([property, problem]) => {
        const message = problem(known);
        return message ? [{ property, message }] : [];
    });
}

const RULES: Rule[] = [
    [
        "customDomainConfig",
        ({ domain, hasCustomDomainConfig }) =>
            domain !== undefined &&
            !isCustomName(domain) &&
            hasCustomDomainConfig &&
            `is given, but ${quote(domain)} is a prefix domain, whose certificate and TLS policy are AWS's own; leave customDomainConfig out, or give the full name of a custom domain as domain`,
    ],
    [
        "customDomainConfig.securityPolicy",
        ({ managedLoginVersion, securityPolicy }) =>
            managedLoginVersion === 2 &&
            securityPolicy === "TLS_V1" &&
            'is "TLS_V1", but managed login (managedLoginVersion 2) needs at least "TLS_V1_2_2021"',
    ],
    [
        // From the replica too: the shared domain's secondary Region is the replica's own.
        "routing.failover.secondaryRegion",
        ({ userPoolId, secondaryRegion }) =>
            userPoolId !== undefined &&
            secondaryRegion === regionOfPool(userPoolId) &&
            `is ${quote(secondaryRegion)}, the primary Region of the user pool itself; name the Region of its replica`,
    ],
    [
        // Source: AWS's list of endpoints (botocore, endpoints.json): cognito-idp is in aws, aws-us-gov and aws-eusc, not in aws-cn.
        "userPoolId",
        ({ userPoolId }) =>
            userPoolId?.startsWith("cn-") && `is ${quote(userPoolId)}, in China, where Cognito has no user pools`,
    ],
    [
        "userPoolId",
        ({ userPoolId }) =>
            userPoolId?.startsWith("eusc-") &&
            `is ${quote(userPoolId)}, in the AWS European Sovereign Cloud, whose hosts this version does not know: it is not supported`,
    ],
    [
        // Source: AWS GovCloud (US) User Guide, "Amazon Cognito": custom domains are not available there.
        "domain",
        ({ userPoolId, domain }) =>
            domain !== undefined &&
            isCustomName(domain) &&
            userPoolId?.startsWith("us-gov-") &&
            `is ${quote(domain)}, but Cognito has no custom domains in AWS GovCloud (US); give the prefix of a prefix domain`,
    ],
];

function knownArguments(args: Record<string, unknown>): KnownArguments {
    const { ignoreChanges } = programIn(args);
    const config = objectOf(args.customDomainConfig);
    return {
        userPoolId: textOf(args.userPoolId),
        domain: textOf(args.domain),
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
