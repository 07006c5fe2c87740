import type { Aws } from "../aws/awsCalls";
import type { AccountRules } from "../model/accounts";
import type { DomainAddress } from "../model/address";
import type { NotConvergedError } from "../model/errors";
import type { ObservedCertificate, ObservedDomain } from "../model/observations";
import type { SettingName, Settings } from "../model/settings";
import type { Engine } from "./engine";
import type { Pauses } from "./polling";

/** What is to be in force, and how to get there. */
export interface Operation extends AccountRules {
    address: DomainAddress;
    /** Only what the program manages. */
    desired: Settings;
    /** What an earlier update put in force, for what Describe does not report. */
    lastApplied: Settings;
    /** Each setting is written only where one of these is in force: what somebody else has changed since is left as it is. */
    onlyOver?: Settings[];
    /** Whether it is refused where somebody has changed what the program has not: it only repeats a verification. */
    leavesDrift?: boolean;
    /** Whether it is of a delete: what goes wrong is gone on with by another delete. */
    isRestore?: true;
    /** The late update that this operation undoes: where it has arrived by now, nothing is written. */
    undoes?: Plan;
    /** Undefined for the default, a share of the certificate's lifetime. */
    minimumCertificateValidityDays: number | undefined;
    wait: "active" | "served" | "none";
    /** Seconds for everything together. */
    timeoutSeconds: number;
    /** The app client whose sign-in page has to answer afterwards. */
    verifyClientId?: string;
    onFailure: "keep" | "rollback";
}

/** What an operation works with. */
export interface OperationContext {
    aws: Aws;
    engine: Engine;
    /** The wall clock, for the ends of certificates. */
    now: () => Date;
    /** Milliseconds of a monotonic clock, for timeouts. */
    clockMs?: () => number;
    /** Between two looks; shorter in tests. */
    pauses?: Pauses;
}

/** What an update will write, by a look at the domain a moment ago. */
export interface Plan {
    domain: ObservedDomain;
    /** The observed settings, completed by what was last applied: what a rollback would put back. */
    original: Settings;
    /** The whole settings: a request without one may reset it. */
    target: Settings;
    /** What of the target the operation asks for, or may not keep: the rest is others' to change meanwhile. */
    own: SettingName[];
    certificate?: ObservedCertificate;
}

/** How it ended, where AWS has accepted the update or there was nothing to write. */
export interface Outcome {
    /** The account that has the domain, where AWS names it. */
    accountId?: string;
    /** What was in force before anything was written. */
    original: Settings;
    /** What is in force now, as far as it is known. */
    observed: Settings;
    status: string;
    cloudFrontDistribution?: string;
    /** The attached certificate, where it was asked for on the way. */
    certificate?: ObservedCertificate;
    /** AWS has accepted something that was not seen to its end, and may still carry it out. */
    isPending: boolean;
    /** AWS accepted the update, and this is what went wrong afterwards. */
    problem?: NotConvergedError;
}
