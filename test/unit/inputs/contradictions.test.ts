import assert from "node:assert/strict";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { lines, only } from "../../support/argumentProblems";
import { ARN } from "../../support/certificates";
import { FAILOVER } from "../../support/domains";

describe("rules about several arguments", () => {
    describe("contradictions", () => {
        it("a prefix domain has no customDomainConfig", () => {
            assert.equal(
                only({ domain: "my-prefix", customDomainConfig: { securityPolicy: "TLS_V1" } }),
                'customDomainConfig is given, but "my-prefix" is a prefix domain, whose certificate and TLS policy are AWS\'s own; leave customDomainConfig out, or give the full name of a custom domain as domain',
            );
            assert.deepEqual(lines({ domain: "my-prefix", customDomainConfig: {} }), []);
            const customDomainConfig = { certificateArn: null, securityPolicy: undefined };
            assert.deepEqual(lines({ domain: "my-prefix", customDomainConfig }), []);
            assert.deepEqual(lines({ domain: "my-prefix", customDomainConfig: UNKNOWN }), []);
            assert.deepEqual(lines({ domain: UNKNOWN, customDomainConfig: { certificateArn: ARN } }), []);
        });

        it("managed login has no TLS_V1", () => {
            const customDomainConfig = { securityPolicy: "TLS_V1" };
            assert.equal(
                only({ managedLoginVersion: 2, customDomainConfig }),
                'customDomainConfig.securityPolicy is "TLS_V1", but managed login (managedLoginVersion 2) needs at least "TLS_V1_2_2021"',
            );
            assert.deepEqual(lines({ managedLoginVersion: 1, customDomainConfig }), []);
            assert.deepEqual(lines({ customDomainConfig }), []);
            assert.deepEqual(
                lines({ managedLoginVersion: 2, customDomainConfig: { securityPolicy: "TLS_V1_2_2021" } }),
                [],
            );
        });

        it("failover does not go to the primary Region of the pool, wherever one works", () => {
            const routing = { failover: { ...FAILOVER, secondaryRegion: "us-west-2" } };
            const message =
                'routing.failover.secondaryRegion is "us-west-2", the primary Region of the user pool itself; name the Region of its replica';
            assert.equal(only({ routing }), message);
            assert.equal(only({ routing, region: "us-east-2" }), message);
            assert.equal(only({ routing, region: UNKNOWN }), message);
            assert.deepEqual(lines({ routing, userPoolId: UNKNOWN }), []);
            assert.deepEqual(lines({ routing: UNKNOWN }), []);
            assert.deepEqual(lines({ routing: { failover: { ...FAILOVER, secondaryRegion: UNKNOWN } } }), []);
        });

        it("the secondary Region is the one to work in from the replica", () => {
            const routing = { failover: { ...FAILOVER, secondaryRegion: "us-east-2" } };
            assert.deepEqual(lines({ routing, region: "us-east-2" }), []);
            assert.deepEqual(lines({ routing }), []);
        });

        it("are looked for only where everything else is right", () => {
            assert.match(
                only({ domain: "my-prefix", customDomainConfig: { certificateArn: "x" } }),
                /^customDomainConfig\.certificateArn/,
            );
        });
    });

    describe("partitions", () => {
        const prefix = { domain: "my-prefix" };
        const gov = { ...prefix, userPoolId: "us-gov-west-1_AbC" };

        it("region is of the pool's", () => {
            assert.equal(
                only({ region: "us-gov-west-1" }),
                `region is "us-gov-west-1", of another AWS partition than the pool's us-west-2`,
            );
            assert.deepEqual(lines({ ...gov, region: "us-gov-east-1" }), []);
            assert.equal(lines({ ...gov, region: "us-west-2" }).length, 1);
            assert.equal(lines({ region: "us-isob-east-1", userPoolId: "us-iso-east-1_AbC" }).length, 1);
            assert.equal(lines({ region: "us-iso-east-1" }).length, 1);
        });

        it("a region that is null is left out, in every partition", () => {
            assert.deepEqual(lines({ ...gov, region: null }), []);
        });

        it("China has no user pools, and the European Sovereign Cloud is not supported", () => {
            assert.equal(
                only({ userPoolId: "cn-north-1_AbC" }),
                'userPoolId is "cn-north-1_AbC", in China, where Cognito has no user pools',
            );
            assert.match(only({ userPoolId: "eusc-de-east-1_AbC" }), /European Sovereign Cloud.*not supported$/);
        });

        it("GovCloud has prefix domains alone", () => {
            assert.deepEqual(lines(gov), []);
            assert.match(only({ userPoolId: "us-gov-west-1_AbC" }), /^domain is "auth\.example\.com", but .* GovCloud/);
        });
    });
});
