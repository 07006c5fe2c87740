import type { Aws } from "../aws/aws";
import type { AccountRules } from "../model/accounts";
import type { DomainAddress } from "../model/address";
import type { NotConvergedError } from "../model/errors";
import type { ObservedCertificate, ObservedDomain } from "../model/observed";
import type { Settings } from "../model/settings";
import type { Engine } from "./engine";
import type { Pauses } from "./polling";

/** What is to be in force, and how to get there. */
export interface Operation extends AccountRules {
    address: DomainAddress;
    /** Only what the program manages. */
    settings: Settings;
    /** What an earlier update put in force, for what Describe does not report. */
    lastApplied: Settings;
    /** Each setting is written only where this is in force: what somebody else has changed since is left as it is. */
    onlyOver?: Settings;
    /** Undefined for the default, a share of the certificate's lifetime. */
    minimumCertificateValidityDays: number | undefined;
    wait: "active" | "served" | "none";
    /** Seconds for everything together. */
    timeoutSeconds: number;
    /** The app client whose sign-in page has to answer afterwards. */
    verifyClientId?: string;
    onFailure: "keep" | "rollback";
}

/** Whom the job is done with. */
export interface OperationContext {
    aws: Aws;
    engine: Engine;
    now: () => Date;
    /** Between two looks; shorter in tests. */
    pauses?: Pauses;
}

/** A plan that fits what was observed a moment ago. */
export interface Plan {
    observed: ObservedDomain;
    /** The observed settings, completed by what is lastApplied. */
    before: Settings;
    target: Settings;
    certificate?: ObservedCertificate;
}

/** How it ended, where AWS has accepted the update or there was nothing to write. */
export interface Outcome {
    /** The account that has the domain, where AWS names it. */
    accountId?: string;
    /** What was in force before anything was written. */
    before: Settings;
    /** What is in force now, as far as it is known. */
    inForce: Settings;
    status: string;
    cloudFrontDistribution?: string;
    /** The attached certificate, where it was asked for on the way. */
    certificate?: ObservedCertificate;
    /** AWS accepted the update, and this is what went wrong afterwards. */
    problem?: NotConvergedError;
}

/** The time that a job has. */
export class Deadline {
    readonly #started: number;

    constructor(
        private readonly seconds: number,
        private readonly now: () => Date,
    ) {
        this.#started = now().getTime();
    }

    /** Seconds. */
    get elapsed(): number {
        return (this.now().getTime() - this.#started) / 1000;
    }

    /** Seconds; at least one, for a last look. */
    get left(): number {
        return Math.max(this.seconds - this.elapsed, 1);
    }
}
