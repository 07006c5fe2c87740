import type { Aws } from "../aws/awsCalls";
import type { Request } from "../inputs/request";
import type { DomainAddress } from "../model/address";
import type { NotConvergedError } from "../model/errors";
import type { ObservedCertificate } from "../model/observed";
import type { Settings } from "../model/settings";
import type { DecisionInput } from "../plan/decide";
import type { Plan } from "../plan/plan";
import type { Engine } from "./engine";
import type { Pauses } from "./polling";

/** The tools of an operation. */
export interface OperationContext {
    aws: Aws;
    engine: Engine;
    /** The wall clock, for the validity of certificates. */
    now: () => Date;
    /** Milliseconds of a monotonic clock, for timeouts. */
    clockMs?: () => number;
    /** Between two reads; shorter in tests. */
    pauses?: Pauses;
}

/** The update to make. */
export interface UpdateInput extends DecisionInput {
    request: Request & { address: DomainAddress };
    action: "adopt" | "update";
    /** For a rollback: the update that was late. If it arrived after all, nothing is sent. */
    late?: Plan;
}

/** How it ended, if AWS accepted the update or nothing was to be sent. */
export interface Outcome {
    plan: Plan;
    /** AWS's settings, as far as they are known. */
    settings: Settings;
    /** The domain's status; UNKNOWN if it could not be read. */
    status: string;
    cloudFrontDistribution?: string;
    accountId?: string;
    certificate?: ObservedCertificate;
    /** AWS accepted the update, or may have, and this went wrong afterwards. */
    problem?: NotConvergedError;
}
