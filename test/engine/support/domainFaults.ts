import { AwsError, type Behaviour, type Call, type Emulator, type Fault } from "../../emulator";
import type { Domain } from "../../emulator/state";

// What a behaviour of the emulator does to all domains, done to one.

function onceAccepted(name: string, change: (domain: Domain) => void): Fault {
    const run = ({ state }: Emulator, { input }: Call) => {
        if (input.Domain === name) {
            state.domains.filter(({ domain }) => domain === name).forEach(change);
        }
    };
    return { operation: "UpdateUserPoolDomain", when: "after", action: { run } };
}

/**
 * How the next updates of one domain end, in their order; those after them, and those of other domains, end as
 * `behaviour.outcome` says of all.
 */
export function endUpdates(aws: Emulator, name: string, ...outcomes: Behaviour["outcome"][]): void {
    const end = (domain: Domain) => {
        const { pending } = domain;
        if (!pending) {
            return;
        }
        const outcome = outcomes.shift();
        if (outcome === "never") {
            pending.never = true;
        } else if (outcome === "failed") {
            pending.next = undefined;
        } else if (outcome === "ignored") {
            Object.assign(domain, { pending: undefined, status: "ACTIVE" });
        }
    };
    aws.behaviour.faults.push(onceAccepted(name, end));
}

/** As the behaviour `accessDenied` does to DescribeUserPoolDomain. */
export function mayNotBeDescribed(domain: string): Fault {
    const run = (_: Emulator, { input }: Call) => {
        if (input.Domain === domain) {
            const action = "cognito-idp:DescribeUserPoolDomain";
            throw new AwsError("AccessDeniedException", `User: me is not authorized to perform: ${action}`);
        }
    };
    return { operation: "DescribeUserPoolDomain", action: { run } };
}
