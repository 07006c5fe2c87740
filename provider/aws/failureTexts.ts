import type { Call } from "./operations";

/** The kinds of failures, by the error's code and message; the first that matches counts. */
export const KINDS = {
    noCredentials: /^NoCredentialsError:/,
    configuration: /^InvalidConfigurationError:/,
    /** No request has left this machine. */
    unreachable: /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH):/,
    /** The TLS handshake ended before the request. Source: Node.js, "X509 certificate error codes". */
    untrusted:
        /^(CERT_(HAS_EXPIRED|NOT_YET_VALID|UNTRUSTED)|ERR_TLS_CERT_ALTNAME_INVALID|\w*SELF_SIGNED_CERT\w*|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)\w*):/,
    /** The request may have arrived. The last two are names that the SDK gives. */
    interrupted: /^(ECONNRESET|EPIPE|ETIMEDOUT|TimeoutError|NetworkingError):/,
    wrongClock: /^Request(Expired|TimeTooSkewed):|^\w+: Signature (expired|not yet current)/,
    /** NotAuthorizedException is Cognito's own. A denial of CloudFront's arrives inside an InvalidParameterException. */
    denied: /^(AccessDenied|AccessDeniedException|UnauthorizedException|NotAuthorizedException):|is not authorized to perform/,
    expired: /^ExpiredToken(Exception)?:/,
    badCredentials:
        /^(UnrecognizedClientException|InvalidSignatureException|InvalidClientTokenId|IncompleteSignatureException|MissingAuthenticationTokenException|SignatureDoesNotMatch):/,
    parentDomain: /^InvalidParameterException: Custom domain is not a valid subdomain/,
    /** Cognito's text, and those of CloudFront's InvalidViewerCertificate. */
    certificate:
        /^InvalidParameterException: .*(specified SSL certificate|alternate domain name|trusted certificate|certificate chain)/i,
    featurePlan: /^FeatureUnavailableInTierException:/,
    replicaRegion: /^OperationNotEnabledException:/,
    conflict: /^ConcurrentModificationException:/,
    /** Not an answer from AWS, or an incomplete one: it names no error, is not HTTP, or does not parse. */
    unreadable: /^(Unknown|HPE_\w+):|Deserialization error:/,
};

export type FailureKind = keyof typeof KINDS | "throttled" | "other";

/** A failed call, for its text. */
interface Failure extends Call {
    code: string;
    message: string;
    /** Of HTTP; undefined if the answer was not HTTP. */
    status?: number;
    /** The action and the Region. */
    what: string;
    /** AWS's own words. */
    said: string;
}

const WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";

const unreachable = ({ what, code, message }: Failure) =>
    `could not reach AWS for ${what} (${code}): check the network, and HTTPS_PROXY and AWS_ENDPOINT_URL if they are set. ${message}`;

/** For each kind of failure what is wrong, and what to do. */
export const TEXTS: Record<FailureKind, (failure: Failure) => string> = {
    noCredentials: ({ what, message }) => `no usable AWS credentials for ${what}: ${message}`,
    configuration: ({ what, message }) => `${what} could not be called: ${message}`,
    unreachable,
    interrupted: unreachable,
    untrusted: ({ what, code, message }) =>
        `the server that answered ${what} has no AWS certificate (${code}): a captive portal or a proxy is in between. If it is a proxy that you trust, set AWS_CA_BUNDLE to its CA. ${message}`,
    // Without quoting it: it may be anyone's page.
    unreadable: ({ what, status }) =>
        `the answer to ${what} is not from AWS, or is incomplete (${status ? `HTTP ${status}` : "not HTTP"}): look for a captive portal or a proxy in between (HTTPS_PROXY, AWS_ENDPOINT_URL), then run Pulumi again`,
    throttled: ({ what, said }) =>
        `AWS throttled ${what} until the retries ran out: run Pulumi again with a smaller --parallel (the quota cannot be raised). ${said}`,
    wrongClock: ({ what, said }) =>
        `AWS rejected the time of the request (${what}): set the clock of this machine, then run Pulumi again. ${said}`,
    denied: (failure) => `${denied(failure)}. ${failure.said}`,
    expired,
    badCredentials: (failure) => `${badCredentials(failure)}. ${failure.said}`,
    parentDomain: ({ said }) => `domain: its parent domain needs an A record in DNS before Cognito accepts it. ${said}`,
    certificate: ({ said }) =>
        `customDomainConfig.certificateArn: Cognito refuses the certificate. It must be ISSUED, in us-east-1, in the domain's account, valid today, for the domain's name, from a public CA, with its whole chain of at most five certificates; if ACM has just issued it, wait a few minutes. ${said}`,
    featurePlan: ({ said }) =>
        `managedLoginVersion: managed login (2) is not in the user pool's feature plan: move the pool to ESSENTIALS or PLUS. ${said}`,
    replicaRegion: ({ said }) =>
        `region: this operation is not enabled in this Region of a replicated user pool. Use the primary Region. ${said}`,
    conflict: ({ said }) =>
        `someone else is changing the same domain: wait until they are done, then run Pulumi again. ${said}`,
    other: ({ what, action, resource, code, message, said }) =>
        action === WEB_IDENTITY
            ? `${webIdentityRefused(resource, message)}. ${said}`
            : `${what} failed with ${code}: ${message}`,
};

