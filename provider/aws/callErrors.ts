import { isThrottlingError } from "@smithy/core/retry";
import type { SdkError as SmithyError } from "@smithy/types";
import { AwsCallError, messageOf } from "../model/errors";
import { type FailureKind, KINDS, TEXTS } from "./failureTexts";
import type { Call } from "./operations";

/** No credentials were found, so the call that they are for was not sent. */
export class NoCredentialsError extends Error {
    override readonly name = "NoCredentialsError";
}

/** An answer that lacks the member that AWS always sends. The SDK reads an empty body, and HTML for XML, as such. */
export class IncompleteAnswerError extends Error {
    override readonly name = "Unknown";
    readonly $metadata = { httpStatusCode: 200 };
}

/** The members of AWS SDK errors beyond those of Error. */
interface SdkError {
    name?: string;
    code?: string;
    message?: string;
    $fault?: string;
    $metadata?: { requestId?: string; httpStatusCode?: number };
}

/** ResourceNotFoundException: Cognito and ACM both use it for "not there". */
export function isNotFound(error: unknown): boolean {
    return (error as SdkError)?.name === "ResourceNotFoundException";
}

/**
 * An SDK error as one sentence that says what to do, with the AWS request id; the SDK's own error is the `cause`. If a call to STS for
 * the credentials failed, that is what is said: the call itself was not sent. `lost` is an error that leaves open what AWS has done:
 * what AWS has refused it says in words of its own, with a status of 400 to 499.
 */
export function callFailed(cause: unknown, call: Call): AwsCallError {
    if (cause instanceof AwsCallError) {
        return new AwsCallError(cause.message, { code: cause.code, transient: cause.transient, cause: cause.cause });
    }
    const error = (cause ?? {}) as SdkError;
    const { name = "Error", code = name, $metadata = {} } = error;
    const message = messageOf(error);
    const kind = kindOf(`${code}: ${message}`, error);
    // With a status below 400, the SDK has failed at reading an answer.
    const { httpStatusCode: status = 400, requestId } = $metadata;
    const isOfServer = error.$fault === "server" || status < 400 || status >= 500;
    const lost = kind === "interrupted" || kind === "unreadable" || (kind !== "throttled" && isOfServer);
    const transient = lost || kind === "throttled" || kind === "unreachable" || kind === "conflict";
    const text = TEXTS[kind]({
        ...{ ...call, code, message, status: $metadata.httpStatusCode },
        what: `${call.action} in ${call.region}`,
        said: `AWS said: ${message}`,
    });
    const suffix = requestId ? ` (AWS request id ${requestId})` : "";
    return new AwsCallError(`${text}${suffix}`, { code, transient, lost, cause });
}

function kindOf(text: string, error: SdkError): FailureKind {
    if (isThrottlingError(error as SmithyError)) {
        return "throttled";
    }
    const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];
    return kinds.find((kind) => KINDS[kind].test(text)) ?? "other";
}
