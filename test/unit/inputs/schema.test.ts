import assert from "node:assert/strict";
import { ARGUMENT_NAMES, formatProblem, validate, validateOne } from "../../../provider/inputs/schema";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { GOOD, lines, only, problems } from "../../support/argumentProblems";
import { ARN } from "../../support/certificates";
import { FAILOVER, POOL } from "../../support/domains";

const ROLE = "arn:aws:iam::123456789012:role/deploy";
const unknownAmong = (names: readonly string[]) => `is not a known property; expected one of ${names.join(", ")}`;

describe("validate", () => {
    it("takes the least", () => {
        assert.deepEqual(validate(GOOD), []);
    });

    it("takes the most", () => {
        const most = {
            userPoolId: POOL,
            domain: "auth.example.com",
            region: "us-east-2",
            managedLoginVersion: 2,
            customDomainConfig: { certificateArn: ARN, securityPolicy: "TLS_V1_3_2025" },
            routing: { failover: { ...FAILOVER, secondaryRegion: "eu-west-1" } },
            minimumCertificateValidityDays: 30,
            preflight: "warn",
            wait: "served",
            waitTimeoutSeconds: 60,
            acceptFindings: ["branding-missing"],
            onDrift: "correct",
            onFailure: "rollback",
            onDelete: "restore",
            aws: {
                profile: "p",
                stsRegion: "us-west-2",
                assumeRoles: [
                    {
                        roleArn: ROLE,
                        externalId: "x",
                        sessionName: "s",
                        duration: "1h30m",
                        policy: "{}",
                        policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
                        tags: { team: "web" },
                        transitiveTagKeys: ["team"],
                        sourceIdentity: "me",
                    },
                ],
                allowedAccountIds: ["123456789012"],
            },
        };
        assert.deepEqual(validate(most), []);
        assert.deepEqual(Object.keys(most).sort(), [...ARGUMENT_NAMES].sort());
    });

    it("passes what is left out, null, unknown at any depth, or Pulumi's own", () => {
        assert.deepEqual(problems({ __provider: 7, __defaults: [], __changed: {} }), []);
        for (const name of ARGUMENT_NAMES) {
            assert.deepEqual(problems({ [name]: UNKNOWN }), [], name);
        }
        for (const name of ARGUMENT_NAMES.slice(2)) {
            assert.deepEqual(problems({ [name]: undefined }), [], name);
            assert.deepEqual(problems({ [name]: null }), [], name);
        }
        const deeper = [
            { customDomainConfig: { certificateArn: UNKNOWN, securityPolicy: UNKNOWN } },
            { routing: { failover: UNKNOWN } },
            { routing: { failover: { secondaryRegion: UNKNOWN, primaryRoute53HealthCheckId: UNKNOWN } } },
            { aws: { allowedAccountIds: UNKNOWN, assumeRoles: [UNKNOWN] } },
        ];
        for (const args of deeper) {
            assert.deepEqual(problems(args), []);
        }
    });

    it("names everything that is wrong or missing, each in one line", () => {
        const wrong = { domain: 7, managedLoginVersion: 3, "\u202e": 1 };
        assert.deepEqual(
            validate(wrong).map((it) => formatProblem(it).replace(/(property|number).*/, "$1")),
            [
                '["\\u202e"] is not a known property',
                "userPoolId is required",
                "domain must be a string, got 7",
                "managedLoginVersion is 3; give the number",
            ],
        );
        assert.deepEqual(validate({ userPoolId: null }).map(formatProblem), [
            "userPoolId is required",
            "domain is required",
        ]);
        assert.deepEqual(lines({ routing: {} }), ["routing.failover is required"]);
        assert.deepEqual(lines({ routing: { failover: {} } }), [
            "routing.failover.secondaryRegion is required",
            "routing.failover.primaryRoute53HealthCheckId is required",
        ]);
    });

    describe("what is not known", () => {
        const table: [args: Record<string, unknown>, message: string][] = [
            [{ certificateArn: ARN }, `certificateArn ${unknownAmong(ARGUMENT_NAMES)}`],
            [
                { customDomainConfig: { arn: ARN } },
                `customDomainConfig.arn ${unknownAmong(["certificateArn", "securityPolicy"])}`,
            ],
            [
                { Managedloginversion: 2 },
                "Managedloginversion is not a known property; did you mean managedLoginVersion?",
            ],
            [{ onDelte: "restore" }, "onDelte is not a known property; did you mean onDelete?"],
            [{ waitTimeoutSec: 9 }, `waitTimeoutSec ${unknownAmong(ARGUMENT_NAMES)}`],
            [
                { customDomainConfig: { certificateArns: ARN } },
                "customDomainConfig.certificateArns is not a known property; did you mean certificateArn?",
            ],
            // Every third letter of a short name is another word.
            [{ arn: ARN }, `arn ${unknownAmong(ARGUMENT_NAMES)}`],
            [{ ["x".repeat(40_000)]: 1 }, `${"x".repeat(40_000)} ${unknownAmong(ARGUMENT_NAMES)}`],
        ];
        for (const [args, message] of table) {
            it(message.slice(0, 80), () => assert.equal(only(args), message));
        }

        it("does not fall for names that every object has", () => {
            assert.match(only({ toString: "x" }), /^toString is not a known property/);
            assert.match(only(JSON.parse('{"constructor": 1}')), /^constructor is not a known property/);
        });
    });

    const config = "customDomainConfig must be an object with certificateArn, securityPolicy, got";
    const role = (rest: object) => ({ aws: { assumeRoles: [{ roleArn: ROLE, ...rest }] } });
    const tags = "aws.assumeRoles[0].tags must be an object, got";
    const kinds: [args: Record<string, unknown>, message: string][] = [
        [{ userPoolId: true }, "userPoolId must be a string, got true"],
        [{ userPoolId: 7 }, "userPoolId must be a string, got 7"],
        [{ userPoolId: [] }, "userPoolId must be a string, got a list"],
        [{ userPoolId: {} }, "userPoolId must be a string, got an object"],
        [{ customDomainConfig: true }, `${config} true`],
        [{ customDomainConfig: 7 }, `${config} 7`],
        [{ customDomainConfig: [] }, `${config} a list`],
        [{ customDomainConfig: "x" }, `${config} "x"`],
        [{ aws: { assumeRoles: {} } }, "aws.assumeRoles must be a list, got an object"],
        [{ aws: { assumeRoles: [{}] } }, "aws.assumeRoles[0].roleArn is required"],
        [role({ tags: "x" }), `${tags} "x"`],
        [role({ tags: ["x"] }), `${tags} a list`],
        [role({ tags: 7 }), `${tags} 7`],
        [role({ tags: { "a.b": 7, "a\nb": "x" } }), 'aws.assumeRoles[0].tags["a.b"] must be a string, got 7'],
    ];
    for (const [args, message] of kinds) {
        it(message, () => assert.equal(only(args), message));
    }

    it("takes an object, and one argument by itself", () => {
        const list = validate([] as never).map(formatProblem);
        assert.match(list.join(), /^must be an object with userPoolId, .*, got a list$/);
        assert.match(
            validate(null as never)
                .map(formatProblem)
                .join(),
            /, got null$/,
        );
        const message = "must be a string, got 7";
        assert.deepEqual(validateOne("aws", { profile: 7 }), [{ property: "aws.profile", message }]);
        assert.deepEqual(validateOne("aws", { profile: "p" }), []);
        assert.deepEqual(validateOne("aws", undefined), []);
        assert.deepEqual(validateOne("no such argument", 7), []);
    });

    describe("choices", () => {
        const choices: [name: string, values: string[]][] = [
            ["preflight", ["error", "warn", "off"]],
            ["wait", ["active", "served", "none"]],
            ["onDrift", ["warn", "correct"]],
            ["onFailure", ["keep", "rollback"]],
            ["onDelete", ["retain", "restore"]],
        ];
        for (const [name, values] of choices) {
            it(`${name} is one of ${values}`, () => {
                for (const value of values) {
                    assert.deepEqual(problems({ [name]: value }), []);
                }
                const list = values.map((it) => JSON.stringify(it)).join(", ");
                assert.equal(only({ [name]: "other" }), `${name} is "other"; give one of ${list}`);
                assert.equal(only({ [name]: true }), `${name} is true; give one of ${list}`);
                const first = values[0] ?? "";
                assert.equal(
                    only({ [name]: first.toUpperCase() }),
                    `${name} is ${JSON.stringify(first.toUpperCase())}; give ${JSON.stringify(first)}`,
                );
                assert.match(only({ [name]: ` ${first}` }), new RegExp(`begins or ends .*; give "${first}"$`));
            });
        }

        it("acceptFindings has codes; a mistyped one is proposed", () => {
            assert.deepEqual(problems({ acceptFindings: ["branding-missing", "certificate-expires-soon"] }), []);
            assert.equal(
                only({ acceptFindings: ["brandin-mising"] }),
                'acceptFindings[0] is "brandin-mising"; give "branding-missing"',
            );
            assert.match(only({ acceptFindings: ["domain-not-found"] }), /; give one of "domain-managed-twice", /);
        });
    });

    describe("whole numbers", () => {
        const ranges: [name: string, least: number, most: number][] = [
            ["minimumCertificateValidityDays", 0, 825],
            ["waitTimeoutSeconds", 1, 86_400],
        ];
        for (const [name, least, most] of ranges) {
            it(`${name} is from ${least} to ${most}`, () => {
                assert.deepEqual(problems({ [name]: least }), []);
                assert.deepEqual(problems({ [name]: most }), []);
                for (const value of [least - 1, most + 1, least + 0.5]) {
                    assert.equal(
                        only({ [name]: value }),
                        `${name} is ${value}; give a whole number from ${least} to ${most}`,
                    );
                }
                assert.match(only({ [name]: "5" }), /is "5"; give a whole number/);
            });
        }
    });
});
