import { isThrottlingError } from "@smithy/core/retry";
import type { SdkError as SmithyError } from "@smithy/types";
import { AwsCallError, messageOf } from "../model/errors";
import { explain, type FailureKind, KINDS } from "./failureTexts";
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
    const { code: networkCode = "", name = "Error", $metadata = {} } = error;
    const { unreachable, untrusted, interrupted } = KINDS;
    const isOfNetwork = [unreachable, untrusted, interrupted].some((it) => it.test(`${networkCode}:`));
    const code = isOfNetwork ? networkCode : name;
    const kind = kindOf(code, error);
    // With a status below 400, the SDK has failed at reading an answer.
    const { httpStatusCode: status = 400, requestId } = $metadata;
    const isOfServer = error.$fault === "server" || status < 400 || status >= 500;
    const lost = kind !== "throttled" && (kind === "interrupted" || isUnreadable(error) || isOfServer);
    const transient = lost || ["throttled", "unreachable", "conflict"].includes(kind);
    const text = explain(kind, { ...call, code, message: messageOf(error), status: $metadata.httpStatusCode });
    return new AwsCallError(requestId ? `${text} (AWS request id ${requestId})` : text, {
        code,
        transient,
        lost,
        cause,
    });
}

function kindOf(code: string, error: SdkError): FailureKind {
    if (isThrottlingError(error as SmithyError)) {
        return "throttled";
    }
    const text = `${code}: ${messageOf(error)}`;
    const names = Object.keys(KINDS) as (keyof typeof KINDS)[];
    return names.find((name) => KINDS[name].test(text)) ?? (isUnreadable(error) ? "unreadable" : "other");
}

/** True if what came back is no answer of AWS's, or not the whole of one: it names no error, does not parse, or is not HTTP. */
function isUnreadable({ name, code, message = "" }: SdkError): boolean {
    return name === "Unknown" || /^HPE_/.test(code ?? "") || /Deserialization error:/.test(message);
}
