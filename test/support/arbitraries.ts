import * as fc from "fast-check";
import type { DomainAddress } from "../../provider/model/address";
import type { Settings } from "../../provider/model/settings";
import { ARN, OTHER_ARN } from "./certificates";
import { FAILOVER } from "./domains";

/** Some of the settings, or none. */
export const anySettings: fc.Arbitrary<Settings> = fc.record(
    {
        managedLoginVersion: fc.constantFrom(1, 2),
        certificateArn: fc.constantFrom(ARN, OTHER_ARN),
        securityPolicy: fc.constantFrom("TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"),
        failover: fc.constantFrom(FAILOVER, { ...FAILOVER, secondaryRegion: "eu-west-1" }),
    },
    { requiredKeys: [], noNullPrototype: true },
);

const region = fc.constantFrom("us-west-2", "us-east-2", "ap-southeast-2", "us-gov-west-1", "cn-north-1");

export const userPoolIds = fc
    .tuple(region, fc.stringMatching(/^[0-9a-zA-Z]{1,20}$/))
    .map(([where, rest]) => `${where}_${rest}`);

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);

/** Prefixes and full names. */
export const domainNames = fc.oneof(
    label,
    fc.array(label, { minLength: 2, maxLength: 5 }).map((labels) => labels.join(".")),
);

export const addresses: fc.Arbitrary<DomainAddress> = fc.record(
    { userPoolId: userPoolIds, domain: domainNames, region },
    { noNullPrototype: true },
);
