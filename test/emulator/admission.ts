import type { Behaviour } from "./behaviour";
import type { Call } from "./calls";
import { AwsError } from "./errors";
import { partitionOf } from "./identity";
import type { Signature } from "./protocol";

/**
 * Decides whether a request gets as far as its operation: signed, for this service, not expired, allowed. Throws what
 * AWS answers when it does not. Request quotas (token buckets per account, Region and operation) and seeded chaos
 * belong here too, after the permissions: nothing of them is built yet.
 */
export function admit(call: Call, signature: Signature | undefined, caller: string, behaviour: Behaviour): void {
    const status = call.service === "sts" ? 403 : 400;
    const suffix = call.service === "sts" ? "" : "Exception";
    if (!signature) {
        throw new AwsError(`MissingAuthenticationToken${suffix}`, "Missing Authentication Token", status);
    }
    if (signature.service !== call.service) {
        const name = call.service === "sts" ? "SignatureDoesNotMatch" : "InvalidSignatureException";
        throw new AwsError(name, `Credential should be scoped to correct service: '${call.service}'. `, status);
    }
    if (hasExpired(call.accessKeyId, behaviour)) {
        const name = call.service === "sts" ? "ExpiredToken" : "ExpiredTokenException";
        throw new AwsError(name, "The security token included in the request is expired", status);
    }
    const action = `${call.service}:${call.operation}`;
    if (behaviour.accessDenied.some((denied) => matches(action, denied))) {
        throw new AwsError(
            `AccessDenied${suffix}`,
            `User: ${caller} is not authorized to perform: ${action} on resource: ${resourceOf(call)} ` +
                `because no identity-based policy allows the ${action} action`,
            status,
        );
    }
}

const hasExpired = (accessKeyId: string, { expiredCredentials }: Behaviour): boolean =>
    Array.isArray(expiredCredentials) ? expiredCredentials.includes(accessKeyId) : expiredCredentials;

const matches = (action: string, denied: string): boolean =>
    denied.endsWith("*") ? action.startsWith(denied.slice(0, -1)) : action === denied;

/** The resource that IAM would check: the ARN in the request, the user pool, or everything. */
function resourceOf({ input, account, region }: Call): string {
    for (const arn of [input.CertificateArn, input.RoleArn]) {
        if (typeof arn === "string") {
            return arn;
        }
    }
    return typeof input.UserPoolId === "string"
        ? `arn:${partitionOf(region)}:cognito-idp:${region}:${account}:userpool/${input.UserPoolId}`
        : "*";
}
