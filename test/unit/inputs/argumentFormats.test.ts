import assert from "node:assert/strict";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { only, problems } from "../../support/argumentProblems";
import { ARN } from "../../support/certificates";
import { FAILOVER, POOL } from "../../support/domains";

type Args = Record<string, unknown>;

const ROLE = "arn:aws:iam::123456789012:role/deploy/web";
const ELSEWHERE = ARN.replace("us-east-1", "eu-west-1");
const LABEL = "a".repeat(63);

/** An argument by its path, and what holds a value of it. */
const ARGUMENTS: Record<string, (value: string) => Args> = {
    userPoolId: (userPoolId) => ({ userPoolId }),
    domain: (domain) => ({ domain }),
    region: (region) => ({ region, userPoolId: UNKNOWN }),
    "customDomainConfig.certificateArn": (certificateArn) => ({ customDomainConfig: { certificateArn } }),
    "customDomainConfig.securityPolicy": (securityPolicy) => ({ customDomainConfig: { securityPolicy } }),
    "routing.failover.primaryRoute53HealthCheckId": (primaryRoute53HealthCheckId) => ({
        routing: { failover: { ...FAILOVER, primaryRoute53HealthCheckId } },
    }),
    "aws.profile": (profile) => ({ aws: { profile } }),
    "aws.stsRegion": (stsRegion) => ({ aws: { stsRegion } }),
    "aws.assumeRoles[0].roleArn": (roleArn) => ({ aws: { assumeRoles: [{ roleArn }] } }),
    "aws.assumeRoles[0].duration": (duration) => ({ aws: { assumeRoles: [{ roleArn: ROLE, duration }] } }),
    "aws.allowedAccountIds[0]": (account) => ({ aws: { allowedAccountIds: [account] } }),
    "aws.forbiddenAccountIds[0]": (account) => ({ aws: { forbiddenAccountIds: [account] } }),
};
const holding = (path: string, value: string): Args => ARGUMENTS[path]?.(value) ?? assert.fail(path);

const DOMAIN_FORM =
    'the full name of a custom domain ("auth.example.com") or a prefix alone ("my-product"): letters, digits and hyphens, at most 63 characters';
const REGION_FORM = 'a Region, such as "us-west-2"';
const ARN_FORM =
    'the ARN of an ACM certificate in us-east-1, such as "arn:aws:acm:us-east-1:123456789012:certificate/..."';

