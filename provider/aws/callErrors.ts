import { AwsCallError, messageOf } from "../model/errors";
import { isNetworkCode, isNotSent, isUntrusted } from "./networkErrors";
import { ProfileNotFoundError } from "./profile";
import { UnreadableAnswerError } from "./unreadableAnswer";
import { explainRefusal, isNotAuthorized } from "./updateRefusals";

/** The call that failed, in IAM's terms. */
export interface Call {
    /** The IAM action, such as `acm:DescribeCertificate`. */
    action: string;
    /** What a policy has to name to allow it. */
    resource: string;
    region: string;
}

/** What AWS SDK errors carry beyond Error. */
interface SdkError {
    name?: string;
    code?: string;
    message?: string;
    $fault?: string;
    $metadata?: { requestId?: string; httpStatusCode?: number };
}

/** NotAuthorizedException is Cognito's own. */
const ACCESS_DENIED = new Set([
    "AccessDeniedException",
    "AccessDenied",
    "UnauthorizedException",
    "NotAuthorizedException",
]);
const BAD_CREDENTIALS = new Set([
    "UnrecognizedClientException",
    "InvalidSignatureException",
    "InvalidClientTokenId",
    "IncompleteSignatureException",
    "MissingAuthenticationTokenException",
    "SignatureDoesNotMatch",
]);
const EXPIRED_CREDENTIALS = new Set(["ExpiredTokenException", "ExpiredToken", "RequestExpired"]);
const NO_CREDENTIALS = new Set(["CredentialsProviderError", "TokenProviderError", "ProviderError"]);
const THROTTLED = new Set([
    "TooManyRequestsException",
    "ThrottlingException",
    "Throttling",
    "LimitExceededException",
    "RequestLimitExceeded",
]);

/** ResourceNotFoundException: Cognito and ACM both use it for "not there". */
export function isNotFound(error: unknown): boolean {
    return (error as SdkError)?.name === "ResourceNotFoundException";
}

/** AWS had no time for the call, and has not acted on it. */
export function isThrottled(error: unknown): boolean {
    return error instanceof AwsCallError && THROTTLED.has(error.code);
}

/**
 * An SDK error as one sentence that says what to do, with the AWS request id; the SDK's own error is the `cause`. Where a call
 * of ours failed on the way to its credentials, that is what is said: the call itself was not sent.
 */
export function callFailed(cause: unknown, call: Call): AwsCallError {
    if (cause instanceof AwsCallError) {
        return new AwsCallError(cause.message, { code: cause.code, transient: cause.transient, cause: cause.cause });
    }
    const error = (cause ?? {}) as SdkError;
    const code = codeOf(error);
    const requestId = error.$metadata?.requestId;
    const suffix = requestId ? ` (AWS request id ${requestId})` : "";
    const lost = isLost(error);
    const transient = lost || THROTTLED.has(code) || (isNetworkCode(code) && !isUntrusted(code));
    const text = `${explain(code, error, call)}${suffix}`;
    return new AwsCallError(text, { code, transient, lost, cause });
}

/**
 * Whether an SDK error leaves open what AWS has done: the request may have arrived, and no answer tells. What AWS has
 * refused it says in words of its own, in an error with a status of 400 to 499.
 */
export function isLost(error: unknown): boolean {
    const given = (error ?? {}) as SdkError;
    const code = codeOf(given);
    if (THROTTLED.has(code)) {
        return false;
    }
    if (isNetworkCode(code)) {
        return !isNotSent(code);
    }
    // With a status below 400 the SDK has failed at reading an answer.
    const status = given.$metadata?.httpStatusCode ?? 400;
    return given instanceof UnreadableAnswerError || given.$fault === "server" || status < 400 || status >= 500;
}

function codeOf({ code, name }: SdkError): string {
    return isNetworkCode(code) ? code : (name ?? "Error");
}

function explain(code: string, error: SdkError, { action, resource, region }: Call): string {
    const message = messageOf(error);
    if (error instanceof UnreadableAnswerError) {
        return error.isForeign
            ? `what answered ${action} in ${region} was not AWS (${message}): a captive portal or a proxy is in between. Check the network, HTTPS_PROXY and AWS_ENDPOINT_URL`
            : `the answer to ${action} in ${region} cannot be read (${message}): run Pulumi again; where that happens each time, look for a proxy in between`;
    }
    if (error instanceof ProfileNotFoundError) {
        return `no AWS credentials for ${action} in ${region}: ${message}`;
    }
    if (ACCESS_DENIED.has(code) || isNotAuthorized(message)) {
        return `no permission to call ${action}: allow it on ${resource} for the identity that runs Pulumi. AWS said: ${message}`;
    }
    if (EXPIRED_CREDENTIALS.has(code)) {
        return `the AWS credentials have expired (${action} in ${region}): sign in again, then run Pulumi again`;
    }
    if (NO_CREDENTIALS.has(code)) {
        return `no usable AWS credentials for ${action} in ${region}: set AWS_PROFILE or AWS_ACCESS_KEY_ID, or sign in with "aws sso login". The SDK said: ${message}`;
    }
    if (BAD_CREDENTIALS.has(code)) {
        return `AWS does not accept the credentials (${action} in ${region}): check AWS_PROFILE, AWS_ACCESS_KEY_ID and the clock of this machine. AWS said: ${message}`;
    }
    if (THROTTLED.has(code)) {
        return `AWS throttled ${action} in ${region} until the retries ran out: run Pulumi again with a smaller --parallel (the quota cannot be raised). AWS said: ${message}`;
    }
    if (isUntrusted(code)) {
        return `what answered ${action} in ${region} has no certificate of AWS's (${code}): a captive portal or a proxy is in between. Where it is a proxy that you trust, give its CA with aws:customCaBundle or AWS_CA_BUNDLE. ${message}`;
    }
    if (isNetworkCode(code)) {
        return `could not reach AWS for ${action} in ${region} (${code}): check the network, and HTTPS_PROXY and AWS_ENDPOINT_URL where they are set. ${message}`;
    }
    return explainRefusal(code, message) ?? `${action} in ${region} failed with ${code}: ${message}`;
}
