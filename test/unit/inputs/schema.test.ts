import assert from "node:assert/strict";
import { ARGUMENT_NAMES, nonSettingArguments, validate } from "../../../provider/inputs/schema";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { formatProblem } from "../../../provider/inputs/validators";
import { GOOD, lines, only, problems } from "../../support/argumentProblems";
import { ARN } from "../../support/certificates";
import { FAILOVER, POOL } from "../../support/domains";

type Args = Record<string, unknown>;

const ROLE = "arn:aws:iam::123456789012:role/deploy";
const unknownAmong = (names: readonly string[]) => `is not a known property; expected one of ${names.join(", ")}`;

describe("validate", () => {
    it("takes the least, and a role with all that AWS takes", () => {
        const role = {
            roleArn: ROLE,
            externalId: "x",
            sessionName: "s",
            duration: "1h30m",
            policy: "{}",
            policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
            tags: { team: "web" },
            transitiveTagKeys: ["team"],
            sourceIdentity: "me",
        };
        assert.deepEqual([validate(GOOD), problems({ aws: { profile: "p", assumeRoles: [role] } })], [[], []]);
    });

    /** Unknown settings: test/property/hostileInput.test.ts. */
    it("passes what is left out, null, unknown inside `aws`, or Pulumi's own", () => {
        assert.deepEqual(problems({ __provider: 7, __defaults: [], __changed: {} }), []);
        for (const name of ARGUMENT_NAMES.slice(2)) {
            assert.deepEqual(problems({ [name]: undefined }), [], name);
            assert.deepEqual(problems({ [name]: null }), [], name);
        }
        assert.deepEqual(problems({ aws: { allowedAccountIds: UNKNOWN, assumeRoles: [UNKNOWN] } }), []);
    });

    it("names everything that is wrong or missing, each in one line", () => {
        const wrong = { domain: 7, managedLoginVersion: 3, "\u202e": 1 };
        assert.deepEqual(
            validate(wrong).map((it) => formatProblem(it).replace(/(property|number|7).*/, "$1")),
            [
                "userPoolId is required",
                "domain is 7",
                "managedLoginVersion is 3; give the number",
                '["\\u202e"] is not a known property',
            ],
        );
        const missing = validate({ userPoolId: null }).map(formatProblem);
        assert.deepEqual(missing, ["userPoolId is required", "domain is required"]);
        assert.deepEqual(lines({ routing: { failover: {} } }), [
            "routing.failover.secondaryRegion is required",
            "routing.failover.primaryRoute53HealthCheckId is required",
        ]);
    });

    const form = 'give a user pool\'s id, such as "us-west-2_AbCdEfGhI"';
    const config = "customDomainConfig must be an object with certificateArn, securityPolicy, got";
    const role = (rest: object) => ({ aws: { assumeRoles: [{ roleArn: ROLE, ...rest }] } });
    const tags = "aws.assumeRoles[0].tags must be an object, got";
    const refused: [args: Args, message: string][] = [
        [{ userPoolId: true }, `userPoolId is true; ${form}`],
        [{ userPoolId: [] }, `userPoolId is a list; ${form}`],
        [{ userPoolId: {} }, `userPoolId is an object; ${form}`],
        [{ customDomainConfig: 7 }, `${config} 7`],
        [{ customDomainConfig: [] }, `${config} a list`],
        [{ customDomainConfig: "x" }, `${config} "x"`],
        [{ routing: {} }, "routing.failover is required"],
        [{ aws: { assumeRoles: {} } }, "aws.assumeRoles must be a list, got an object"],
        [{ aws: { assumeRoles: [{}] } }, "aws.assumeRoles[0].roleArn is required"],
        [role({ tags: "x" }), `${tags} "x"`],
        [role({ tags: ["x"] }), `${tags} a list`],
        [role({ tags: { "a.b": 7, "a\nb": "x" } }), 'aws.assumeRoles[0].tags["a.b"] is 7; give a string'],
        [{ certificateArn: ARN }, `certificateArn ${unknownAmong(ARGUMENT_NAMES)}`],
        [
            { customDomainConfig: { arn: 7 } },
            `customDomainConfig.arn ${unknownAmong(["certificateArn", "securityPolicy"])}`,
        ],
        [{ Managedloginversion: 2 }, "Managedloginversion is not a known property; did you mean managedLoginVersion?"],
        // Names that every object has.
        [{ toString: "x" }, `toString ${unknownAmong(ARGUMENT_NAMES)}`],
        [JSON.parse('{"constructor": 1}'), `constructor ${unknownAmong(ARGUMENT_NAMES)}`],
    ];
    for (const [args, message] of refused) {
        it(message.slice(0, 100), () => assert.equal(only(args), message));
    }

    const choices = {
        preflight: ["error", "warn", "off"],
        wait: ["active", "served", "none"],
        onDrift: ["warn", "correct"],
        onFailure: ["keep", "rollback"],
        onDelete: ["retain", "restore"],
    };
    for (const [name, values] of Object.entries(choices)) {
        it(`${name} is one of ${values}`, () => {
            for (const value of values) {
                assert.deepEqual(problems({ [name]: value }), []);
                const upper = value.toUpperCase();
                assert.equal(only({ [name]: upper }), `${name} is "${upper}"; give "${value}"`);
            }
            const list = values.map((it) => JSON.stringify(it)).join(", ");
            assert.equal(only({ [name]: "other" }), `${name} is "other"; give one of ${list}`);
            assert.equal(only({ [name]: true }), `${name} is true; give one of ${list}`);
        });
    }

    it("acceptFindings has only codes that may be accepted", () => {
        assert.deepEqual(problems({ acceptFindings: ["branding-missing", "certificate-expires-soon"] }), []);
        assert.match(only({ acceptFindings: ["domain-not-found"] }), /; give one of "domain-managed-twice", /);
    });

    it("numbers are whole, and within a range", () => {
        for (const [name, least, most] of [
            ["minimumCertificateValidityDays", 0, 825],
            ["waitTimeoutSeconds", 1, 86_400],
        ] as const) {
            assert.deepEqual([...problems({ [name]: least }), ...problems({ [name]: most })], []);
            for (const value of [least - 1, most + 1, least + 0.5, "5"]) {
                const message = `is ${JSON.stringify(value)}; give a whole number from ${least} to ${most}`;
                assert.equal(only({ [name]: value }), `${name} ${message}`);
            }
        }
    });
});

