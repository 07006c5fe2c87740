import { createHash } from "node:crypto";
import type { Domain, State } from "./state";

/** Cognito's distributions are its own: they lie in an account of AWS's. */
const COGNITO_ACCOUNT = "999999999999";

export const isCustom = (domain: Pick<Domain, "domain">): boolean => domain.domain.includes(".");

/**
 * The distribution that DescribeUserPoolDomain names: a custom domain's own, the same for as long as it exists; for a
 * prefix domain one that the whole Region shares.
 */
export const distributionOf = (domain: Pick<Domain, "domain" | "region">): string =>
    `d${letters(isCustom(domain) ? domain.domain : domain.region, 13)}.cloudfront.net`;

/** The ARNs of the distributions that use a certificate, pending changes included. */
export function usersOf(certificateArn: string, { domains }: State): string[] {
    const isUsedBy = ({ settings, pending }: Domain) =>
        [settings, pending?.next].some((it) => it?.certificateArn === certificateArn);
    return domains
        .filter(isUsedBy)
        .map((d) => `arn:aws:cloudfront::${COGNITO_ACCOUNT}:distribution/E${letters(d.domain, 13).toUpperCase()}`);
}

/** Letters and digits that look random and depend on nothing but the text. */
export const letters = (text: string, length: number): string =>
    BigInt(`0x${createHash("sha256").update(text).digest("hex")}`)
        .toString(36)
        .slice(0, length);
