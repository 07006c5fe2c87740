import type { Behaviour } from "./behaviour";
import type { Call } from "./calls";
import { AwsError } from "./errors";
import { partitionOf } from "./identity";
import type { Signature } from "./protocol";
import type { State } from "./state";

/**
 * Decides whether a request gets as far as its operation: signed, for this service, not expired, allowed, within the
 * quotas. Throws what AWS answers when it does not.
 */
export function admit(
    call: Call,
    signature: Signature | undefined,
    caller: string,
    behaviour: Behaviour,
    state: State,
): void {
    const speaksXml = call.service === "sts" || call.service === "route53";
    const status = speaksXml ? 403 : 400;
    const suffix = speaksXml ? "" : "Exception";
    const isUnsigned = call.operation === "AssumeRoleWithWebIdentity";
    if (!signature && !isUnsigned) {
        throw new AwsError(`MissingAuthenticationToken${suffix}`, "Missing Authentication Token", status);
    }
    if (signature && signature.service !== call.service) {
        const name = speaksXml ? "SignatureDoesNotMatch" : "InvalidSignatureException";
        throw new AwsError(name, `Credential should be scoped to correct service: '${call.service}'. `, status);
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
    state.quotas.admit(call, behaviour.quotas, (it) => userPoolOf(it, state), behaviour.quotaClockMs());
}

/** The user pool that a request is about: named by its id, or through its domain. */
function userPoolOf({ input, account, region }: Call, state: State): string | undefined {
    if (typeof input.UserPoolId === "string") {
        return input.UserPoolId;
    }
    return typeof input.Domain === "string" ? state.findDomain(account, region, input.Domain)?.userPoolId : undefined;
}

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
