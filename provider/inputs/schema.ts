import { ACCEPTABLE_CODES } from "../model/findingTable";
import { oneLine } from "../model/plainText";
import {
    accountIdProblem,
    certificateArnProblem,
    domainProblem,
    durationProblem,
    healthCheckProblem,
    regionProblem,
    roleArnProblem,
    userPoolIdProblem,
    versionCheck,
} from "./argumentFormats";
import type { Arguments } from "./arguments";
import { contradictions } from "./contradictions";
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
    acceptFindings: optional(listOf(oneOf(...ACCEPTABLE_CODES))),
    wait: optional(oneOf("active", "served", "none")),
    waitTimeoutSeconds: optional(wholeNumber(1, 24 * 60 * 60)),
    onDrift: optional(oneOf("warn", "correct")),
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
            forbiddenAccountIds: optional(listOf(text(accountIdProblem))),
        }),
    ),
} satisfies Record<keyof Arguments, Validator>;

/** The names of all arguments. */
export const ARGUMENT_NAMES: readonly string[] = Object.keys(ARGUMENTS);

/** Everything that is wrong with the arguments by themselves. Takes whatever JSON can hold; never throws. */
export function validate(args: Record<string, unknown>): Problem[] {
    const problems = members(ARGUMENTS)(args, "");
    return problems.length > 0 ? problems : contradictions(args);
}

/** What is wrong with one argument by itself. Takes whatever JSON can hold. */
export function validateOne(name: string, value: unknown): Problem[] {
    return (ARGUMENTS as Record<string, Validator>)[name]?.(value, name) ?? [];
}
