import type { Finding } from "./findings";
import { oneLine, plainLines } from "./plainText";

/**
 * Every error that this package throws on purpose: one base class, one subclass per cause.
 *
 * Messages are read on a terminal by someone whose deployment has just stopped: what happened, then the remedy.
 * `name` is a literal, since constructor names do not survive bundlers, and the original error stays as `cause`.
 */
export abstract class UserPoolDomainSettingsError extends Error {
    abstract override readonly name: string;

    /** Pulumi prints `${error}: ${error.stack}` for check, diff, read and delete: together they read as one line. */
    override toString(): string {
        return this.name;
    }

    /** @param message Becomes one line, since it may contain text from AWS or the program. */
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.rephrase(() => message);
    }

    /** Rewrites the message, in the stack too. */
    rephrase(rewrite: (message: string) => string): void {
        this.message = this.printable(rewrite(this.message));
        this.stack = this.message;
    }

    /** The message, safe to print on a terminal. */
    protected printable(message: string): string {
        return oneLine(message);
    }
}

/** The domain does not exist in this pool and Region, or belongs to another pool. */
export class DomainNotFoundError extends UserPoolDomainSettingsError {
    override readonly name = "DomainNotFoundError";
}

/** The credentials belong to an account other than the domain's, or to one that is not allowed. */
export class WrongAccountError extends UserPoolDomainSettingsError {
    override readonly name = "WrongAccountError";
}

/** The resource id is not `[<region>/]<userPoolId>/<domain>`. */
export class InvalidIdError extends UserPoolDomainSettingsError {
    override readonly name = "InvalidIdError";
}

/** The stack's config, or the `aws` argument in its state, has a value that cannot be used. */
export class InvalidConfigurationError extends UserPoolDomainSettingsError {
    override readonly name = "InvalidConfigurationError";
}

/** The check before the update refused it; nothing was written. */
export class RefusedError extends UserPoolDomainSettingsError {
    override readonly name = "RefusedError";

    constructor(
        message: string,
        readonly findings: readonly Finding[],
    ) {
        super(message);
    }

    /** The findings are lines of their own. */
    protected override printable(message: string): string {
        return plainLines(message);
    }

    /** True if another attempt may succeed: AWS could not be asked, or other credentials may be right. */
    get mayPass(): boolean {
        return this.findings.some(({ code, kind }) => kind === "unasked" || code === "account-not-allowed");
    }
}

/** A call to AWS failed; `cause` is the SDK's own error. */
export class AwsCallError extends UserPoolDomainSettingsError {
    override readonly name = "AwsCallError";
    /** The API's name for the error, such as `InvalidParameterException`; the network's, such as `ECONNRESET`. */
    readonly code: string;
    /** Worth retrying the same request: throttling, network, a fault inside AWS. */
    readonly transient: boolean;
    /** The request may have arrived, but got no answer: AWS may have acted on it. */
    readonly lost: boolean;

    constructor(message: string, failure: { code: string; transient?: boolean; lost?: boolean; cause?: unknown }) {
        super(message, { cause: failure.cause });
        this.code = failure.code;
        this.transient = failure.transient ?? false;
        this.lost = failure.lost ?? false;
    }
}

/** Why an update is not known to have taken effect. */
export type NotConvergedKind =
    | "failed" // Cognito says FAILED
    | "timeout" // time ran out before the domain had the desired settings
    | "superseded" // someone else changed the domain meanwhile
    | "gone" // the domain is being deleted, or no longer exists
    | "unseen" // AWS could not be asked
    | "unanswered" // the request got no answer, and left no trace
    | "notServed" // AWS has it, but visitors are certainly served something else
    | "unverified" // AWS has it, and what visitors are served could not be checked
    | "engineGone"; // the Pulumi engine exited during the wait

/** The domain did not become ACTIVE, did not report the desired settings, or does not serve them. */
export class NotConvergedError extends UserPoolDomainSettingsError {
    override readonly name = "NotConvergedError";

    /** @param event What has happened, and `remedy` what to do about it: together the message, in sentences. */
    constructor(
        readonly kind: NotConvergedKind,
        readonly event: string,
        readonly remedy: string,
        options?: ErrorOptions,
    ) {
        super(`${event} ${remedy}`, options);
    }
}

/** The Pulumi engine that asked for the operation has exited: nothing more may be written. */
export class EngineGoneError extends UserPoolDomainSettingsError {
    override readonly name = "EngineGoneError";
}

/**
 * AWS accepted the update, and something failed afterwards.
 *
 * The dynamic provider host recognizes `id`, `properties` and `reasons`: the engine then keeps the resource in the state
 * with these outputs, shows `reasons`, and runs `update` again on the next `pulumi up`.
 */
export class PartialUpdateError extends UserPoolDomainSettingsError {
    override readonly name = "PartialUpdateError";

    constructor(
        readonly id: string,
        readonly properties: Record<string, unknown>,
        reason: string,
        options?: ErrorOptions,
    ) {
        super(reason, options);
    }

    get reasons(): string[] {
        return [this.message];
    }
}

/** Characters: a captive portal answers with a whole page. */
const LONGEST_MESSAGE = 2_000;

/** The message of anything that was thrown, on one line. */
export function messageOf(error: unknown): string {
    const message = oneLine(error instanceof Error ? error.message : String(error));
    return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}...` : message;
}