describe("the form of an argument:", () => {
    const forms: [path: string, expected: string, takes: string[], refuses: string[]][] = [
        [
            "userPoolId",
            'a user pool\'s id, such as "us-west-2_AbCdEfGhI"',
            [POOL, "ap-southeast-2_000", `us-west-2_${"a".repeat(45)}`],
            [
                ...[
                    "",
                    "AbCdEfGhI",
                    "us-west-2",
                    "us-west-2_",
                    "us-west-2_Ab-C",
                    "west-2_AbC",
                    "us-2_AbC",
                    "us-west_AbC",
                ],
                ...["us-west-23_AbC", "1us-west-2_AbC", `us-west-2_${"a".repeat(46)}`],
            ],
        ],
        [
            "domain",
            DOMAIN_FORM,
            [
                ...["auth.example.com", "a", "my-prefix", "0-9", "xn--mnchen-3ya.de", LABEL],
                ...[`auth.${"a".repeat(46)}.example.com`, "a.auth.us-west-2.amazoncognito.com.example.com"],
            ],
            [
                ...[
                    "",
                    "auth example.com",
                    "-auth.example.com",
                    "auth-.example.com",
                    "auth..example.com",
                    ".example.com",
                ],
                ...["auth_1.example.com", "auth.example.com/login", "auth.example.com:443", "a".repeat(64)],
            ],
        ],
        [
            "region",
            REGION_FORM,
            ["us-east-2", "us-gov-east-1", "eusc-de-east-1"],
            ["", "us-east", "us-east-2a", "useast2", "x us-east-2", "us-east-22"],
        ],
        ["aws.stsRegion", REGION_FORM, ["us-west-2"], ["here"]],
        [
            "customDomainConfig.securityPolicy",
            'one of "TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"',
            ["TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"],
            ["", "TLS_V1_2"],
        ],
        ["customDomainConfig.certificateArn", ARN_FORM, [ARN], ["", "11111111-2222"]],
        [
            "routing.failover.primaryRoute53HealthCheckId",
            "the id of a Route 53 health check",
            ["a".repeat(64), "a-1"],
            ["", "a".repeat(65), "a b", "a/b"],
        ],
        [
            "aws.assumeRoles[0].roleArn",
            "the ARN of an IAM role",
            [ROLE, "arn:aws-us-gov:iam::123456789012:role/a"],
            [
                ...["", "role", "arn:aws:iam::1:role/a", "arn:aws:iam::123456789012:user/a"],
                ...["arn:aws:iam::123456789012:role/", `x ${ROLE}`],
            ],
        ],
        [
            "aws.assumeRoles[0].duration",
            'a duration such as "1h" or "30m"',
            ["1h30m", "900s"],
            ["1 h", "0s", "90", "", "1m1h", "x1h", "1hx"],
        ],
        ...["aws.allowedAccountIds[0]", "aws.forbiddenAccountIds[0]"].map(
            (path): [string, string, string[], string[]] => [
                path,
                "the 12 digits of an AWS account",
                ["123456789012"],
                ["", "12345678901", "1234567890123", "a23456789012"],
            ],
        ),
    ];
    for (const [path, expected, takes, refuses] of forms) {
        it(`${path} is ${expected}`, () => {
            for (const value of takes) {
                assert.deepEqual(problems(holding(path, value)), [], value);
            }
            for (const value of refuses) {
                const message = `${path} is ${JSON.stringify(value)}; give ${expected}`;
                assert.equal(only(holding(path, value)), message);
            }
        });
    }

    const url = "https://my-product.auth.us-west-2.amazoncognito.com";
    const poolArn = `arn:aws:cognito-idp:us-west-2:123456789012:userpool/${POOL}`;
    const host = "is the whole host of a prefix domain, ";
    const upper = ", but Cognito's domains are lower-case";
    const unicode = ", but Cognito takes punycode only";
    const elsewhere =
        "names a certificate in eu-west-1, %, but Cognito's custom domains are served by CloudFront, which takes certificates from us-east-1 only";
    /** In the text, % stands for the value. Without a proposal, the form is named. */
    const explained: [path: string, value: string, wrong: string, proposed?: string][] = [
        ["userPoolId", poolArn, "is the pool's ARN, %", POOL],
        ["domain", "https://auth.example.com/login?x#y", "is a URL, %", "auth.example.com"],
        ["domain", "HTTPS://AUTH.example.com:443", "is a URL, %", "auth.example.com"],
        ["domain", url, "is a URL, %", "my-product"],
        ["domain", "https://-/", "is a URL, %"],
        ["domain", url.slice(8), `${host}%`, "my-product"],
        ["domain", "My-Product.auth-fips.us-gov-west-1.amazoncognito.com", `${host}%`, "my-product"],
        ["domain", "my-product.auth.cn-north-1.amazoncognito.com.cn.", `${host}%`, "my-product"],
        ["domain", "Auth.Example.com", `is %${upper}`, "auth.example.com"],
        ["domain", "Login.Example.com..", `is %${upper}`, "login.example.com"],
        ["domain", "-Auth.example.com", `is %${upper}`],
        ["domain", "auth.münchen.de", `is %${unicode}`, "auth.xn--mnchen-3ya.de"],
        ["domain", "Auth.München.de.", `is %${unicode}`, "auth.xn--mnchen-3ya.de"],
        ["domain", "\u{fffd}", `is %${unicode}`],
        ["domain", "*.example.com", "is %, a wildcard"],
        ["domain", "*.Example.com", "is %, a wildcard"],
        ["domain", "auth.example.com.", "is %, with a dot at the end", "auth.example.com"],
        ["domain", `auth.${"a".repeat(47)}.example.com`, "is %, of 64 characters"],
        ["customDomainConfig.certificateArn", ELSEWHERE, elsewhere],
    ];
    for (const [path, value, wrong, proposed] of explained) {
        it(`${path} ${wrong.replace("%", JSON.stringify(value))}`, () => {
            const form = path === "domain" ? DOMAIN_FORM : ARN_FORM;
            const give = proposed ? JSON.stringify(proposed) : form;
            const message = `${path} ${wrong.replace("%", JSON.stringify(value))}; give ${give}`;
            assert.equal(only(holding(path, value)), message);
        });
    }

    it("a long value is shown with 100 characters", () => {
        const long = `${LABEL}.${LABEL}`;
        assert.match(only({ domain: long }), new RegExp(`^domain is "${long.slice(0, 100)}\\.\\.\\.", of 127`));
        const hundred = `-${"a".repeat(99)}`;
        assert.match(only({ domain: hundred }), new RegExp(`^domain is "${hundred}"; give`));
    });

    const version = "give the number 1 (classic hosted UI) or 2 (managed login)";
    const hint = ' (a string; from the stack\'s config, read it with "getNumber")';
    const versions: [value: unknown, wrong: string | undefined][] = [
        [1, undefined],
        [2, undefined],
        [0, "0"],
        [3, "3"],
        [1.5, "1.5"],
        [true, "true"],
        ["1", `"1"${hint}`],
        ["2", `"2"${hint}`],
        ["3", '"3"'],
        [[2], "a list"],
    ];
    for (const [managedLoginVersion, wrong] of versions) {
        it(`managedLoginVersion ${JSON.stringify(managedLoginVersion)} is ${wrong ? "refused" : "taken"}`, () => {
            const message = wrong ? `managedLoginVersion is ${wrong}; ${version}` : "no problem";
            assert.equal(only({ managedLoginVersion }), message);
        });
    }
});

