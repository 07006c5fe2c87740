import type { ConnectionFault } from "./brokenAnswers";
import type { Call } from "./calls";
import type { Chaos } from "./chaos";
import type { Emulator } from "./emulator";
import type { Quotas } from "./quotas";

/** The settings of a domain that `UpdateUserPoolDomain` can change. */
export type SettingName = "managedLoginVersion" | "certificateArn" | "securityPolicy" | "routing";

/**
 * What a fault does to a request. Exceptions, statuses and broken connections end the request; a `run` lets it go on, unless it
 * throws: an AwsError is the answer.
 */
export type FaultAction =
    | { exception: string; message: string; status?: number }
    | { status: number }
    | { run: (aws: Emulator, call: Call) => void | Promise<void> }
    | ConnectionFault;

/** One injected fault. Faults are tried in order; the first one that ends the request wins. */
export interface Fault {
    /** Default: all. */
    operation?: string;
    /** How many matching requests pass unharmed first. Default: 0. */
    skip?: number;
    /** How many matching requests it hits after that. Default: all. */
    times?: number;
    /** "before": nothing has happened yet (default). "after": the state has changed, and only the answer suffers. */
    when?: "before" | "after";
    action: FaultAction;
}

/** How the emulated AWS behaves where AWS varies, does not say, or fails. Assign to it at any time. */
export class Behaviour {
    /** Settings that an update leaves out: "reset" to their defaults (the harsher guess), or "keep". */
    omittedSettings: "reset" | "keep" = "reset";
    /** The values that DescribeUserPoolDomain shows while UPDATING. */
    whileUpdating: "old" | "new" = "old";
    /**
     * How an accepted update ends. "failed": status FAILED, old values; "never": UPDATING for ever; "ignored": ACTIVE at
     * once, old values, no error. Read when the update is accepted, as are the next two.
     */
    outcome: "active" | "failed" | "never" | "ignored" = "active";
    /** How many DescribeUserPoolDomain calls still say UPDATING: a count, so that tests need no clock. 0 settles at once. */
    settleAfterDescribes = 2;
    /** Settle by the clock instead of by the count: for people who watch. */
    settleMs?: number;
    /** Settings that DescribeUserPoolDomain never reports. */
    silentSettings: SettingName[] = [];
    /** Whether DescribeUserPoolDomain leaves out the account. */
    silentAccount = false;
    /** How a prefix domain describes its CustomDomainConfig: as `{}`, or not at all. */
    prefixCustomDomainConfig: "empty" | "absent" = "empty";
    /** How a domain without a ManagedLoginVersion describes it: not at all, or as 1. */
    unsetVersion: "absent" | "one" = "absent";
    /** DescribeUserPoolDomain of a missing domain: 200 with `DomainDescription: {}`, or an exception. */
    missingDomain: "empty" | "notFound" = "empty";
    /** DescribeManagedLoginBrandingByClient of an unbranded client: an exception, or an empty answer. */
    missingBranding: "notFound" | "empty" = "notFound";
    /** Whether an update judges again the certificate that the domain already has. */
    certificateInForce: "checked" | "trusted" = "checked";
    /** How many updates that bring a new certificate are refused, as a freshly issued one is. */
    freshCertificateRefusals = 0;
    /** IAM actions that are denied, e.g. "acm:DescribeCertificate" or "cognito-idp:*". */
    accessDenied: string[] = [];
    /** What AssumeRoleWithWebIdentity makes of a token. */
    webIdentity: "accepted" | "denied" | "noProvider" | "wrongAudience" | "expired" = "accepted";
    /** Added to every request. */
    latencyMs = 0;
    /** Request quotas: none, `true` for AWS's own, or a factor such as 0.5, where another client eats the rest. */
    quotas: Quotas = false;
    /** What they count the time by, in milliseconds: this machine's monotonic clock, or a test's own. */
    quotaClockMs: () => number = () => performance.now();
    /** Faults at random, from a seed. A new object starts anew. */
    chaos?: Chaos;
    /** Injected faults, in order. */
    faults: Fault[] = [];
}
