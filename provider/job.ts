import type { Aws } from "./aws";
import type { DomainAddress } from "./domain";
import type { Engine } from "./engine";
import type { NotConvergedError } from "./errors";
import type { ObservedCertificate, ObservedDomain } from "./observation";
import type { Settings } from "./settings";
import type { Pauses } from "./wait";

/** What is to be in force, and how to get there. */
export interface Job {
    address: DomainAddress;
    /** Only what the program manages. */
    wanted: Settings;
    /** What an earlier update put in force, for what Describe does not report. */
    believed: Settings;
    minimumCertificateValidityDays: number;
    wait: "active" | "served" | "none";
    /** Seconds for everything together. */
    timeoutSeconds: number;
    /** The app client whose sign-in page has to answer afterwards. */
    verifyClientId?: string;
    allowedAccountIds?: readonly string[];
    onFailure: "keep" | "rollback";
}

/** Whom the job is done with. */
export interface Means {
    aws: Aws;
    engine: Engine;
    now: () => Date;
    /** Between two looks; shorter in tests. */
    pauses?: Pauses;
}

/** A plan that fits what was observed a moment ago. */
export interface Plan {
    observed: ObservedDomain;
    /** The observed settings, completed by what is believed. */
    before: Settings;
    target: Settings;
    certificate?: ObservedCertificate;
}

/** How it ended, where AWS has accepted the update or there was nothing to write. */
export interface Outcome {
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