describe("a value pasted with blanks around it is refused, and proposed as it was probably meant:", () => {
    const table: [path: string, pasted: string, proposed?: string][] = [
        ["domain", " auth.example.com", "auth.example.com"],
        ["domain", "auth.example.com\n", "auth.example.com"],
        ["domain", "\u00a0https://Auth.Example.com./\u00a0", "auth.example.com"],
        ["domain", " "],
        ["domain", " a b "],
        ["userPoolId", `\t${POOL}\r\n`, POOL],
        ["userPoolId", ` US-WEST-2${POOL.slice(9)}`, POOL],
        ["region", "US-East-2\u00a0", "us-east-2"],
        ["customDomainConfig.certificateArn", `${ARN}\n`, ARN],
        ["customDomainConfig.certificateArn", ` ${ELSEWHERE}`],
        ["customDomainConfig.securityPolicy", "tls_v1_2_2021 ", "TLS_V1_2_2021"],
        ["routing.failover.primaryRoute53HealthCheckId", "check-1\n", "check-1"],
        ["aws.profile", "deploy ", "deploy"],
        ["aws.assumeRoles[0].roleArn", `${ROLE}\n`, ROLE],
        ["aws.assumeRoles[0].duration", "1H ", "1h"],
        ["aws.allowedAccountIds[0]", " 1234-5678-9012", "123456789012"],
    ];
    for (const [path, pasted, proposed] of table) {
        it(`${path} ${JSON.stringify(pasted)}`, () => {
            const give = proposed ? JSON.stringify(proposed) : "the ";
            const wrong = `begins or ends with a blank or a line break, ${JSON.stringify(pasted)}`;
            const message = only(holding(path, pasted));
            assert.ok(message.startsWith(`${path} ${wrong}; give ${give}`), message);
        });
    }
});
