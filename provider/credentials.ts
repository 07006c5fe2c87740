import type { ACMClientConfig } from "@aws-sdk/client-acm";
import { type AwsIdentity, secondsIn } from "./identity";

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
    for (const { roleArn, externalId, sessionName, duration, policy, sourceIdentity } of assumeRoles) {
        credentials = fromTemporaryCredentials({
            masterCredentials: credentials,
            clientConfig: { region: region ?? "us-east-1" },
            params: {
                RoleArn: roleArn,
                RoleSessionName: sessionName ?? "pulumi",
                ExternalId: externalId,
                DurationSeconds: secondsIn(duration),
                Policy: policy,
                SourceIdentity: sourceIdentity,
            },
        });
    }
    return { credentials };
}
