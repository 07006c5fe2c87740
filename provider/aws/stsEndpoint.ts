import type { ClientOptions } from "./clients";

/**
 * Where STS is asked in a Region: what is given, or the environment says, or AWS's own endpoint there.
 * Source: AWS General Reference, "AWS Security Token Service endpoints"; @aws-sdk/nested-clients, STS's endpoint rules.
 */
export function stsEndpoint(region: string, options: ClientOptions): string {
    const { endpoint, endpoints, useFipsEndpoint, useDualstackEndpoint } = options;
    return (
        endpoints?.sts ||
        (typeof endpoint === "string" ? endpoint : "") ||
        process.env.AWS_ENDPOINT_URL_STS ||
        process.env.AWS_ENDPOINT_URL ||
        awsEndpoint(
            region,
            isTrue(useFipsEndpoint, "AWS_USE_FIPS_ENDPOINT"),
            isTrue(useDualstackEndpoint, "AWS_USE_DUALSTACK_ENDPOINT"),
        )
    );
}

/** In GovCloud, the usual endpoint is the one for FIPS. */
function awsEndpoint(region: string, isFips: boolean, isDualstack: boolean): string {
    const service = isFips && !region.startsWith("us-gov-") ? "sts-fips" : "sts";
    const suffix = region.startsWith("cn-")
        ? isDualstack
            ? "api.amazonwebservices.com.cn"
            : "amazonaws.com.cn"
        : isDualstack
          ? "api.aws"
          : "amazonaws.com";
    return `https://${service}.${region}.${suffix}`;
}

function isTrue(option: unknown, variable: string): boolean {
    return option === undefined ? process.env[variable] === "true" : option === true;
}
