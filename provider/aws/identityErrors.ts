import type { Call } from "./operationTable";

/** The kinds of policy of which an allow for the identity is no remedy. Source: IAM User Guide, "Troubleshoot access denied error messages". */
const DENIAL =
    /(with an explicit deny|because no (?!identity-based))(?: in an? )?([\w -]*?(?:policy|boundary))?(?= allows|[.:]|$)/;

/** Who denies, if it is not only that nobody allows. */
export function explainDenial(action: string, message: string): string | undefined {
    const [, how, kind = "policy of unknown kind"] = DENIAL.exec(message) ?? [];
    const isTrustPolicy = action.startsWith("sts:") && kind === "resource-based policy";
    if (!how || isTrustPolicy) {
        return undefined;
    }
    const region = action.startsWith("acm:")
        ? ". A policy that locks Regions has to leave out us-east-1, where the certificates of custom domains are"
        : "";
    return how.startsWith("with")
        ? `${action} is denied explicitly (${kind}): no allow changes that, so the deny has to go${region}`
        : `no ${kind} allows ${action}: allow it there too, beside the identity's own policy${region}`;
}

/** Why a role is not assumed; undefined for a call of another kind. */
export function explainRole(code: string, { action, resource: role }: Call, message: string): string | undefined {
    if (action === "sts:AssumeRole" && code.startsWith("AccessDenied")) {
        return `no permission to call ${action}: allow it on ${role} for the identity that runs Pulumi, and allow that identity in the role's trust policy`;
    }
    if (action !== "sts:AssumeRoleWithWebIdentity") {
        return undefined;
    }
    const account = role.split(":")[4];
    if (message.startsWith("No OpenIDConnect provider")) {
        return `the account ${account} has no OIDC provider for the web identity of ${role}: create it in IAM there, with the token's issuer and audience`;
    }
    return `${role} cannot be assumed with the web identity (${action}): its trust policy has to match the token's sub and aud exactly`;
}

/** Refresh and destroy use the config of the last `up`: to sign in again does not help them. */
export function explainExpired({ action, resource, region, isFromConfig }: Call): string {
    const what =
        action === "sts:AssumeRoleWithWebIdentity"
            ? `the web identity's token for ${resource} has expired`
            : "the AWS credentials have expired";
    return isFromConfig
        ? `${what} (${action} in ${region}). They are those in the stack's config: set new ones, and run \`pulumi up\` first, since refresh and destroy use those of the last one (a refresh may take --run-program; a destroy with it does not restore). Or give short-lived credentials through the environment`
        : `${what} (${action} in ${region}): sign in again, then run Pulumi again`;
}

/** Enabled in every account. Source: AWS Account Management, "Enable or disable AWS Regions": those from before March 20, 2019. */
const ALWAYS_ENABLED =
    /^(us-|ca-central-1|sa-east-1|eu-central-1|eu-north-1|eu-west-|ap-northeast-|ap-south-1|ap-southeast-[12]$)/;

/** AWS does not know the credentials there, though it may elsewhere. */
export function explainInvalidToken({ action, region }: Call, message: string): string | undefined {
    return !ALWAYS_ENABLED.test(region) && message.startsWith("The security token included in the request is invalid")
        ? `AWS does not know the credentials in ${region} (${action}): the Region may not be enabled in this account, or the session is from the global STS endpoint: set AWS_STS_REGIONAL_ENDPOINTS=regional where it is made. Else check the access key`
        : undefined;
}
