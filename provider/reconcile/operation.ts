import type { Aws } from "../aws/awsCalls";
import type { Request } from "../inputs/request";
import type { DomainAddress } from "../model/address";
import type { AwsCallError, NotConvergedError } from "../model/errors";
import type { ObservedCertificate } from "../model/observed";
import type { Settings } from "../model/settings";
import type { DecisionInput } from "../plan/decide";
import type { Plan } from "../plan/plan";

/** How the provider talks back to the Pulumi engine that runs it. */
export interface Engine {
    /** Lasting lines on the stack. */
    warn(text: string): void;
    info(text: string): void;
    /** A line that is shown live and vanishes; in a pipeline, each stays. */
    status(text: string): void;
    /** False once the engine that started this process has exited: a killed engine leaves its plugins running. */
    alive(): Promise<boolean>;
    /** False in an operation without the program: `destroy`, `refresh`. */
    runsProgram(): Promise<boolean>;
}

/** The tools of an operation. */
export interface OperationContext {
    aws: Aws;
    engine: Engine;
    /** Makes the pauses between two reads shorter, in tests. */
    pauseFactor?: number;
}

/** The update that was sent; `plan.isSent` is false if there was nothing to send. */
export interface Sent {
    plan: Plan;
    /** The request got no answer: AWS may have accepted it. */
    lost?: AwsCallError;
}

/** The update to make. */
export interface UpdateInput extends DecisionInput {
    request: Request & { address: DomainAddress };
    action: "adopt" | "update";
    /** For a rollback: the update that was late. If it took effect after all, nothing is sent. */
    late?: Plan;
}

/** The outcome, if AWS accepted the update or there was nothing to send. */
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
