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

        it("proposes the id in an ARN", () => {
            const arn = `arn:aws:cognito-idp:us-west-2:123456789012:userpool/${POOL}`;
            assert.equal(only({ userPoolId: arn }), `userPoolId is the pool's ARN, "${arn}"; give "${POOL}"`);
            assert.match(only({ userPoolId: "arn:aws:x" }), /^userPoolId is the pool's ARN, .*; give a user pool's id/);
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

        const form =
            'give the full name of a custom domain ("auth.example.com") or a prefix alone ("my-product"): letters, digits and hyphens, at most 63 characters';
        const url = "https://my-product.auth.us-west-2.amazoncognito.com";
        const cognitoHost = "is the whole host of a prefix domain";
        const bad: [domain: string, wrong: string, proposed?: string][] = [
            ["https://auth.example.com/login?x#y", "is a URL", "auth.example.com"],
            ["HTTPS://AUTH.example.com:443", "is a URL", "auth.example.com"],
            [url, "is a URL", "my-product"],
            ["https://-/", "is a URL"],
            ["my-product.auth.us-west-2.amazoncognito.com", cognitoHost, "my-product"],
            ["My-Product.auth-fips.us-gov-west-1.amazoncognito.com", cognitoHost, "my-product"],
            ["my-product.auth.cn-north-1.amazoncognito.com.cn.", cognitoHost, "my-product"],
        ];
        for (const [domain, wrong, proposed] of bad) {
            it(`refuses ${domain} and names the fix`, () => {
                const give = proposed ? `give "${proposed}"` : form;
                assert.equal(only({ domain }), `domain ${wrong}, ${JSON.stringify(domain)}; ${give}`);
            });
        }
        const spelled: [domain: string, wrong: string, proposed?: string][] = [
            ["Auth.Example.com", ", but Cognito's domains are lower-case", "auth.example.com"],
            ["Login.Example.com..", ", but Cognito's domains are lower-case", "login.example.com"],
            ["auth.münchen.de", ", but Cognito takes punycode only", "auth.xn--mnchen-3ya.de"],
            ["Auth.München.de.", ", but Cognito takes punycode only", "auth.xn--mnchen-3ya.de"],
            ["\u{fffd}", ", but Cognito takes punycode only"],
            ["*.example.com", ", a wildcard"],
            ["*.Example.com", ", a wildcard"],
            ["auth.example.com.", ", with a dot at the end", "auth.example.com"],
            ["-Auth.example.com", ", but Cognito's domains are lower-case"],
        ];
        for (const [domain, wrong, proposed] of spelled) {
            it(`refuses ${domain} and names the fix, if that is valid`, () => {
                const give = proposed ? `give "${proposed}"` : form;
                assert.equal(only({ domain }), `domain is ${JSON.stringify(domain)}${wrong}; ${give}`);
            });
        }

        for (const domain of [
            "",
            "auth example.com",
            "-auth.example.com",
            "auth-.example.com",
            "auth..example.com",
            ".example.com",
            "auth_1.example.com",
            "auth.example.com/login",
            "auth.example.com:443",
            "a".repeat(64),
        ]) {
            it(`refuses ${JSON.stringify(domain.slice(0, 30))} and shows the form`, () => {
                assert.equal(only({ domain }), `domain is ${JSON.stringify(domain)}; ${form}`);
            });
        }

        it("refuses more than 63 characters, and shows 100 of them", () => {
            const domain = `auth.${"a".repeat(47)}.example.com`;
            assert.equal(only({ domain }), `domain is "${domain}", of 64 characters; ${form}`);
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
        for (const region of ["", "us-east", "us-east-2a", "useast2", "x us-east-2", "us-east-22"]) {
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
                'customDomainConfig.certificateArn is "11111111-2222"; give the ARN of an ACM certificate in us-east-1, such as "arn:aws:acm:us-east-1:123456789012:certificate/..."',
            );
        });

        it("is in us-east-1, in the partition that has it", () => {
            const elsewhere = ARN.replace("us-east-1", "eu-west-1");
            assert.equal(
                only({ customDomainConfig: { certificateArn: elsewhere } }),
                `customDomainConfig.certificateArn names a certificate in eu-west-1, "${elsewhere}", but Cognito's custom domains are served by CloudFront, which takes certificates from us-east-1 only; give the ARN of an ACM certificate in us-east-1, such as "arn:aws:acm:us-east-1:123456789012:certificate/..."`,
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

        for (const bad of ["arn:aws:iam::123456789012:role/", "arn:aws:iam::123456789012:user/web"]) {
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
    });

    describe("a value pasted with blanks around it is refused, and proposed as it was probably meant:", () => {
        const role = "arn:aws:iam::123456789012:role/deploy";
        const table: [
            args: (value: string) => Record<string, unknown>,
            pasted: string,
            proposed: string | undefined,
        ][] = [
            [(domain) => ({ domain }), " auth.example.com", "auth.example.com"],
            [(domain) => ({ domain }), "auth.example.com\n", "auth.example.com"],
            [(domain) => ({ domain }), "\u00a0https://Auth.Example.com./\u00a0", "auth.example.com"],
            [(domain) => ({ domain }), " ", undefined],
            [(domain) => ({ domain }), " a b ", undefined],
            [(userPoolId) => ({ userPoolId }), `\t${POOL}\r\n`, POOL],
            [(userPoolId) => ({ userPoolId }), ` US-WEST-2${POOL.slice(9)}`, POOL],
            [(region) => ({ region }), "US-East-2\u00a0", "us-east-2"],
            [(certificateArn) => ({ customDomainConfig: { certificateArn } }), `${ARN}\n`, ARN],
            [
                (certificateArn) => ({ customDomainConfig: { certificateArn } }),
                ` ${ARN.replace("us-east-1", "eu-west-1")}`,
                undefined,
            ],
            [(securityPolicy) => ({ customDomainConfig: { securityPolicy } }), "tls_v1_2_2021 ", "TLS_V1_2_2021"],
            [
                (primaryRoute53HealthCheckId) => ({
                    routing: { failover: { ...FAILOVER, primaryRoute53HealthCheckId } },
                }),
                "check-1\n",
                "check-1",
            ],
            [(profile) => ({ aws: { profile } }), "deploy ", "deploy"],
            [(roleArn) => ({ aws: { assumeRoles: [{ roleArn }] } }), `${role}\n`, role],
            [(account) => ({ aws: { allowedAccountIds: [account] } }), " 1234-5678-9012", "123456789012"],
        ];
        for (const [args, pasted, proposed] of table) {
            it(JSON.stringify(pasted), () => {
                const message = only(args(pasted));
                const [, wrong, give] = /^\S+ (.*?, ".*"); give (.*)$/.exec(message) ?? [];
                assert.equal(wrong, `begins or ends with a blank or a line break, ${JSON.stringify(pasted)}`);
                if (proposed === undefined) {
                    assert.match(give ?? "", /^the /);
                } else {
                    assert.equal(give, JSON.stringify(proposed));
                    assert.deepEqual(problems(args(proposed)), []);
                }
            });
        }
    });
});