/** The kinds of policy that an allow for the identity does not override. Source: IAM User Guide, "Troubleshoot access denied error messages". */
const DENIAL =
    /(with an explicit deny|because no (?!identity-based))(?: in an? )?([\w -]*?(?:policy|boundary))?(?= allows|[.:]|$)/;

function denied({ action, resource, message }: Failure): string {
    const [, how, policy = "policy of unknown kind"] = DENIAL.exec(message) ?? [];
    const isTrustPolicy = action.startsWith("sts:") && policy === "resource-based policy";
    if (how && !isTrustPolicy) {
        const region = action.startsWith("acm:")
            ? ". A policy that restricts Regions must exempt us-east-1, where the certificates of custom domains are"
            : "";
        return how.startsWith("with")
            ? `${action} is explicitly denied (${policy}): no allow overrides that, so remove the deny${region}`
            : `no ${policy} allows ${action}: allow it there too, in addition to the identity's own policy${region}`;
    }
    if (action === WEB_IDENTITY) {
        return webIdentityRefused(resource, message);
    }
    const trust = action === "sts:AssumeRole" ? ", and allow that identity in the role's trust policy" : "";
    return `no permission to call ${action}: allow it on ${resource} for the identity that runs Pulumi${trust}`;
}

function webIdentityRefused(role: string, message: string): string {
    return message.startsWith("No OpenIDConnect provider")
        ? `the account ${role.split(":")[4]} has no OIDC provider for the web identity of ${role}: create it in IAM there, with the token's issuer and audience`
        : `${role} cannot be assumed with the web identity (${WEB_IDENTITY}): its trust policy has to match the token's sub and aud`;
}

/** Refresh and destroy use the config of the last `up`: signing in again does not help them. */
function expired({ action, resource, what, isFromConfig }: Failure): string {
    const isToken = action === WEB_IDENTITY;
    const who = isToken ? `the web identity's token for ${resource} has expired` : "the AWS credentials have expired";
    return isFromConfig
        ? `${who} (${what}). They come from the stack's config: set new ones, and run \`pulumi up\` first, since refresh and destroy use the config of the last one (or refresh with --run-program; a destroy with it does not restore). Or give short-lived credentials through the environment`
        : `${who} (${what}): sign in again, then run Pulumi again`;
}

/** Enabled in every account. Source: AWS Account Management, "Enable or disable AWS Regions": those from before March 20, 2019. */
const ALWAYS_ENABLED =
    /^(us-|ca-central-1|sa-east-1|eu-central-1|eu-north-1|eu-west-|ap-northeast-|ap-south-1|ap-southeast-[12]$)/;

/** In a Region that is not enabled, AWS does not know credentials that it knows elsewhere. */
function badCredentials({ action, region, what, message }: Failure): string {
    return !ALWAYS_ENABLED.test(region) && message.startsWith("The security token included in the request is invalid")
        ? `AWS does not know the credentials in ${region} (${action}): the Region may not be enabled in this account, or the session is from the global STS endpoint: set AWS_STS_REGIONAL_ENDPOINTS=regional where it is created. Otherwise check the access key`
        : `AWS does not accept the credentials (${what}): check the access key and its secret`;
}
