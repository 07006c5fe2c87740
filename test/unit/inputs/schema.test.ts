import assert from "node:assert/strict";
import { ARGUMENT_NAMES, formatProblem, validate, validateOne } from "../../../provider/inputs/schema";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { GOOD, lines, only, problems } from "../../support/argumentProblems";
import { ARN } from "../../support/certificates";
import { FAILOVER, POOL } from "../../support/domains";

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
            verify: { clientId: "1example23456789" },
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
        assert.deepEqual(problems({ __provider: 7, __defaults: [], __verdict: {} }), []);
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
        assert.deepEqual(problems({ routing: { failover: inner }, verify: { clientId: UNKNOWN } }), []);
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
                assert.deepEqual(validate(args).map(formatProblem), [
                    "userPoolId is missing; give it a value",
                    "domain is missing; give it a value",
                ]);
            });
        }

        it("is named inside routing and verify", () => {
            assert.deepEqual(lines({ routing: {} }), ["routing.failover is missing; give it a value"]);
            assert.deepEqual(lines({ routing: { failover: {} } }), [
                "routing.failover.secondaryRegion is missing; give it a value",
                "routing.failover.primaryRoute53HealthCheckId is missing; give it a value",
            ]);
            assert.deepEqual(lines({ verify: {} }), ["verify.clientId is missing; give it a value"]);
        });
    });

    describe("what is not known", () => {
        it("is named with what is known", () => {
            assert.equal(
                only({ certificateArn: ARN }),
                `certificateArn is not known; known are ${ARGUMENT_NAMES.join(", ")}`,
            );
            assert.equal(
                only({ customDomainConfig: { arn: ARN } }),
                "customDomainConfig.arn is not known; known are certificateArn, securityPolicy",
            );
        });

        it("does not fall for names that every object has", () => {
            assert.match(only({ toString: "x" }), /^toString is not known/);
            assert.match(only(JSON.parse('{"constructor": 1}')), /^constructor is not known/);
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
                assert.equal(only({ userPoolId: value }), `userPoolId is ${text}; give a string`);
            });
        }
        for (const [value, text] of [...kinds.slice(0, 3), ["x", '"x"'] as const]) {
            it(`an object is not ${text}`, () => {
                assert.equal(
                    only({ customDomainConfig: value }),
                    `customDomainConfig is ${text}; give an object with certificateArn, securityPolicy`,
                );
            });
        }

        it("arguments are an object", () => {
            assert.match(
                validate([] as never).map(formatProblem)[0] ?? "",
                /^is a list; give an object with userPoolId/,
            );
            assert.match(
                validate(null as never).map(formatProblem)[0] ?? "",
                /^is null; give an object with userPoolId/,
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
            });
        }

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
            assert.match(only({ aws: { assumeRoles: [{}] } }), /^aws\.assumeRoles.*\.?roleArn is missing/);
            assert.match(only({ aws: { assumeRoles: {} } }), /^aws\.assumeRoles is an object; give a list/);
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
            assert.equal(only(role({ tags: { team: 7 } })), "aws.assumeRoles[0].tags.team is 7; give a string");
            for (const [tags, kind] of [
                ["x", '"x"'],
                [["x"], "a list"],
                [7, "7"],
            ] as const) {
                assert.equal(only(role({ tags })), `aws.assumeRoles[0].tags is ${kind}; give an object`);
            }
            assert.deepEqual(problems(role({ tags: null })), []);
            assert.equal(
                only(role({ tags: { "a.b": 7, "a\nb": "x" } })),
                'aws.assumeRoles[0].tags["a.b"] is 7; give a string',
            );
        });

        it("can be checked by itself", () => {
            assert.deepEqual(validateOne("aws", { profile: "p" }), []);
            assert.deepEqual(validateOne("aws", undefined), []);
            assert.deepEqual(validateOne("aws", { profile: 7 }), [
                { property: "aws.profile", message: "is 7; give a string" },
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
                /^aws\.accessKey is not known; known are profile, region, /,
            );
            assert.deepEqual(problems({ aws: { allowedAccountIds: UNKNOWN, assumeRoles: [UNKNOWN] } }), []);
        });
    });
});
