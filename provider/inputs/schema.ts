import { ACCEPTABLE_CODES } from "../model/findings";
import { oneLine } from "../model/plainText";
import {
    ACCOUNT_ID,
    CERTIFICATE_ARN,
    DOMAIN,
    DURATION,
    HEALTH_CHECK_ID,
    PROFILE,
    REGION,
    ROLE_ARN,
    USER_POOL_ID,
    versionCheck,
} from "./argumentFormats";
import { contradictions } from "./contradictions";
import type { UserPoolDomainSettingsArgs } from "./userPoolDomainSettingsArgs";
import {
    listOf,
    members,
    oneOf,
    optional,
    type Problem,
    required,
    text,
    type Validator,
    valuesOf,
    wholeNumber,
} from "./validators";

/** A problem as one line. */
export function formatProblem({ property, message }: Problem): string {
    return oneLine(property === "" ? message : `${property} ${message}`);
}

/** Every argument of the resource, and what it may be. Values are those of the API reference of UpdateUserPoolDomain. */
const ARGUMENTS = {
    userPoolId: required(text(USER_POOL_ID)),
    domain: required(text(DOMAIN)),
    region: optional(text(REGION)),
    managedLoginVersion: optional(versionCheck),
    customDomainConfig: optional(
        members({
            certificateArn: optional(text(CERTIFICATE_ARN)),
            securityPolicy: optional(oneOf("TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025")),
        }),
    ),
    routing: optional(
        members({
            failover: required(
                members({
                    secondaryRegion: required(text(REGION)),
                    primaryRoute53HealthCheckId: required(text(HEALTH_CHECK_ID)),
                }),
            ),
        }),
    ),
    minimumCertificateValidityDays: optional(wholeNumber(0, 825)),
    preflight: optional(oneOf("error", "warn", "off")),
    acceptFindings: optional(listOf(oneOf(...ACCEPTABLE_CODES))),
    wait: optional(oneOf("active", "served", "none")),
    waitTimeoutSeconds: optional(wholeNumber(1, 24 * 60 * 60)),
    onDrift: optional(oneOf("warn", "correct")),
    onFailure: optional(oneOf("keep", "rollback")),
    onDelete: optional(oneOf("retain", "restore")),
    aws: optional(
        members({
            profile: optional(text(PROFILE)),
            stsRegion: optional(text(REGION)),
            assumeRoles: optional(
                listOf(
                    members({
                        roleArn: required(text(ROLE_ARN)),
                        externalId: optional(text()),
                        sessionName: optional(text()),
                        duration: optional(text(DURATION)),
                        policy: optional(text()),
                        policyArns: optional(listOf(text())),
                        tags: optional(valuesOf(text())),
                        transitiveTagKeys: optional(listOf(text())),
                        sourceIdentity: optional(text()),
                    }),
                ),
            ),
            allowedAccountIds: optional(listOf(text(ACCOUNT_ID))),
            forbiddenAccountIds: optional(listOf(text(ACCOUNT_ID))),
        }),
    ),
} satisfies Record<keyof UserPoolDomainSettingsArgs, Validator>;

/** The names of all arguments. */
export const ARGUMENT_NAMES: readonly string[] = Object.keys(ARGUMENTS);

/** Everything that is wrong with the arguments by themselves. Takes whatever JSON can hold; never throws. */
export function validate(args: Record<string, unknown>): Problem[] {
    const problems = members(ARGUMENTS)(args, "");
    return problems.length > 0 ? problems : contradictions(args);
}

/** The problems with one argument by itself. Takes whatever JSON can hold. */
export function validateOne(name: string, value: unknown): Problem[] {
    return (ARGUMENTS as Record<string, Validator>)[name]?.(value, name) ?? [];
}
