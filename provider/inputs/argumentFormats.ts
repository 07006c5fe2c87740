import { domainToASCII } from "node:url";
import { CERTIFICATE_REGION } from "../model/certificateArn";
import { type Format, inOtherCase, quote } from "./validators";

function text(pattern: RegExp, expected: string, corrected?: Format["corrected"]): Format {
    return { isValid: (value) => typeof value === "string" && pattern.test(value), expected, corrected };
}

export function oneOf(...choices: string[]): Format {
    return {
        isValid: (value) => choices.includes(value as string),
        expected: `one of ${choices.map(quote).join(", ")}`,
        corrected: (value) => inOtherCase(value, choices) ?? value,
    };
}

export function wholeNumber(least: number, most: number): Format {
    return {
        isValid: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
        expected: `a whole number from ${least} to ${most}`,
    };
}

export const TEXT = text(/^/, "a string");
export const BOOLEAN = text(/^(true|false)$/i, "true or false");
export const WEB_URL = text(/^https?:\/\/[^\s/]/, 'a URL, such as "https://example.com"');
export const REGION = text(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'a Region, such as "us-west-2"');
export const ROLE_ARN = text(/^arn:aws[a-z-]*:iam::\d{12}:role\/.*\S$/, "the ARN of an IAM role");
export const ACCOUNT_ID = text(/^\d{12}$/, "the 12 digits of an AWS account", (value) => value.replaceAll("-", ""));
export const HEALTH_CHECK_ID = text(/^[\w-]{1,64}$/, "the id of a Route 53 health check");
/** A name in the AWS configuration files. */
export const PROFILE = text(/^(\S([\s\S]*\S)?)?$/, "the name of a profile");

export const VERSION: Format = {
    isValid: (value) => value === 1 || value === 2,
    expected:
        "the number 1 (classic hosted UI) or 2 (managed login), read with getNumber if it is in the stack's config",
};

/** Source: API reference of UpdateUserPoolDomain, UserPoolId. */
export const USER_POOL_ID = text(
    /^(?=.{1,55}$)[a-z]{2,4}(-[a-z]+)+-\d_[0-9a-zA-Z]+$/,
    'a user pool\'s id, such as "us-west-2_AbCdEfGhI"',
    (value) => value.replace(/^arn:.*:userpool\//, ""),
);

/** `.auth.us-west-2.amazoncognito.com`: the rest of a prefix domain's host. */
const COGNITO_HOST = /\.auth(-fips)?\.[a-z0-9-]+\.amazoncognito\.com(\.cn)?\.?$/;

/** Source: API reference of CreateUserPoolDomain, Domain. */
const DOMAIN_NAME = /^(?=.{1,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

export const DOMAIN: Format = {
    isValid: (value) => typeof value === "string" && DOMAIN_NAME.test(value) && !COGNITO_HOST.test(value),
    expected:
        'the full name of a custom domain ("auth.example.com") or a prefix alone ("my-product"): ' +
        "lower-case letters, digits and hyphens, at most 63 characters",
    corrected(value) {
        const host = (/:\/\/([^/:?#]*)/.exec(value)?.[1] ?? value).toLowerCase();
        const ascii = /^[\0-\x7f]*$/.test(host) ? host : domainToASCII(host);
        return ascii.replace(/\.+$/, "").replace(COGNITO_HOST, "");
    },
};

const CERTIFICATE = `arn:aws:acm:${CERTIFICATE_REGION}:`;

export const CERTIFICATE_ARN = text(
    new RegExp(`^${CERTIFICATE}\\d{12}:certificate/[\\w-]+$`),
    `the ARN of an ACM certificate in ${CERTIFICATE_REGION}, the only Region for CloudFront and so for custom domains: "${CERTIFICATE}123456789012:certificate/..."`,
);

/** Seconds in a Go duration such as `1h30m`, `900s` or `1.5h`; undefined for anything else. */
export function secondsIn(duration: unknown): number | undefined {
    const [, hours = "0", minutes = "0", seconds = "0"] =
        /^(?:([\d.]+)h)?(?:([\d.]+)m)?(?:([\d.]+)s)?$/.exec(String(duration)) ?? [];
    return Math.round(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) || undefined;
}

export const DURATION: Format = {
    isValid: (value) => secondsIn(value) !== undefined,
    expected: 'a duration such as "1h" or "30m"',
};
