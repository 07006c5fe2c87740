import assert from "node:assert/strict";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { only, problems } from "../../support/argumentProblems";
import { ARN } from "../../support/certificates";
import { FAILOVER, POOL } from "../../support/domains";

describe("the form of an argument", () => {
    describe("userPoolId", () => {
        for (const id of [POOL, "ap-southeast-2_000", `us-west-2_${"a".repeat(45)}`]) {
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

        it("takes one of GovCloud, for a prefix domain", () => {
            assert.deepEqual(problems({ userPoolId: "us-gov-west-1_x", domain: "my-prefix" }), []);
        });

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
            `auth.${"a".repeat(46)}.example.com`,
            "a.auth.us-west-2.amazoncognito.com.example.com",
        ]) {
            it(`takes ${domain.slice(0, 50)}`, () => {
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

        it("refuses more than 63 characters, and shows 100 of them", () => {
            const domain = `auth.${"a".repeat(47)}.example.com`;
            assert.equal(
                only({ domain }),
                `domain is "${domain}", of 64 characters; Cognito takes domains of at most 63`,
            );
            const long = `${label}.${label}`;
            assert.match(only({ domain: long }), new RegExp(`^domain is "${long.slice(0, 100)}\\.\\.\\.", of 127`));
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
        });
    });

    describe("aws.assumeRoles", () => {
        const withRole = (roleArn: string) => ({ aws: { assumeRoles: [{ roleArn }] } });
        const role = "arn:aws:iam::123456789012:role/deploy/web";

        it("has ARNs of roles, with a path or without", () => {
            assert.deepEqual(problems(withRole(role)), []);
            assert.deepEqual(problems(withRole("arn:aws-us-gov:iam::123456789012:role/web")), []);
        });

        for (const bad of [`${role}\n`, "arn:aws:iam::123456789012:role/", "arn:aws:iam::123456789012:user/web"]) {
            it(`refuses ${JSON.stringify(bad)}`, () => {
                assert.equal(
                    only(withRole(bad)),
                    `aws.assumeRoles[0].roleArn is ${JSON.stringify(bad)}; give the ARN of an IAM role`,
                );
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

    it("gives a hint that is right by itself", () => {
        assert.match(only({ domain: "Login.Example.com.." }), /give "login\.example\.com"$/);
    });
});
