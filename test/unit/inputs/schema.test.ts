import assert from "node:assert/strict";
import { ARGUMENT_NAMES, formatProblem, validate, validateOne } from "../../../provider/inputs/schema";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { GOOD, lines, only, problems } from "../../support/argumentProblems";
import { ARN } from "../../support/certificates";
import { FAILOVER, POOL } from "../../support/domains";

const unknownAmong = (names: readonly string[]) => `is not a known property; expected one of ${names.join(", ")}`;

describe("formatProblem", () => {
    it("begins with the path, where there is one", () => {
        assert.equal(formatProblem({ property: "a.b", message: "is wrong" }), "a.b is wrong");
        assert.equal(formatProblem({ property: "", message: "is wrong" }), "is wrong");
        assert.equal(formatProblem({ property: "a", message: 'is "\u202e\u009b"' }), 'a is "\\u202e\\u009b"');
    });
});

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
                region: "us-west-2",
                assumeRoles: [
                    {
                        roleArn: "arn:aws:iam::123456789012:role/deployer",
                        externalId: "x",
                        sessionName: "s",
                        duration: "1h30m",
                        policy: "{}",
                        sourceIdentity: "me",
                    },
                ],
                allowedAccountIds: ["123456789012"],
            },
        };
        assert.deepEqual(validate(most), []);
        assert.deepEqual(Object.keys(most).sort(), [...ARGUMENT_NAMES].sort());
    });

    it("does not look at what is Pulumi's or ours", () => {
        assert.deepEqual(problems({ __provider: 7, __defaults: [], __changed: {} }), []);
    });

    it("takes undefined and null for left out", () => {
        for (const name of ARGUMENT_NAMES.slice(2)) {
            assert.deepEqual(problems({ [name]: undefined }), [], name);
            assert.deepEqual(problems({ [name]: null }), [], name);
        }
    });

    it("judges nothing that is unknown, at any depth", () => {
        for (const name of ARGUMENT_NAMES) {
            assert.deepEqual(problems({ [name]: UNKNOWN }), [], name);
        }
        assert.deepEqual(problems({ customDomainConfig: { certificateArn: UNKNOWN, securityPolicy: UNKNOWN } }), []);
        assert.deepEqual(problems({ routing: { failover: UNKNOWN } }), []);
        const inner = { secondaryRegion: UNKNOWN, primaryRoute53HealthCheckId: UNKNOWN };
        assert.deepEqual(problems({ routing: { failover: inner } }), []);
    });

    it("names everything that is wrong", () => {
        const found = validate({ domain: 7, managedLoginVersion: 3, wait: "x" });
        assert.deepEqual(
            found.map(({ property }) => property),
            ["userPoolId", "domain", "managedLoginVersion", "wait"],
        );
    });

    describe("what is missing", () => {
        for (const args of [{}, { userPoolId: null, domain: undefined }]) {
            it(`is named in ${JSON.stringify(args)}`, () => {
                assert.deepEqual(validate(args).map(formatProblem), ["userPoolId is required", "domain is required"]);
            });
        }

        it("is named inside routing", () => {
            assert.deepEqual(lines({ routing: {} }), ["routing.failover is required"]);
            assert.deepEqual(lines({ routing: { failover: {} } }), [
                "routing.failover.secondaryRegion is required",
                "routing.failover.primaryRoute53HealthCheckId is required",
            ]);
        });
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

    describe("kinds", () => {
        const kinds: [value: unknown, text: string][] = [
            [true, "true"],
            [7, "7"],
            [[], "a list"],
            [{}, "an object"],
        ];
        for (const [value, text] of kinds) {
            it(`a string is not ${text}`, () => {
                assert.equal(only({ userPoolId: value }), `userPoolId must be a string, got ${text}`);
            });
        }
        for (const [value, text] of [...kinds.slice(0, 3), ["x", '"x"'] as const]) {
            it(`an object is not ${text}`, () => {
                assert.equal(
                    only({ customDomainConfig: value }),
                    `customDomainConfig must be an object with certificateArn, securityPolicy, got ${text}`,
                );
            });
        }

        it("arguments are an object", () => {
            assert.match(
                validate([] as never).map(formatProblem)[0] ?? "",
                /^must be an object with userPoolId, .*, got a list$/,
            );
            assert.match(
                validate(null as never).map(formatProblem)[0] ?? "",
                /^must be an object with userPoolId, .*, got null$/,
            );
        });
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

        it("customDomainConfig.securityPolicy is one of AWS's", () => {
            for (const securityPolicy of ["TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"]) {
                assert.deepEqual(problems({ customDomainConfig: { securityPolicy } }), []);
            }
            assert.equal(
                only({ customDomainConfig: { securityPolicy: "TLS_V1_2" } }),
                'customDomainConfig.securityPolicy is "TLS_V1_2"; give one of "TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"',
            );
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

    describe("aws", () => {
        it("has roles by their ARNs", () => {
            for (const roleArn of ["arn:aws:iam::123456789012:role/a", "arn:aws-us-gov:iam::123456789012:role/p/a"]) {
                assert.deepEqual(problems({ aws: { assumeRoles: [{ roleArn }] } }), []);
            }
            for (const roleArn of [
                "",
                "role",
                "arn:aws:iam::1:role/a",
                "arn:aws:iam::123456789012:user/a",
                "x arn:aws:iam::123456789012:role/a",
            ]) {
                assert.match(
                    only({ aws: { assumeRoles: [{ roleArn }] } }),
                    /roleArn is ".*"; give the ARN of an IAM role$/,
                );
            }
            assert.match(only({ aws: { assumeRoles: [{}] } }), /^aws\.assumeRoles.*\.?roleArn is required/);
            assert.match(only({ aws: { assumeRoles: {} } }), /^aws\.assumeRoles must be a list, got an object/);
        });

        it("has roles with policies and tags", () => {
            const roleArn = "arn:aws:iam::123456789012:role/deploy";
            const role = (rest: object) => ({ aws: { assumeRoles: [{ roleArn, ...rest }] } });
            const good = {
                policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
                tags: { team: "web" },
                transitiveTagKeys: ["team"],
            };
            assert.deepEqual(problems(role(good)), []);
            assert.equal(only(role({ tags: { team: 7 } })), "aws.assumeRoles[0].tags.team must be a string, got 7");
            for (const [tags, kind] of [
                ["x", '"x"'],
                [["x"], "a list"],
                [7, "7"],
            ] as const) {
                assert.equal(only(role({ tags })), `aws.assumeRoles[0].tags must be an object, got ${kind}`);
            }
            assert.deepEqual(problems(role({ tags: null })), []);
            assert.equal(
                only(role({ tags: { "a.b": 7, "a\nb": "x" } })),
                'aws.assumeRoles[0].tags["a.b"] must be a string, got 7',
            );
        });

        it("can be checked by itself", () => {
            assert.deepEqual(validateOne("aws", { profile: "p" }), []);
            assert.deepEqual(validateOne("aws", undefined), []);
            assert.deepEqual(validateOne("aws", { profile: 7 }), [
                { property: "aws.profile", message: "must be a string, got 7" },
            ]);
            assert.deepEqual(validateOne("no such argument", 7), []);
        });

        it("has durations, accounts and a Region in their form", () => {
            const role = { roleArn: "arn:aws:iam::123456789012:role/a" };
            assert.match(
                only({ aws: { assumeRoles: [{ ...role, duration: "1 h" }] } }),
                /duration is "1 h"; give a duration/,
            );
            assert.match(
                only({ aws: { assumeRoles: [{ ...role, duration: "0s" }] } }),
                /duration is "0s"; give a duration/,
            );
            for (const account of ["", "12345678901", "1234567890123", "a23456789012"]) {
                assert.match(only({ aws: { allowedAccountIds: [account] } }), /give the 12 digits of an AWS account$/);
            }
            assert.match(only({ aws: { region: "here" } }), /^aws\.region is "here"; give a Region/);
            assert.match(
                only({ aws: { accessKey: "x" } }),
                /^aws\.accessKey is not a known property; expected one of profile, region, /,
            );
            assert.deepEqual(problems({ aws: { allowedAccountIds: UNKNOWN, assumeRoles: [UNKNOWN] } }), []);
        });
    });
});
