import { AwsCallError, messageOf } from "../model/errors";

/** The text with which Cognito refuses a certificate; also for one that ACM issued seconds ago. */
const CERTIFICATE_REFUSED = "The specified SSL certificate doesn't exist";

/**
 * The texts of UpdateUserPoolDomain's refusals, as they begin or as far as they contain, and the remedy. Those of CloudFront's
 * InvalidViewerCertificate from the fourth on.
 * Source: aws/aws-cdk #25712 (the fourth); CloudFront Developer Guide, "Troubleshooting distribution issues".
 */
const TEXTS: [text: RegExp, remedy: string][] = [
    [
        new RegExp(`^${CERTIFICATE_REFUSED}`),
        "customDomainConfig.certificateArn: Cognito refuses the certificate. It must be ISSUED, in us-east-1, in the domain's account, with its whole chain; right after ACM has issued it, wait a few minutes.",
    ],
    [
        /^Cannot convert custom domain to prefix domain/,
        "customDomainConfig.certificateArn: the domain is a custom one, and the update named no certificate. Name the one that it has.",
    ],
    [
        /^Custom domain is not a valid subdomain/,
        "domain: its parent domain needs an A record in DNS before Cognito accepts it.",
    ],
    [
        /^User pool should have a custom domain associated, failed to update the certificate/,
        "domain: this pool has no custom domain whose certificate could be changed. Check domain and userPoolId, or leave customDomainConfig out.",
    ],
    [
        /doesn't cover the alternate domain name|attach a trusted certificate that validates your authorization/,
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

/** Of errors with a name of their own. */
const REMEDIES: Record<string, string> = {
    FeatureUnavailableInTierException:
        "managedLoginVersion: managed login (2) is not in the user pool's feature plan: move the pool to ESSENTIALS or PLUS.",
    InvalidInputException:
        "customDomainConfig.securityPolicy: AWS refuses this combination; managed login (2) needs at least TLS_V1_2_2021.",
    OperationNotEnabledException:
        "region: this operation is not enabled in this Region of a replicated user pool. Use the primary Region.",
    ConcurrentModificationException:
        "someone else is changing the same domain: wait until they are done, then run Pulumi again.",
};

/** The meaning of one of UpdateUserPoolDomain's own refusals, and the remedy. */
export function explainRefusal(code: string, message: string): string | undefined {
    const remedy =
        code === "InvalidParameterException" ? TEXTS.find(([text]) => text.test(message))?.[1] : REMEDIES[code];
    return remedy && `${remedy} AWS said: ${message}`;
}

/** A refusal of CloudFront's for lack of a permission arrives inside an InvalidParameterException. */
export function isNotAuthorized(message: string): boolean {
    return /is not authorized to perform/.test(message);
}

const REFUSALS = new Set([
    "InvalidParameterException",
    "InvalidInputException",
    "FeatureUnavailableInTierException",
    "OperationNotEnabledException",
]);

/** AWS's no to the settings themselves: it stays one however often they are sent, unlike a lack of permission. */
export function isRefusal(error: unknown): boolean {
    return error instanceof AwsCallError && REFUSALS.has(error.code) && !isNotAuthorized(messageOf(error.cause));
}

export function isCertificateRefused(error: unknown): boolean {
    return error instanceof AwsCallError && messageOf(error.cause).startsWith(CERTIFICATE_REFUSED);
}
