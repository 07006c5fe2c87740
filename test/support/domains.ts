import type { DomainAddress } from "../../provider/model/address";
import type { ObservedDomain } from "../../provider/model/observed";
import type { Settings } from "../../provider/model/settings";
import { ACCOUNT, ARN } from "./certificates";

export const POOL = "us-west-2_AbCdEfGhI";
export const OTHER_POOL = "us-west-2_ZyXwVuTsR";
export const DOMAIN = "auth.example.com";
export const CUSTOM: DomainAddress = { userPoolId: POOL, domain: DOMAIN, region: "us-west-2" };
export const PREFIX: DomainAddress = { userPoolId: POOL, domain: "my-prefix", region: "us-west-2" };
export const FAILOVER = { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: "health-1" };

/** Every setting. */
export const WHOLE: Settings = {
    managedLoginVersion: 2,
    certificateArn: ARN,
    securityPolicy: "TLS_V1_2_2021",
    failover: FAILOVER,
};

/** auth.example.com as Describe reports it, at rest. */
export function seen(rest: Partial<ObservedDomain> = {}): ObservedDomain {
    return {
        userPoolId: POOL,
        accountId: ACCOUNT,
        status: "ACTIVE",
        cloudFrontDistribution: "d111.cloudfront.net",
        settings: WHOLE,
        ...rest,
    };
}
