import { AwsCallError, messageOf } from "../model/errors";

/** The exceptions with which AWS refuses the settings themselves. */
const REFUSED = /^(InvalidParameter|InvalidInput|FeatureUnavailableInTier|OperationNotEnabled)Exception$/;

/** A lack of permission for CloudFront arrives inside an InvalidParameterException. */
const NOT_AUTHORIZED = /is not authorized to perform/;

/** AWS's no to the settings themselves: it stays one however often they are sent, unlike a lack of permission. */
export function isRefusal(error: unknown): boolean {
    return error instanceof AwsCallError && REFUSED.test(error.code) && !NOT_AUTHORIZED.test(messageOf(error.cause));
}

/** True if Cognito finds no usable certificate; also for one that ACM issued seconds ago. */
export function isCertificateRefused(error: unknown): boolean {
    const text = "The specified SSL certificate doesn't exist";
    return error instanceof AwsCallError && messageOf(error.cause).startsWith(text);
}
