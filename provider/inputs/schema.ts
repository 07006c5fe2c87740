import { isCustomName, regionOfPool } from "../model/address";
import { ACCEPTABLE_CODES } from "../model/findings";
import { defined } from "../model/objects";
import { ARGUMENT_PATH } from "../model/settings";
import * as formats from "./argumentFormats";
import { isIgnored, programIn } from "./programFacts";
import { membersOf, valueAt } from "./propertyPath";
import { isUnknown } from "./unknown";
import type { UserPoolDomainSettingsArgs, UserPoolDomainSettingsAwsArgs } from "./userPoolDomainSettingsArgs";
import { type ObjectSchema, type Problem, problemsIn, quote, type Schema } from "./validators";

type Props = Record<string, unknown>;

/** The members that both ways to assume a role have. */
export const ROLE = {
    roleArn: formats.ROLE_ARN,
    sessionName: formats.TEXT,
    duration: formats.DURATION,
    policy: formats.TEXT,
    policyArns: { listOf: formats.TEXT },
};

export const ASSUME_ROLE: ObjectSchema = {
    members: {
        ...ROLE,
        externalId: formats.TEXT,
        tags: { valuesOf: formats.TEXT },
        transitiveTagKeys: { listOf: formats.TEXT },
        sourceIdentity: formats.TEXT,
    },
    required: ["roleArn"],
};

export const AWS = {
    members: {
        profile: formats.PROFILE,
        stsRegion: formats.REGION,
        assumeRoles: { listOf: ASSUME_ROLE },
        allowedAccountIds: { listOf: formats.ACCOUNT_ID },
        forbiddenAccountIds: { listOf: formats.ACCOUNT_ID },
    } satisfies Record<keyof UserPoolDomainSettingsAwsArgs, Schema>,
};

const FAILOVER = {
    members: { secondaryRegion: formats.REGION, primaryRoute53HealthCheckId: formats.HEALTH_CHECK_ID },
    required: ["secondaryRegion", "primaryRoute53HealthCheckId"],
};

/** Every argument of the resource, and its form. The values are those of the API reference of UpdateUserPoolDomain. */
const ARGUMENTS = {
    userPoolId: formats.USER_POOL_ID,
    domain: formats.DOMAIN,
    region: formats.REGION,
    managedLoginVersion: formats.VERSION,
    customDomainConfig: {
        members: {
            certificateArn: formats.CERTIFICATE_ARN,
            securityPolicy: formats.oneOf("TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"),
        },
    },
    routing: { members: { failover: FAILOVER }, required: ["failover"] },
    minimumCertificateValidityDays: formats.wholeNumber(0, 825),
    preflight: formats.oneOf("error", "warn", "off"),
    acceptFindings: { listOf: formats.oneOf(...ACCEPTABLE_CODES) },
    wait: formats.oneOf("active", "served", "none"),
    waitTimeoutSeconds: formats.wholeNumber(1, 24 * 60 * 60),
    onDrift: formats.oneOf("warn", "correct"),
    onFailure: formats.oneOf("keep", "rollback"),
    onDelete: formats.oneOf("retain", "restore"),
    aws: AWS,
} satisfies Record<keyof UserPoolDomainSettingsArgs, Schema>;

/** The names of all arguments. */
export const ARGUMENT_NAMES: readonly string[] = Object.keys(ARGUMENTS);

const SETTINGS_ARGUMENTS = ["managedLoginVersion", "customDomainConfig", "routing"];

/** The arguments that are not settings of the domain, in inputs or outputs: the address, and how an update works. */
export function nonSettingArguments(props: Props): Props {
    const names = ARGUMENT_NAMES.filter((name) => !SETTINGS_ARGUMENTS.includes(name));
    return defined(Object.fromEntries(names.map((name) => [name, props[name]])));
}

/** Everything that is wrong with the arguments, without asking AWS. Takes whatever JSON can hold; never throws. */
export function validate(args: Props): Problem[] {
    const problems = problemsIn(args, { members: ARGUMENTS, required: ["userPoolId", "domain"] });
    return problems.length > 0 ? problems : contradictions(args);
}

/** The problems with combinations of arguments that are each valid. */
function contradictions(args: Props): Problem[] {
    const known = (path: string) => {
        const value = valueAt(args, membersOf(path));
        return isUnknown(value) ? undefined : value;
    };
    const [userPoolId = "", domain = ""] = ["userPoolId", "domain"].map((it) => String(known(it) ?? ""));
    const isPrefix = domain !== "" && !isCustomName(domain);
    const config = known("customDomainConfig") ?? {};
    const secondaryRegion = known("routing.failover.secondaryRegion");
    // Under `ignoreChanges` the value is the state's; the check of the update has AWS's.
    const { ignoreChanges } = programIn(args);
    const isKept = [ARGUMENT_PATH.securityPolicy, "managedLoginVersion"].some((it) => isIgnored(it, ignoreChanges));
    const policy = isKept ? undefined : known(ARGUMENT_PATH.securityPolicy);
    const problems = {
        customDomainConfig:
            isPrefix &&
            Object.values(config).some((value) => (value ?? undefined) !== undefined) &&
            `is given, but ${quote(domain)} is a prefix domain, whose certificate and TLS policy are AWS's own; leave customDomainConfig out, or give the full name of a custom domain as domain`,
        [ARGUMENT_PATH.securityPolicy]:
            policy === "TLS_V1" &&
            args.managedLoginVersion === 2 &&
            'is "TLS_V1", but managed login (managedLoginVersion 2) needs at least "TLS_V1_2_2021"',
        // From the replica too: the shared domain's secondary Region is the replica's own.
        "routing.failover.secondaryRegion":
            secondaryRegion === regionOfPool(userPoolId) &&
            `is ${quote(secondaryRegion)}, the primary Region of the user pool itself; name the Region of its replica`,
        userPoolId:
            /^(cn|eusc)-/.test(userPoolId) &&
            `is ${quote(userPoolId)}, but user pools in China and the AWS European Sovereign Cloud are not supported`,
        // Source: AWS GovCloud (US) User Guide, "Amazon Cognito": custom domains are not available there.
        domain:
            userPoolId.startsWith("us-gov-") &&
            isCustomName(domain) &&
            `is ${quote(domain)}, but Cognito has no custom domains in AWS GovCloud (US); give the prefix of a prefix domain`,
    };
    return Object.entries(problems).flatMap(([property, message]) => (message ? [{ property, message }] : []));
}