describe("arguments that contradict each other", () => {
    const prefix = { domain: "my-prefix" };
    const tls = (securityPolicy: string) => ({ customDomainConfig: { securityPolicy } });
    const failoverTo = (secondaryRegion: string) => ({ routing: { failover: { ...FAILOVER, secondaryRegion } } });
    const notPrimary =
        'routing.failover.secondaryRegion is "us-west-2", the primary Region of the user pool itself; name the Region of its replica';
    const unsupported = "but user pools in China and the AWS European Sovereign Cloud are not supported";
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
        [{ userPoolId: "cn-north-1_AbC" }, `userPoolId is "cn-north-1_AbC", ${unsupported}`],
        [{ userPoolId: "eusc-de-east-1_AbC" }, `userPoolId is "eusc-de-east-1_AbC", ${unsupported}`],
        [
            { userPoolId: "us-gov-west-1_AbC" },
            'domain is "auth.example.com", but Cognito has no custom domains in AWS GovCloud (US); give the prefix of a prefix domain',
        ],
    ];
    for (const [args, line] of refused) {
        it(`are refused: ${line}`, () => assert.deepEqual(lines(args), [line]));
    }

    it("are looked for only if each is right by itself", () => {
        assert.match(only({ ...prefix, customDomainConfig: { certificateArn: "x" } }), /^\S+\.certificateArn is "x"/);
    });

    it("are not looked for in what is unknown, left out or the state's", () => {
        const taken: Args[] = [
            { ...prefix, customDomainConfig: {} },
            { ...prefix, customDomainConfig: { certificateArn: null } },
            { ...prefix, customDomainConfig: UNKNOWN },
            { domain: UNKNOWN, customDomainConfig: { certificateArn: ARN } },
            { managedLoginVersion: 1, ...tls("TLS_V1") },
            tls("TLS_V1"),
            { managedLoginVersion: 2, ...tls("TLS_V1_2_2021") },
            { managedLoginVersion: 2, ...tls("TLS_V1"), __program: { ignoreChanges: ["customDomainConfig"] } },
            { managedLoginVersion: 2, ...tls("TLS_V1"), __program: { ignoreChanges: ["managedLoginVersion"] } },
            { ...failoverTo("us-west-2"), userPoolId: UNKNOWN },
            { routing: UNKNOWN },
            failoverTo(UNKNOWN),
            failoverTo("us-east-2"),
            { ...failoverTo("us-east-2"), region: "us-east-2" },
            { ...prefix, userPoolId: "us-gov-west-1_AbC" },
        ];
        assert.deepEqual(taken.flatMap(lines), []);
    });
});

describe("nonSettingArguments", () => {
    it("are the address and how an update works, as far as they are given", () => {
        const given = { userPoolId: POOL, domain: "d", acceptFindings: ["branding-missing"], wait: "none" };
        const others = {
            managedLoginVersion: 2,
            customDomainConfig: {},
            routing: {},
            __provider: "x",
            status: "ACTIVE",
        };
        assert.deepEqual(nonSettingArguments({ ...others, ...given, region: undefined, onDelete: null }), given);
    });
});
