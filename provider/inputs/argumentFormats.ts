import { domainToASCII } from "node:url";
import { isCustomName } from "../model/address";
import { CERTIFICATE_REGION, parseCertificateArn } from "../model/certificateArn";
import { secondsIn } from "./duration";
import { kindOf, type Problem, quote } from "./validators";

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

export function userPoolIdProblem(value: string): string | undefined {
    if (value.startsWith("arn:")) {
        return `is the pool's ARN, ${quote(value)}; give its id, the part after "userpool/"`;
    }
    if (value.length > 55 || !/^[a-z]{2,4}(-[a-z]+)+-\d_[0-9a-zA-Z]+$/.test(value)) {
        return `is ${quote(value)}; give a user pool's id, such as "us-west-2_AbCdEfGhI"`;
    }
    return undefined;
}

export function domainProblem(value: string): string | undefined {
    const such = 'give the full name of a custom domain ("auth.example.com") or a prefix alone ("my-product")';
    const host = /:\/\/([^/:?#]*)/.exec(value)?.[1];
    if (host !== undefined) {
        return `is a URL, ${quote(value)}; give the host alone: ${quote(withoutCognitoHost(host.toLowerCase()))}`;
    }
    if (withoutCognitoHost(value.toLowerCase()) !== value.toLowerCase()) {
        return `is the whole host of a prefix domain, ${quote(value)}; give the prefix alone: ${quote(withoutCognitoHost(value.toLowerCase()))}`;
    }
    if (value !== value.toLowerCase()) {
        return `is ${quote(value)}, but Cognito's domains are lower-case; give ${quote(value.toLowerCase().replace(/\.+$/, ""))}`;
    }
    if (/[^\0-\x7f]/.test(value)) {
        const ascii = domainToASCII(value);
        return `is ${quote(value)}; give it in punycode${ascii ? `: ${quote(ascii)}` : ""}`;
    }
    if (value.startsWith("*.")) {
        return `is ${quote(value)}, a wildcard; ${such}`;
    }
    if (value.endsWith(".")) {
        return `is ${quote(value)}; leave out the dot at the end: ${quote(value.replace(/\.+$/, ""))}`;
    }
    const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
    if (!value.split(".").every((part) => label.test(part))) {
        return `is ${quote(value)}; ${such}: letters, digits and hyphens, at most 63 in a label`;
    }
    if (isCustomName(value) && value.length > LONGEST_NAME) {
        return `is ${quote(value)}, of ${value.length} characters; Cognito takes domains of at most ${LONGEST_NAME}`;
    }
    return undefined;
}

/** Source: API reference of CreateUserPoolDomain, Domain. */
const LONGEST_NAME = 63;

/** `my-product.auth.us-west-2.amazoncognito.com` -> `my-product`; anything else as it is. */
function withoutCognitoHost(host: string): string {
    return host.replace(/\.auth(-fips)?\.[a-z0-9-]+\.amazoncognito\.com(\.cn)?\.?$/, "");
}

export function regionProblem(value: string): string | undefined {
    return /^[a-z]{2,4}(-[a-z]+)+-\d$/.test(value)
        ? undefined
        : `is ${quote(value)}; give a Region, such as "us-west-2"`;
}

export function certificateArnProblem(value: string): string | undefined {
    const arn = parseCertificateArn(value);
    if (!arn) {
        return `is ${quote(value)}; give the ARN of an ACM certificate, such as "arn:aws:acm:us-east-1:123456789012:certificate/..."`;
    }
    if (arn.partition === "aws" && arn.region !== CERTIFICATE_REGION) {
        return `names a certificate in ${arn.region}, ${quote(value)}; Cognito's custom domains are served by CloudFront, which takes certificates of ${CERTIFICATE_REGION} only: request or import it there`;
    }
    return undefined;
}

export function roleArnProblem(value: string): string | undefined {
    return /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(value)
        ? undefined
        : `is ${quote(value)}; give the ARN of an IAM role`;
}

export function durationProblem(value: string): string | undefined {
    return secondsIn(value) ? undefined : `is ${quote(value)}; give a duration such as "1h" or "30m"`;
}

export function accountIdProblem(value: string): string | undefined {
    return /^\d{12}$/.test(value) ? undefined : `is ${quote(value)}; give the 12 digits of an AWS account`;
}

export function healthCheckProblem(value: string): string | undefined {
    return /^[\w-]{1,64}$/.test(value) ? undefined : `is ${quote(value)}; give the id of a Route 53 health check`;
}
