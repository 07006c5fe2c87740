import { AwsCallError, messageOf } from "../model/errors";

/** The exceptions with which AWS refuses the settings themselves. */
const REFUSED = /^(InvalidParameter|InvalidInput|FeatureUnavailableInTier|OperationNotEnabled)Exception$/;

/** A lack of permission for CloudFront arrives inside an InvalidParameterException. */
const NOT_AUTHORIZED = /is not authorized to perform/;

/** True if AWS refuses the settings themselves, however often they are sent. A lack of permission is different. */
export function isRefusal(error: unknown): boolean {
    return error instanceof AwsCallError && REFUSED.test(error.code) && !NOT_AUTHORIZED.test(messageOf(error.cause));
}

/** True if Cognito finds no usable certificate; also for one that ACM issued seconds ago. */
export function isCertificateRefused(error: unknown): boolean {
    const text = "The specified SSL certificate doesn't exist";
    return error instanceof AwsCallError && messageOf(error.cause).startsWith(text);
}
