import { InvalidIdError } from "./errors";

/** Which domain: the user pool, the domain's name in the Cognito API, and the Region whose endpoint answers for it. */
export interface DomainAddress {
    /** `us-west-2_AbCdEfGhI`. */
    userPoolId: string;
    /** The full name of a custom domain (`auth.example.com`), or the prefix alone of a prefix domain. */
    domain: string;
    /** The pool's own Region, or the Region of a replica. */
    region: string;
}

/** The user pool alone: what is asked of it is the same for all of its domains. */
export type PoolAddress = Pick<DomainAddress, "userPoolId" | "region">;

/** The Region that a user pool id begins with: `us-west-2_AbCdEfGhI` -> `us-west-2`. */
export function regionOfPool(userPoolId: string): string {
    return userPoolId.slice(0, userPoolId.lastIndexOf("_"));
}

/** The address that the arguments `userPoolId`, `domain` and `region` name. */
export function addressOf(args: { userPoolId: string; domain: string; region?: string }): DomainAddress {
    return { userPoolId: args.userPoolId, domain: args.domain, region: args.region ?? regionOfPool(args.userPoolId) };
}

/** The reverse of {@link addressOf}: `region` only where it is not the pool's own. */
export function addressArguments({ userPoolId, domain, region }: DomainAddress): Record<string, string> {
    return region === regionOfPool(userPoolId) ? { userPoolId, domain } : { userPoolId, domain, region };
}

/** `<userPoolId>/<domain>`, with `<region>/` before it where that is not the pool's own. */
export function formatId({ userPoolId, domain, region }: DomainAddress): string {
    const id = `${userPoolId}/${domain}`;
    return region === regionOfPool(userPoolId) ? id : `${region}/${id}`;
}

/** One text for one domain: a replica shares its primary's custom domain, under whatever Region it is asked for. */
export function domainKey(address: DomainAddress): string {
    const { userPoolId, domain } = address;
    return isCustomName(domain) ? `${userPoolId}/${domain}` : formatId(address);
}

const ID = /^(?:([a-z0-9-]+)\/)?([\w-]+_[0-9a-zA-Z]+)\/([^/\s]+)$/;

/**
 * The reverse of {@link formatId}.
 * @throws InvalidIdError naming the form that was expected.
 */
export function parseId(id: string): DomainAddress {
    const [, region, userPoolId, domain] = ID.exec(id) ?? [];
    if (!userPoolId || !domain) {
        throw new InvalidIdError(
            `${JSON.stringify(id)} is not the id of a domain's settings: write <userPoolId>/<domain>, ` +
                'such as "us-west-2_AbCdEfGhI/auth.example.com", with <region>/ before it for a replica.',
        );
    }
    return addressOf({ userPoolId, domain, region });
}

/** A custom domain has a full name; a prefix has no dot. */
export function isCustomName(domain: string): boolean {
    return domain.includes(".");
}

/**
 * The URL of the sign-in pages: `https://<fqdn>`, or the Region's `amazoncognito.com` host for a prefix.
 * Source: Amazon Cognito Developer Guide, "Configuring a user pool domain"; the GovCloud host is the one that AWS Amplify uses.
 */
export function baseUrl({ domain, region }: DomainAddress): string {
    if (isCustomName(domain)) {
        return `https://${domain}`;
    }
    const label = region.startsWith("us-gov-") ? "auth-fips" : "auth";
    return `https://${domain}.${label}.${region}.amazoncognito.com`;
}

/**
 * The Route 53 hosted zone id that an alias record to any CloudFront distribution names.
 * Source: Route 53 API reference, AliasTarget.
 */
export const CLOUDFRONT_HOSTED_ZONE_ID = "Z2FDTNDATAQYW2";
