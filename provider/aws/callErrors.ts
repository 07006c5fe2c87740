import { isThrottlingError } from "@smithy/core/retry";
import type { SdkError as SmithyError } from "@smithy/types";
import { AwsCallError, InvalidConfigurationError, messageOf } from "../model/errors";
import { explainDenial, explainExpired, explainInvalidToken, explainRole } from "./identityErrors";
import type { Call } from "./operationTable";
import { explainRefusal, isNotAuthorized } from "./updateRefusals";

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

/** Of these, no request has left this machine. */
const UNREACHABLE = /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/;

/** The TLS handshake ended before the request. Source: Node.js, "X509 certificate error codes". */
const UNTRUSTED =
    /^(CERT_(HAS_EXPIRED|NOT_YET_VALID|UNTRUSTED)|ERR_TLS_CERT_ALTNAME_INVALID)$|SELF_SIGNED_CERT|^UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)/;

/** Of these, the request may have arrived. The last two are names that the SDK gives. */
const INTERRUPTED = /^(ECONNRESET|EPIPE|ETIMEDOUT|TimeoutError|NetworkingError)$/;

const NETWORK = [UNREACHABLE, UNTRUSTED, INTERRUPTED];

const CLOCK_WRONG = /^Request(Expired|TimeTooSkewed): |: Signature (expired|not yet current)/;

/** NotAuthorizedException is Cognito's own. */
const ACCESS_DENIED = /^(AccessDenied(Exception)?|UnauthorizedException|NotAuthorizedException)$/;

const EXPIRED_CREDENTIALS = /^ExpiredToken(Exception)?$/;

const BAD_CREDENTIALS =
    /^(UnrecognizedClientException|InvalidSignatureException|InvalidClientTokenId|IncompleteSignatureException|MissingAuthenticationTokenException|SignatureDoesNotMatch)$/;

/** ResourceNotFoundException: Cognito and ACM both use it for "not there". */
export function isNotFound(error: unknown): boolean {
    return (error as SdkError)?.name === "ResourceNotFoundException";
}

/**
 * An SDK error as one sentence that says what to do, with the AWS request id; the SDK's own error is the `cause`. If a call to STS for
 * the credentials failed, that is what is said: the call itself was not sent.
 */
export function callFailed(cause: unknown, call: Call): AwsCallError {
    if (cause instanceof AwsCallError) {
        return new AwsCallError(cause.message, { code: cause.code, transient: cause.transient, cause: cause.cause });
    }
    const error = (cause ?? {}) as SdkError;
    const { code: networkCode = "", name = "Error", $metadata } = error;
    const code = NETWORK.some((it) => it.test(networkCode)) ? networkCode : name;
    const suffix = $metadata?.requestId ? ` (AWS request id ${$metadata.requestId})` : "";
    const isBusy = isThrottled(error) || code === "ConcurrentModificationException";
    const lost = !isBusy && mayHaveActed(code, error);
    const text = `${explain(code, error, call)}${suffix}`;
    return new AwsCallError(text, { code, transient: lost || isBusy || UNREACHABLE.test(code), lost, cause });
}

/**
 * True if an error leaves open what AWS has done: the request may have arrived, and no answer tells. What AWS has refused it says
 * in words of its own, in an error with a status of 400 to 499; with a status below, the SDK has failed at reading an answer.
 */
function mayHaveActed(code: string, error: SdkError): boolean {
    const status = error.$metadata?.httpStatusCode ?? 400;
    return INTERRUPTED.test(code) || isUnreadable(error) || error.$fault === "server" || status < 400 || status >= 500;
}

/** True if what came back is no answer of AWS's, or not the whole of one: it names no error, does not parse, or is not HTTP. */
function isUnreadable({ name, code, message = "" }: SdkError): boolean {
    return name === "Unknown" || /^HPE_/.test(code ?? "") || /Deserialization error:/.test(message);
}

function isThrottled(error: SdkError): boolean {
    return isThrottlingError(error as SmithyError);
}

function explain(code: string, error: SdkError, call: Call): string {
    const { action, resource, region } = call;
    const message = messageOf(error);
    const said = `AWS said: ${message}`;
    if (error instanceof NoCredentialsError) {
        return `no usable AWS credentials for ${action} in ${region}: ${message}`;
    }
    if (error instanceof InvalidConfigurationError) {
        return `${action} in ${region} could not be called: ${message}`;
    }
    if (CLOCK_WRONG.test(`${code}: ${message}`)) {
        return `AWS refused the time of the signature (${action} in ${region}): set the clock of this machine, then run Pulumi again. ${said}`;
    }
    if (ACCESS_DENIED.test(code) || isNotAuthorized(message)) {
        return `${explainDenial(action, message) ?? explainRole(code, call, message) ?? `no permission to call ${action}: allow it on ${resource} for the identity that runs Pulumi`}. ${said}`;
    }
    if (EXPIRED_CREDENTIALS.test(code)) {
        return explainExpired(call);
    }
    if (BAD_CREDENTIALS.test(code)) {
        return `${explainInvalidToken(call, message) ?? `AWS does not accept the credentials (${action} in ${region}): check the access key and its secret`}. ${said}`;
    }
    if (isThrottled(error)) {
        return `AWS throttled ${action} in ${region} until the retries ran out: run Pulumi again with a smaller --parallel (the quota cannot be raised). ${said}`;
    }
    if (UNTRUSTED.test(code)) {
        return `what answered ${action} in ${region} has no certificate of AWS's (${code}): a captive portal or a proxy is in between. If it is a proxy that you trust, give its CA with AWS_CA_BUNDLE. ${message}`;
    }
    if (UNREACHABLE.test(code) || INTERRUPTED.test(code)) {
        return `could not reach AWS for ${action} in ${region} (${code}): check the network, and HTTPS_PROXY and AWS_ENDPOINT_URL if they are set. ${message}`;
    }
    if (isUnreadable(error)) {
        // Without a word of it: it may be anybody's page.
        const status = error.$metadata?.httpStatusCode;
        return `the answer to ${action} in ${region} is not AWS's, or not the whole of it (${status ? `HTTP ${status}` : "not HTTP"}): look for a captive portal or a proxy in between (HTTPS_PROXY, AWS_ENDPOINT_URL), then run Pulumi again`;
    }
    const role = explainRole(code, call, message);
    return role
        ? `${role}. ${said}`
        : (explainRefusal(code, message) ?? `${action} in ${region} failed with ${code}: ${message}`);
}
