import type { Behaviour } from "./behaviour";
import type { Call } from "./calls";
import { AwsError } from "./errors";
import type { State } from "./state";

/** Decides whether a request gets as far as its operation: allowed, and within the quotas. Throws what AWS answers if not. */
export function admit(
    call: Call,
    caller: string,
    { accessDenied, quotas, quotaClockMs }: Behaviour,
    state: State,
): void {
    const action = `${call.service}:${call.operation}`;
    if (accessDenied.some((denied) => matches(action, denied))) {
        const [name, status] =
            call.service === "sts" ? (["AccessDenied", 403] as const) : (["AccessDeniedException", 400] as const);
        throw new AwsError(
            name,
            `User: ${caller} is not authorized to perform: ${action} on resource: ${resourceOf(call)} ` +
                `because no identity-based policy allows the ${action} action`,
            status,
        );
    }
    state.quotas.admit(call, quotas, userPoolOf(call, state), quotaClockMs());
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

/** The resource that IAM would check: the ARN in the request, or everything. */
const resourceOf = ({ input }: Call): string => String(input.CertificateArn ?? input.RoleArn ?? "*");
