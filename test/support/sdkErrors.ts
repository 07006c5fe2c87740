/** A call, for errors that say which one has failed. */
export const CALL = { action: "acm:DescribeCertificate", resource: "arn:x", region: "us-east-1" };

/** How Cognito refuses a certificate. */
export const CERTIFICATE_REFUSAL =
    "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.";

/** An error as the SDK throws it. */
export const sdkError = (name: string, message = "said AWS", rest: object = {}) =>
    Object.assign(new Error(message), { name, ...rest });
