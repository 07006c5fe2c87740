import { AwsCallError, messageOf } from "../model/errors";

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

/** NotAuthorizedException is Cognito's own; a refusal of CloudFront's arrives inside an InvalidParameterException. */
const ACCESS_DENIED = new Set([
    "AccessDeniedException",
    "AccessDenied",
    "UnauthorizedException",
    "NotAuthorizedException",
]);
const NOT_AUTHORIZED = /is not authorized to perform/;
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
/** Of these, no request has left this machine. */
const UNREACHABLE = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH"]);
const NETWORK = new Set([...UNREACHABLE, "ECONNRESET", "EPIPE", "ETIMEDOUT", "TimeoutError", "NetworkingError"]);

/** ResourceNotFoundException: Cognito and ACM both use it for "not there". */
export function isNotFound(error: unknown): boolean {
    return (error as SdkError)?.name === "ResourceNotFoundException";
}

/** Somebody else is changing the same domain: look again, then try again. The SDK does not. */
export function isConcurrentModification(error: unknown): boolean {
    return error instanceof AwsCallError && error.code === "ConcurrentModificationException";
}

/** AWS had no time for the call, and has not acted on it. */
export function isThrottled(error: unknown): boolean {
    return error instanceof AwsCallError && THROTTLED.has(error.code);
}

const REFUSALS = new Set([
    "InvalidParameterException",
    "InvalidInputException",
    "FeatureUnavailableInTierException",
    "OperationNotEnabledException",
]);

/** AWS's no to the settings themselves: it stays one however often they are sent, unlike a lack of permission. */
export function isRefusal(error: unknown): boolean {
    return error instanceof AwsCallError && REFUSALS.has(error.code) && !NOT_AUTHORIZED.test(messageOf(error.cause));
}

/** The text with which Cognito refuses a certificate; also for one that ACM issued seconds ago. */
const CERTIFICATE_REFUSED = "The specified SSL certificate doesn't exist";

export function isCertificateRefused(error: unknown): boolean {
    return error instanceof AwsCallError && messageOf(error.cause).startsWith(CERTIFICATE_REFUSED);
}

/** An SDK error as one sentence that says what to do, with the AWS request id; the SDK's own error is the `cause`. */
export function callFailed(cause: unknown, call: Call): AwsCallError {
    const error = (cause ?? {}) as SdkError;
    const code = codeOf(error);
    const requestId = error.$metadata?.requestId;
    const suffix = requestId ? ` (AWS request id ${requestId})` : "";
    const transient = THROTTLED.has(code) || NETWORK.has(code) || isServerFault(error);
    const text = `${explain(code, messageOf(cause), call)}${suffix}`;
    return new AwsCallError(text, { code, transient, lost: isLost(error), cause });
}

/** Whether an SDK error leaves open what AWS has done: the request may have arrived, and no answer tells. */
export function isLost(error: unknown): boolean {
    const given = (error ?? {}) as SdkError;
    const code = codeOf(given);
    return !THROTTLED.has(code) && ((NETWORK.has(code) && !UNREACHABLE.has(code)) || isServerFault(given));
}

function codeOf({ code, name }: SdkError): string {
    return code && NETWORK.has(code) ? code : (name ?? "Error");
}

function isServerFault({ $fault, $metadata }: SdkError): boolean {
    return $fault === "server" || ($metadata?.httpStatusCode ?? 0) >= 500;
}

function explain(code: string, message: string, { action, resource, region }: Call): string {
    if (ACCESS_DENIED.has(code) || NOT_AUTHORIZED.test(message)) {
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
    if (NETWORK.has(code)) {
        return `could not reach AWS for ${action} in ${region} (${code}): check the network and any AWS_ENDPOINT_URL. ${message}`;
    }
    return refusal(code, message) ?? `${action} in ${region} failed with ${code}: ${message}`;
}

/**
 * What CloudFront's InvalidViewerCertificate says, as far as it begins or contains, and the remedy.
 * Source: aws/aws-cdk #25712 (the first); CloudFront Developer Guide, "Troubleshooting distribution issues".
 */
const CERTIFICATE_TEXTS: [text: RegExp, remedy: string][] = [
    [
        /^User pool should have a custom domain associated, failed to update the certificate/,
        "domain: this pool has no custom domain whose certificate could be changed. Check domain and userPoolId, or leave customDomainConfig out.",
    ],
    [
        /doesn't cover the alternate domain name/,
        "customDomainConfig.certificateArn: the certificate does not cover the domain. Give one with that name, or a wildcard for exactly its first label.",
    ],
    [
        /(n't|not) (issued|signed) by a trusted Certificate Authority/i,
        "customDomainConfig.certificateArn: CloudFront does not trust the certificate's CA. Give one of a public CA, with its whole chain.",
    ],
    [
        /too many certificates in the certificate chain/i,
        "customDomainConfig.certificateArn: the certificate's chain is too long for CloudFront. Import it with a chain of at most five.",
    ],
    [
        /aren't valid for the current date/i,
        "customDomainConfig.certificateArn: the certificate is not valid today. Give one that is.",
    ],
];

/** What UpdateUserPoolDomain's own refusals mean. Texts as AWS sends them. */
function refusal(code: string, message: string): string | undefined {
    if (message.startsWith(CERTIFICATE_REFUSED)) {
        return `customDomainConfig.certificateArn: Cognito refuses the certificate. It must be ISSUED, in us-east-1, in the domain's account, with its whole chain; right after ACM has issued it, wait a few minutes. AWS said: ${message}`;
    }
    if (message.startsWith("Cannot convert custom domain to prefix domain")) {
        return `customDomainConfig.certificateArn: the domain is a custom one, and the update named no certificate. Name the one that it has. AWS said: ${message}`;
    }
    if (message.startsWith("Custom domain is not a valid subdomain")) {
        return `domain: its parent domain needs an A record in DNS before Cognito accepts it. AWS said: ${message}`;
    }
    const remedy = code === "InvalidParameterException" && CERTIFICATE_TEXTS.find(([text]) => text.test(message))?.[1];
    if (remedy) {
        return `${remedy} AWS said: ${message}`;
    }
    switch (code) {
        case "FeatureUnavailableInTierException":
            return `managedLoginVersion: managed login (2) is not in the user pool's feature plan: move the pool to ESSENTIALS or PLUS. AWS said: ${message}`;
        case "InvalidInputException":
            return `customDomainConfig.securityPolicy: AWS refuses this combination; managed login (2) needs at least TLS_V1_2_2021. AWS said: ${message}`;
        case "OperationNotEnabledException":
            return `region: this operation is not enabled in this Region of a replicated user pool. Use the primary Region. AWS said: ${message}`;
        case "ConcurrentModificationException":
            return `somebody else is changing the same domain: wait until they are done, then run Pulumi again. AWS said: ${message}`;
        default:
            return undefined;
    }
}
