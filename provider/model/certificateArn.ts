const ARN = /^arn:(aws[a-z-]*):acm:([a-z0-9-]+):(\d{12}):certificate\/[\w-]+$/;

/** The parts of an ACM certificate ARN, or undefined for anything else. */
export function parseCertificateArn(text: string) {
    const [, partition, region, accountId] = ARN.exec(text) ?? [];
    return partition && region && accountId ? { partition, region, accountId } : undefined;
}

/**
 * The only Region whose certificates a custom domain takes: its pages are served by CloudFront.
 * Source: API reference of UpdateUserPoolDomain, CustomDomainConfig.
 */
export const CERTIFICATE_REGION = "us-east-1";

/** The last part of an ARN, short enough to read in a sentence: `.../1234abcd-...`. */
export function shortArn(arn: string): string {
    return `.../${arn.slice(arn.lastIndexOf("/") + 1)}`;
}
