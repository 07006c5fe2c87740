import type { Call } from "./calls";
import type { Chaos } from "./chaos";
import type { Emulator } from "./emulator";
import type { Quotas } from "./quotas";
import type { UnreadableAnswer } from "./unreadable";

/** The settings of a domain that `UpdateUserPoolDomain` can change. */
export type SettingName = "managedLoginVersion" | "certificateArn" | "securityPolicy" | "routing";

/**
 * What a fault does to a request. Exceptions, statuses, "reset", "hang" and "cutBody" end the request; a delay or a
 * `run` lets it go on. `run` may change the scene, kill a process, or throw an AwsError to answer it.
 */
export type FaultAction =
    | { exception: string; message: string; status?: number }
    | { status: number }
    | { delayMs: number }
    | { run: (aws: Emulator, call: Call) => void | Promise<void> }
    /** The connection is reset: no answer at all. */
    | "reset"
    /** No answer ever comes, and the connection stays open. */
    | "hang"
    /** The headers and half of the body come, then the connection breaks. */
    | "cutBody"
    /** Something else answers than AWS, or not all of AWS's answer arrives. */
    | UnreadableAnswer;

/** One injected fault. Faults are tried in order; the first one that ends the request wins. */
export interface Fault {
    /** Which operations, e.g. "UpdateUserPoolDomain" or /^Describe/. Default: all. */
    operation?: string | RegExp;
    /** How many matching requests pass unharmed first. Default: 0. */
    skip?: number;
    /** How many matching requests it hits after that. Default: all. */
    times?: number;
    /** "before": nothing has happened yet (default). "after": the state has changed, and only the answer suffers. */
    when?: "before" | "after";
    action: FaultAction;
}

/** How the emulated AWS behaves where AWS varies, does not say, or fails. Assign to it at any time. */
export interface Behaviour {
    /** Settings that an update leaves out: "reset" to their defaults (default: the harsher guess), or "keep". */
    omittedSettings: "reset" | "keep";
    /** The values that DescribeUserPoolDomain shows while UPDATING. Default: "old". */
    whileUpdating: "old" | "new";
    /**
     * How an accepted update ends. "active" (default); "failed": status FAILED, old values; "never": UPDATING for
     * ever; "ignored": ACTIVE at once, old values, no error.
     */
    outcome: "active" | "failed" | "never" | "ignored";
    /** How many DescribeUserPoolDomain calls still say UPDATING: a count, so that tests need no clock. Default: 2. */
    settleAfterDescribes: number;
    /** Settle by the clock instead of by the count: for people who watch. Default: undefined. */
    settleMs: number | undefined;
    /** Settings that DescribeUserPoolDomain never reports. Default: none. */
    silentSettings: SettingName[];
    /** Whether DescribeUserPoolDomain leaves out the account. Default: false. */
    silentAccount: boolean;
    /** How a prefix domain describes its CustomDomainConfig: as `{}` (default) or not at all. */
    prefixCustomDomainConfig: "empty" | "absent";
    /** How a domain without a ManagedLoginVersion describes it: not at all (default), or as 1. */
    unsetVersion: "absent" | "one";
    /** DescribeUserPoolDomain of a missing domain: 200 with `DomainDescription: {}` (default), or an exception. */
    missingDomain: "empty" | "notFound";
    /** DescribeManagedLoginBrandingByClient of an unbranded client: an exception (default), or an empty answer. */
    missingBranding: "notFound" | "empty";
    /** Whether an update judges again the certificate that the domain already has. Default: "checked". */
    certificateInForce: "checked" | "trusted";
    /** How many updates that bring a new certificate are refused, as a freshly issued one is. Default: 0. */
    freshCertificateRefusals: number;
    /** IAM actions that are denied, e.g. "acm:DescribeCertificate" or "cognito-idp:*". Default: none. */
    accessDenied: string[];
    /** What AssumeRoleWithWebIdentity makes of a token. Default: "accepted". */
    webIdentity: "accepted" | "denied" | "noProvider" | "wrongAudience" | "expired";
    /** The page size of the list operations where the request asks for more. Default: 60. */
    pageSize: number;
    /** Added to every request. Default: 0. */
    latencyMs: number;
    /** Request quotas: none (default), `true` for AWS's own, a factor such as 0.5, or changed rates. */
    quotas: Quotas;
    /** What they count the time by, in milliseconds: this machine's monotonic clock (default), or a test's own. */
    quotaClockMs: () => number;
    /** Faults at random, from a seed. A new object starts anew. Default: none. */
    chaos: Chaos | undefined;
    /** Injected faults, in order. Default: none. */
    faults: Fault[];
}

export function defaultBehaviour(): Behaviour {
    return {
        omittedSettings: "reset",
        whileUpdating: "old",
        outcome: "active",
        settleAfterDescribes: 2,
        settleMs: undefined,
        silentSettings: [],
        silentAccount: false,
        prefixCustomDomainConfig: "empty",
        unsetVersion: "absent",
        missingDomain: "empty",
        missingBranding: "notFound",
        certificateInForce: "checked",
        freshCertificateRefusals: 0,
        accessDenied: [],
        webIdentity: "accepted",
        pageSize: 60,
        latencyMs: 0,
        quotas: false,
        quotaClockMs: () => performance.now(),
        chaos: undefined,
        faults: [],
    };
}
