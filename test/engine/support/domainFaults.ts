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
export function endUpdates(aws: Emulator, name: string, ...outcomes: Exclude<Behaviour["outcome"], "ignored">[]): void {
    const end = ({ pending }: Domain) => {
        if (!pending) {
            return;
        }
        const outcome = outcomes.shift();
        if (outcome === "never") {
            pending.never = true;
        } else if (outcome === "failed") {
            pending.next = undefined;
        }
    };
    aws.behaviour.faults.push(onceAccepted(name, end));
}

/** As the behaviour `accessDenied` does to DescribeUserPoolDomain. */
export const mayNotBeDescribed = (domain: string): Fault =>
    denies("DescribeUserPoolDomain", "cognito-idp:DescribeUserPoolDomain", ({ input }) => input.Domain === domain);

/** As the behaviour `accessDenied` does to DescribeCertificate. */
export const certificateMayNotBeDescribed = (arn: string): Fault =>
    denies(
        "DescribeCertificate",
        `acm:DescribeCertificate on resource: ${arn}`,
        ({ input }) => input.CertificateArn === arn,
    );

function denies(operation: Fault["operation"], action: string, isAbout: (call: Call) => boolean): Fault {
    const run = (_: Emulator, call: Call) => {
        if (isAbout(call)) {
            throw new AwsError("AccessDeniedException", `User: me is not authorized to perform: ${action}`);
        }
    };
    return { operation, action: { run } };
}
