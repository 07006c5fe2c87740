import assert from "node:assert/strict";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { lines } from "../../support/argumentProblems";
import { ARN } from "../../support/certificates";
import { FAILOVER } from "../../support/domains";

type Args = Record<string, unknown>;

const prefix = { domain: "my-prefix" };
const gov = { ...prefix, userPoolId: "us-gov-west-1_AbC" };
const tls = (securityPolicy: string) => ({ customDomainConfig: { securityPolicy } });
const failoverTo = (secondaryRegion: string) => ({ routing: { failover: { ...FAILOVER, secondaryRegion } } });

describe("arguments that contradict each other", () => {
    const notPrimary =
        'routing.failover.secondaryRegion is "us-west-2", the primary Region of the user pool itself; name the Region of its replica';
    const refused: [args: Args, line: string][] = [
        [
            { ...prefix, ...tls("TLS_V1") },
            'customDomainConfig is given, but "my-prefix" is a prefix domain, whose certificate and TLS policy are AWS\'s own; leave customDomainConfig out, or give the full name of a custom domain as domain',
        ],
        [
            { managedLoginVersion: 2, ...tls("TLS_V1") },
            'customDomainConfig.securityPolicy is "TLS_V1", but managed login (managedLoginVersion 2) needs at least "TLS_V1_2_2021"',
        ],
        // Wherever one works.
        [failoverTo("us-west-2"), notPrimary],
        [{ ...failoverTo("us-west-2"), region: "us-east-2" }, notPrimary],
        [{ ...failoverTo("us-west-2"), region: UNKNOWN }, notPrimary],
        [{ userPoolId: "cn-north-1_AbC" }, 'userPoolId is "cn-north-1_AbC", in China, where Cognito has no user pools'],
        [
            { userPoolId: "eusc-de-east-1_AbC" },
            'userPoolId is "eusc-de-east-1_AbC", in the AWS European Sovereign Cloud, whose hosts this version does not know: it is not supported',
        ],
        [
            { userPoolId: "us-gov-west-1_AbC" },
            'domain is "auth.example.com", but Cognito has no custom domains in AWS GovCloud (US); give the prefix of a prefix domain',
        ],
    ];
    for (const [args, line] of refused) {
        it(`are refused: ${line}`, () => assert.deepEqual(lines(args), [line]));
    }

    it("are looked for only if each is right by itself", () => {
        const [line, ...more] = lines({ ...prefix, customDomainConfig: { certificateArn: "x" } });
        assert.deepEqual(more, []);
        assert.match(line ?? "", /^customDomainConfig\.certificateArn is "x"/);
    });
});

describe("arguments that do not contradict each other", () => {
    const taken: [title: string, args: Args][] = [
        ["a prefix and an empty config", { ...prefix, customDomainConfig: {} }],
        ["a prefix and a config of null", { ...prefix, customDomainConfig: { certificateArn: null } }],
        ["a prefix and an unknown config", { ...prefix, customDomainConfig: UNKNOWN }],
        ["an unknown domain and a certificate", { domain: UNKNOWN, customDomainConfig: { certificateArn: ARN } }],
        ["the classic hosted UI and TLS_V1", { managedLoginVersion: 1, ...tls("TLS_V1") }],
        ["TLS_V1 alone", tls("TLS_V1")],
        ["managed login and TLS_V1_2_2021", { managedLoginVersion: 2, ...tls("TLS_V1_2_2021") }],
        ["an unknown pool and failover", { ...failoverTo("us-west-2"), userPoolId: UNKNOWN }],
        ["unknown routing", { routing: UNKNOWN }],
        ["failover to an unknown Region", failoverTo(UNKNOWN)],
        ["failover to the replica, from either Region", failoverTo("us-east-2")],
        ["failover to the replica, from there", { ...failoverTo("us-east-2"), region: "us-east-2" }],
        ["a prefix in GovCloud", gov],
        ["two Regions of GovCloud", { ...gov, region: "us-gov-east-1" }],
        ["no region in GovCloud", { ...gov, region: null }],
    ];
    for (const [title, args] of taken) {
        it(`are taken: ${title}`, () => assert.deepEqual(lines(args), []));
    }
});
