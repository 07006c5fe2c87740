import { AwsCallError, messageOf } from "../model/errors";

/**
 * The remedies for UpdateUserPoolDomain's refusals, by the exception or by the beginning of an InvalidParameterException's text.
 * Source: API reference of UpdateUserPoolDomain; aws/aws-cdk #25712 (the third).
 */
const REMEDIES: Record<string, string> = {
    "Cannot convert custom domain to prefix domain":
        "customDomainConfig.certificateArn: the domain is a custom one, and the update named no certificate. Name the one that it has.",
    "Custom domain is not a valid subdomain":
        "domain: its parent domain needs an A record in DNS before Cognito accepts it.",
    "User pool should have a custom domain associated, failed to update the certificate":
        "domain: this pool has no custom domain whose certificate could be changed. Check domain and userPoolId, or leave customDomainConfig out.",
    FeatureUnavailableInTierException:
        "managedLoginVersion: managed login (2) is not in the user pool's feature plan: move the pool to ESSENTIALS or PLUS.",
    InvalidInputException:
        "customDomainConfig.securityPolicy: AWS refuses this combination; managed login (2) needs at least TLS_V1_2_2021.",
    OperationNotEnabledException:
        "region: this operation is not enabled in this Region of a replicated user pool. Use the primary Region.",
    ConcurrentModificationException:
        "someone else is changing the same domain: wait until they are done, then run Pulumi again.",
};

/** For Cognito's text and for those of CloudFront's InvalidViewerCertificate. */
const CERTIFICATE_REMEDY =
    "customDomainConfig.certificateArn: Cognito refuses the certificate. It must be ISSUED, in us-east-1, in the domain's account, valid today, for the domain's name, from a public CA, with its whole chain of at most five certificates; right after ACM has issued it, wait a few minutes.";

/** The meaning of one of UpdateUserPoolDomain's own refusals, and the remedy. */
export function explainRefusal(code: string, message: string): string | undefined {
    const isParameter = code === "InvalidParameterException";
    const [, remedy = isParameter && /certificate/i.test(message) && CERTIFICATE_REMEDY] =
        Object.entries(REMEDIES).find(([start]) => (isParameter ? message.startsWith(start) : code === start)) ?? [];
    return remedy ? `${remedy} AWS said: ${message}` : undefined;
}

/** A refusal of CloudFront's for lack of a permission arrives inside an InvalidParameterException. */
export function isNotAuthorized(message: string): boolean {
    return /is not authorized to perform/.test(message);
}

/** AWS's no to the settings themselves: it stays one however often they are sent, unlike a lack of permission. */
export function isRefusal(error: unknown): boolean {
    const refusals = /^(InvalidParameter|InvalidInput|FeatureUnavailableInTier|OperationNotEnabled)Exception$/;
    return error instanceof AwsCallError && refusals.test(error.code) && !isNotAuthorized(messageOf(error.cause));
}

/** True if Cognito finds no usable certificate; also for one that ACM issued seconds ago. */
export function isCertificateRefused(error: unknown): boolean {
    return (
        error instanceof AwsCallError &&
        messageOf(error.cause).startsWith("The specified SSL certificate doesn't exist")
    );
}
