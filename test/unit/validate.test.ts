import assert from "node:assert/strict";
import { UNKNOWN } from "../../provider/unknown";
import { ARGUMENT_NAMES, formatProblem, type Problem, validate, validateOne } from "../../provider/validate";
import { ARN } from "../support/certificates";
import { FAILOVER, POOL } from "../support/domains";

const GOOD = { userPoolId: POOL, domain: "auth.example.com" };

const problems = (rest: Record<string, unknown>): Problem[] => validate({ ...GOOD, ...rest });
const lines = (rest: Record<string, unknown>): string[] => problems(rest).map(formatProblem);

/** The one problem of some arguments. */
function only(rest: Record<string, unknown>): string {
    const [line, ...more] = lines(rest);
    assert.deepEqual(more, []);
    return line ?? "no problem";
}

describe("formatProblem", () => {
    it("begins with the path, where there is one", () => {
        assert.equal(formatProblem({ property: "a.b", message: "is wrong" }), "a.b is wrong");
        assert.equal(formatProblem({ property: "", message: "is wrong" }), "is wrong");
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

    describe("userPoolId", () => {
        for (const id of [
            POOL,
            "us-gov-west-1_x",
            "ap-southeast-2_000",
            "eusc-de-east-1_AbC",
            `us-west-2_${"a".repeat(45)}`,
        ]) {
            it(`takes ${id}`, () => {
                assert.deepEqual(problems({ userPoolId: id }), []);
            });
        }
        const bad = [
            "",
            "AbCdEfGhI",
            "us-west-2",
            "us-west-2_",
            "us-west-2_Ab-C",
            " us-west-2_AbC",
            "us-west-2_AbC ",
            "us-west-2_AbC\n",
            "west-2_AbC",
            "us-2_AbC",
            "us-west_AbC",
            "us-west-23_AbC",
            "1us-west-2_AbC",
            `us-west-2_${"a".repeat(46)}`,
        ];
        for (const id of bad) {
            it(`refuses ${JSON.stringify(id)}`, () => {
                assert.equal(
                    only({ userPoolId: id }),
                    `userPoolId is ${JSON.stringify(id)}; give a user pool's id, such as "us-west-2_AbCdEfGhI"`,
                );
            });
        }

        it("tells an ARN from an id", () => {
            const arn = `arn:aws:cognito-idp:us-west-2:123456789012:userpool/${POOL}`;
            assert.equal(
                only({ userPoolId: arn }),
                `userPoolId is the pool's ARN, "${arn}"; give its id, the part after "userpool/"`,
            );
        });
    });

    describe("domain", () => {
        const label = "a".repeat(63);
        for (const domain of [
            "auth.example.com",
            "a",
            "my-prefix",
            "0-9",
            "xn--mnchen-3ya.de",
            label,
            `${label}.${label}.${label}.${"a".repeat(61)}`,
        ]) {
            it(`takes ${domain.slice(0, 40)}`, () => {
                assert.deepEqual(problems({ domain }), []);
            });
        }

        const such = 'give the full name of a custom domain ("auth.example.com") or a prefix alone ("my-product")';
        const bad: [domain: string, message: string][] = [
            [
                "https://auth.example.com/login?x#y",
                'is a URL, "https://auth.example.com/login?x#y"; give the host alone: "auth.example.com"',
            ],
            [
                "HTTPS://AUTH.example.com:443",
                'is a URL, "HTTPS://AUTH.example.com:443"; give the host alone: "auth.example.com"',
            ],
            [
                "https://my-product.auth.us-west-2.amazoncognito.com",
                'is a URL, "https://my-product.auth.us-west-2.amazoncognito.com"; give the host alone: "my-product"',
            ],
            [
                "my-product.auth.us-west-2.amazoncognito.com",
                'is the whole host of a prefix domain, "my-product.auth.us-west-2.amazoncognito.com"; give the prefix alone: "my-product"',
            ],
            [
                "My-Product.auth-fips.us-gov-west-1.amazoncognito.com",
                'is the whole host of a prefix domain, "My-Product.auth-fips.us-gov-west-1.amazoncognito.com"; give the prefix alone: "my-product"',
            ],
            [
                "my-product.auth.cn-north-1.amazoncognito.com.cn.",
                'is the whole host of a prefix domain, "my-product.auth.cn-north-1.amazoncognito.com.cn."; give the prefix alone: "my-product"',
            ],
            [
                "Auth.Example.com",
                'is "Auth.Example.com", but Cognito\'s domains are lower-case; give "auth.example.com"',
            ],
            ["auth.münchen.de", 'is "auth.münchen.de"; give it in punycode: "auth.xn--mnchen-3ya.de"'],
            ["\u{fffd}", 'is "\u{fffd}"; give it in punycode'],
            ["*.example.com", `is "*.example.com", a wildcard; ${such}`],
            ["auth.example.com.", 'is "auth.example.com."; leave out the dot at the end: "auth.example.com"'],
            ["auth.example.com..", 'is "auth.example.com.."; leave out the dot at the end: "auth.example.com"'],
        ];
        for (const [domain, message] of bad) {
            it(`refuses ${domain} and names the fix`, () => {
                assert.equal(only({ domain }), `domain ${message}`);
            });
        }

        for (const domain of [
            "",
            " ",
            "auth example.com",
            "-auth.example.com",
            "auth-.example.com",
            "auth..example.com",
            ".example.com",
            "auth_1.example.com",
            "auth.example.com/login",
            "auth.example.com:443",
            "auth.example.com\n",
            "a".repeat(64),
            `auth.${"a".repeat(64)}.com`,
        ]) {
            it(`refuses ${JSON.stringify(domain.slice(0, 30))} and shows the form`, () => {
                assert.equal(
                    only({ domain }),
                    `domain is ${JSON.stringify(domain)}; ${such}: letters, digits and hyphens, at most 63 in a label`,
                );
            });
        }

        it("refuses more than 253 characters, and shows 100 of them", () => {
            const domain = `${label}.${label}.${label}.${"a".repeat(62)}`;
            assert.equal(domain.length, 254);
            assert.match(only({ domain }), new RegExp(`^domain is "${domain.slice(0, 100)}\\.\\.\\.", longer than`));
            const hundred = `-${"a".repeat(99)}`;
            assert.match(only({ domain: hundred }), new RegExp(`^domain is "${hundred}"; give`));
        });
    });

    describe("region", () => {
        for (const region of ["us-east-2", "us-gov-east-1", "eusc-de-east-1"]) {
            it(`takes ${region}`, () => {
                assert.deepEqual(problems({ userPoolId: UNKNOWN, region }), []);
            });
        }
        for (const region of [
            "",
            "us-east",
            "US-EAST-2",
            "us-east-2a",
            " us-east-2",
            "useast2",
            "x us-east-2",
            "us-east-22",
        ]) {
            it(`refuses ${JSON.stringify(region)}`, () => {
                assert.equal(
                    only({ region }),
                    `region is ${JSON.stringify(region)}; give a Region, such as "us-west-2"`,
                );
            });
        }

        it("is of the pool's partition", () => {
            assert.equal(
                only({ region: "us-gov-west-1" }),
                `region is "us-gov-west-1", of another AWS partition than the pool's us-west-2`,
            );
            assert.equal(
                only({ region: "us-west-2", userPoolId: "cn-north-1_AbC" }),
                `region is "us-west-2", of another AWS partition than the pool's cn-north-1`,
            );
            assert.deepEqual(lines({ region: "us-gov-east-1", userPoolId: "us-gov-west-1_AbC" }), []);
            assert.deepEqual(lines({ region: "cn-north-1", userPoolId: "cn-northwest-1_AbC" }), []);
            assert.equal(lines({ region: "us-isob-east-1", userPoolId: "us-iso-east-1_AbC" }).length, 1);
            assert.equal(lines({ region: "us-iso-east-1" }).length, 1);
            assert.equal(lines({ region: "us-isob-east-1" }).length, 1);
        });
    });

    describe("managedLoginVersion", () => {
        it("is 1 or 2", () => {
            assert.deepEqual(problems({ managedLoginVersion: 1 }), []);
            assert.deepEqual(problems({ managedLoginVersion: 2 }), []);
        });

        const give = "give the number 1 (classic hosted UI) or 2 (managed login)";
        const hint = ' (a string; from the stack\'s config, read it with "getNumber")';
        for (const [value, message] of [
            [0, `is 0; ${give}`],
            [3, `is 3; ${give}`],
            [1.5, `is 1.5; ${give}`],
            [true, `is true; ${give}`],
            ["1", `is "1"${hint}; ${give}`],
            ["2", `is "2"${hint}; ${give}`],
            ["3", `is "3"; ${give}`],
            [[2], `is a list; ${give}`],
        ] as const) {
            it(`is not ${JSON.stringify(value)}`, () => {
                assert.equal(only({ managedLoginVersion: value }), `managedLoginVersion ${message}`);
            });
        }
    });

    describe("customDomainConfig.certificateArn", () => {
        it("is the ARN of a certificate", () => {
            assert.equal(
                only({ customDomainConfig: { certificateArn: "11111111-2222" } }),
                'customDomainConfig.certificateArn is "11111111-2222"; give the ARN of an ACM certificate, such as "arn:aws:acm:us-east-1:123456789012:certificate/..."',
            );
        });

        it("is in us-east-1, in the partition that has it", () => {
            const elsewhere = ARN.replace("us-east-1", "eu-west-1");
            assert.equal(
                only({ customDomainConfig: { certificateArn: elsewhere } }),
                `customDomainConfig.certificateArn names a certificate in eu-west-1, "${elsewhere}"; Cognito's custom domains are served by CloudFront, which takes certificates of us-east-1 only: request or import it there`,
            );
            const china = ARN.replace("aws:acm:us-east-1", "aws-cn:acm:cn-north-1");
            assert.deepEqual(
                problems({ userPoolId: "cn-north-1_x", customDomainConfig: { certificateArn: china } }),
                [],
            );
        });
    });

    describe("choices", () => {
        const choices: [name: string, values: string[]][] = [
            ["preflight", ["error", "warn", "off"]],
            ["wait", ["active", "served", "none"]],
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

    describe("ids", () => {
        it("a health check's is of letters, digits and hyphens", () => {
            const routing = (primaryRoute53HealthCheckId: string) => ({
                routing: { failover: { ...FAILOVER, primaryRoute53HealthCheckId } },
            });
            assert.deepEqual(problems(routing("a".repeat(64))), []);
            for (const id of ["", "a".repeat(65), "a b", "a/b"]) {
                assert.match(
                    only(routing(id)),
                    /^routing\.failover\.primaryRoute53HealthCheckId is ".*"; give the id of a Route 53 health check$/,
                );
            }
        });

        it("an app client's is of letters and digits", () => {
            assert.deepEqual(problems({ verify: { clientId: "a".repeat(128) } }), []);
            for (const clientId of ["", "a".repeat(129), "a b", "a-b"]) {
                assert.match(only({ verify: { clientId } }), /^verify\.clientId is ".*"; give the id of an app client/);
            }
        });
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

    it("gives a hint that is right by itself", () => {
        assert.match(only({ domain: "Login.Example.com.." }), /give "login\.example\.com"$/);
    });

    describe("contradictions", () => {
        it("a prefix domain has no customDomainConfig", () => {
            assert.equal(
                only({ domain: "my-prefix", customDomainConfig: { securityPolicy: "TLS_V1" } }),
                'customDomainConfig is given, but "my-prefix" is a prefix domain, whose certificate and TLS policy are AWS\'s own; leave customDomainConfig out, or give the full name of a custom domain as domain',
            );
            assert.deepEqual(lines({ domain: "my-prefix", customDomainConfig: {} }), []);
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

        it("failover does not go to the Region of the settings themselves", () => {
            const routing = { failover: { ...FAILOVER, secondaryRegion: "us-west-2" } };
            assert.equal(
                only({ routing }),
                'routing.failover.secondaryRegion is "us-west-2", the Region of these settings themselves; name the one to fail over to',
            );
            assert.deepEqual(lines({ routing, region: "us-east-2" }), []);
            const there = { failover: { ...FAILOVER, secondaryRegion: "us-east-2" } };
            assert.equal(problems({ routing: there, region: "us-east-2" }).length, 1);
            assert.deepEqual(lines({ routing: there }), []);
            assert.deepEqual(lines({ routing, region: UNKNOWN }), []);
            const unknown = { failover: { ...FAILOVER, secondaryRegion: UNKNOWN } };
            assert.deepEqual(lines({ routing: unknown, region: UNKNOWN }), []);
            assert.deepEqual(lines({ routing, userPoolId: UNKNOWN }), []);
            assert.deepEqual(lines({ routing: UNKNOWN }), []);
        });

        it("are looked for only where everything else is right", () => {
            assert.match(
                only({ domain: "my-prefix", customDomainConfig: { certificateArn: "x" } }),
                /^customDomainConfig\.certificateArn/,
            );
        });
    });
});
