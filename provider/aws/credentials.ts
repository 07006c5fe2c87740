import type { ACMClientConfig } from "@aws-sdk/client-acm";
import { secondsIn } from "../inputs/duration";
import type { AssumeRole, AwsIdentity } from "../inputs/identity";

/** The part of an AWS client's options that says as whom it calls. */
export type CredentialOptions = Pick<ACMClientConfig, "credentials" | "profile">;

/**
 * An identity as the options of an AWS client: the AWS default chain, from the profile, and then through the roles.
 * The roles' library is loaded only where there are any.
 */
export async function credentialOptions({
    profile,
    region,
    assumeRoles = [],
}: AwsIdentity): Promise<CredentialOptions> {
    if (assumeRoles.length === 0) {
        return profile === undefined ? {} : { profile };
    }
    const { fromNodeProviderChain, fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
    let credentials: CredentialOptions["credentials"] = fromNodeProviderChain(profile === undefined ? {} : { profile });
    for (const role of assumeRoles) {
        credentials = fromTemporaryCredentials({
            masterCredentials: credentials,
            clientConfig: { region: region ?? "us-east-1" },
            params: requestFor(role),
        });
    }
    return { credentials };
}

/** Source: STS API, AssumeRole. */
function requestFor(role: AssumeRole) {
    return {
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName ?? "pulumi",
        ExternalId: role.externalId,
        DurationSeconds: secondsIn(role.duration),
        Policy: role.policy,
        PolicyArns: role.policyArns?.map((arn) => ({ arn })),
        Tags: role.tags && Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
        TransitiveTagKeys: role.transitiveTagKeys,
        SourceIdentity: role.sourceIdentity,
    };
}
