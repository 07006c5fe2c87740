import { domainToASCII } from "node:url";
import { isCustomName } from "../model/address";
import { CERTIFICATE_REGION, parseCertificateArn } from "../model/certificateArn";
import { secondsIn } from "./duration";
import { kindOf, type Problem, quote, type TextFormat } from "./validators";

export function versionCheck(value: unknown, path: string): Problem[] {
    if (value === 1 || value === 2) {
        return [];
    }
    const hint =
        value === "1" || value === "2" ? ' (a string; from the stack\'s config, read it with "getNumber")' : "";
    return [
        {
            property: path,
            message: `is ${kindOf(value)}${hint}; give the number 1 (classic hosted UI) or 2 (managed login)`,
        },
    ];
}

/** Source: API reference of UpdateUserPoolDomain, UserPoolId. */
const LONGEST_POOL_ID = 55;

export const USER_POOL_ID: TextFormat = {
    isValid: (value) => value.length <= LONGEST_POOL_ID && /^[a-z]{2,4}(-[a-z]+)+-\d_[0-9a-zA-Z]+$/.test(value),
    corrected(value) {
        const id = value.replace(/^arn:.*:userpool\//, "");
        const regionEnd = id.indexOf("_");
        return id.slice(0, regionEnd).toLowerCase() + id.slice(regionEnd);
    },
    describe: (value) => (value.startsWith("arn:") ? `is the pool's ARN, ${quote(value)}` : undefined),
    expected: 'a user pool\'s id, such as "us-west-2_AbCdEfGhI"',
};

/** Source: API reference of CreateUserPoolDomain, Domain. */
const LONGEST_NAME = 63;

export const DOMAIN: TextFormat = {
    isValid(value) {
        const labels = value.split(".");
        const isShort = value.length <= LONGEST_NAME;
        return isShort && labels.every(isLabel) && withoutCognitoHost(value) === value;
    },
    corrected(value) {
        const host = (hostOf(value) ?? value).toLowerCase();
        const ascii = isAscii(host) ? host : domainToASCII(host);
        return withoutCognitoHost(ascii.replace(/\.+$/, ""));
    },
    describe: describeDomain,
    expected:
        'the full name of a custom domain ("auth.example.com") or a prefix alone ("my-product"): ' +
        `letters, digits and hyphens, at most ${LONGEST_NAME} characters`,
};

function describeDomain(value: string): string | undefined {
    const lower = value.toLowerCase();
    if (hostOf(value) !== undefined) {
        return `is a URL, ${quote(value)}`;
    }
    if (withoutCognitoHost(lower) !== lower) {
        return `is the whole host of a prefix domain, ${quote(value)}`;
    }
    if (value.startsWith("*.")) {
        return `is ${quote(value)}, a wildcard`;
    }
    if (value.length > LONGEST_NAME && isCustomName(value)) {
        return `is ${quote(value)}, of ${value.length} characters`;
    }
    if (!isAscii(value)) {
        return `is ${quote(value)}, but Cognito takes punycode only`;
    }
    if (value !== lower) {
        return `is ${quote(value)}, but Cognito's domains are lower-case`;
    }
    return value.endsWith(".") ? `is ${quote(value)}, with a dot at the end` : undefined;
}

function isLabel(value: string): boolean {
    return /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(value);
}

function isAscii(value: string): boolean {
    return /^[\0-\x7f]*$/.test(value);
}

function hostOf(value: string): string | undefined {
    return /:\/\/([^/:?#]*)/.exec(value)?.[1];
}

/** `my-product.auth.us-west-2.amazoncognito.com` -> `my-product`; anything else as it is. */
function withoutCognitoHost(host: string): string {
    return host.replace(/\.auth(-fips)?\.[a-z0-9-]+\.amazoncognito\.com(\.cn)?\.?$/, "");
}

export const REGION: TextFormat = {
    isValid: (value) => /^[a-z]{2,4}(-[a-z]+)+-\d$/.test(value),
    corrected: (value) => value.toLowerCase(),
    expected: 'a Region, such as "us-west-2"',
};

export const CERTIFICATE_ARN: TextFormat = {
    isValid(value) {
        const arn = parseCertificateArn(value);
        return arn?.partition === "aws" && arn.region === CERTIFICATE_REGION;
    },
    describe(value) {
        const region = parseCertificateArn(value)?.region;
        return region === undefined
            ? undefined
            : `names a certificate in ${region}, ${quote(value)}, but Cognito's custom domains are served by CloudFront, which takes certificates from ${CERTIFICATE_REGION} only`;
    },
    expected: `the ARN of an ACM certificate in ${CERTIFICATE_REGION}, such as "arn:aws:acm:${CERTIFICATE_REGION}:123456789012:certificate/..."`,
};

export const ROLE_ARN: TextFormat = {
    isValid: (value) => /^arn:aws[a-z-]*:iam::\d{12}:role\/.*\S$/.test(value),
    expected: "the ARN of an IAM role",
};

export const DURATION: TextFormat = {
    isValid: (value) => secondsIn(value) !== undefined,
    corrected: (value) => value.toLowerCase(),
    expected: 'a duration such as "1h" or "30m"',
};

export const ACCOUNT_ID: TextFormat = {
    isValid: (value) => /^\d{12}$/.test(value),
    corrected: (value) => value.replaceAll("-", ""),
    expected: "the 12 digits of an AWS account",
};

export const HEALTH_CHECK_ID: TextFormat = {
    isValid: (value) => /^[\w-]{1,64}$/.test(value),
    expected: "the id of a Route 53 health check",
};

/** A name in the AWS configuration files. */
export const PROFILE: TextFormat = {
    isValid: (value) => value === value.trim(),
    expected: "the name of a profile",
};
