import assert from "node:assert/strict";
import { secondsIn } from "../../../provider/inputs/argumentFormats";
import { only } from "../../support/argumentProblems";
import { ARN } from "../../support/certificates";
import { FAILOVER, POOL } from "../../support/domains";

const ROLE = "arn:aws:iam::123456789012:role/deploy/web";
const LABEL = "a".repeat(63);

/** Arguments with a value at a path. */
function holding(path: string, value: string): Record<string, unknown> {
    const roles = { roleArn: { roleArn: value }, duration: { roleArn: ROLE, duration: value } };
    const [, name = "", inner = ""] = /^(\w+)\.?(.*)$/.exec(path) ?? [];
    const members: Record<string, unknown> = {
        "failover.primaryRoute53HealthCheckId": { failover: { ...FAILOVER, primaryRoute53HealthCheckId: value } },
        "assumeRoles[0].roleArn": { assumeRoles: [roles.roleArn] },
        "assumeRoles[0].duration": { assumeRoles: [roles.duration] },
        "allowedAccountIds[0]": { allowedAccountIds: [value] },
        "forbiddenAccountIds[0]": { forbiddenAccountIds: [value] },
    };
    return { [name]: inner === "" ? value : (members[inner] ?? { [inner]: value }) };
}

/** A path, the form, and texts that have it and that do not, with blanks between them. No text is one, too. */
const FORMS: [path: string, expected: string, takes: string, refuses: string][] = [
    [
        "userPoolId",
        'a user pool\'s id, such as "us-west-2_AbCdEfGhI"',
        `${POOL} ap-southeast-2_000 us-west-2_${"a".repeat(45)}`,
        `AbCdEfGhI us-west-2 us-west-2_ us-west-2_Ab-C west-2_AbC us-2_AbC us-west_AbC us-west-23_AbC 1us-west-2_AbC us-west-2_${"a".repeat(46)}`,
    ],
    [
        "domain",
        'the full name of a custom domain ("auth.example.com") or a prefix alone ("my-product"): lower-case letters, digits and hyphens, at most 63 characters',
        `auth.example.com a my-prefix 0-9 xn--mnchen-3ya.de ${LABEL} auth.${"a".repeat(46)}.example.com a.auth.us-west-2.amazoncognito.com.example.com`,
        `-auth.example.com auth-.example.com auth..example.com .example.com auth_1.example.com auth.example.com/login auth.example.com:443 ${LABEL}a`,
    ],
    [
        "region",
        'a Region, such as "us-west-2"',
        "us-east-2 us-gov-east-1 eusc-de-east-1",
        "us-east us-east-2a useast2 xus-east-2_ us-east-22",
    ],
    ["aws.stsRegion", 'a Region, such as "us-west-2"', "us-west-2", "here"],
    [
        "customDomainConfig.securityPolicy",
        'one of "TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"',
        "TLS_V1 TLS_V1_2_2021 TLS_V1_3_2025",
        "TLS_V1_2",
    ],
    [
        "customDomainConfig.certificateArn",
        'the ARN of an ACM certificate in us-east-1, the only Region for CloudFront and so for custom domains: "arn:aws:acm:us-east-1:123456789012:certificate/..."',
        ARN,
        `11111111-2222 ${ARN.replace("us-east-1", "eu-west-1")} ${ARN.replace("aws", "aws-us-gov")}`,
    ],
    [
        "routing.failover.primaryRoute53HealthCheckId",
        "the id of a Route 53 health check",
        `${LABEL}a a-1`,
        `${LABEL}ab a/b`,
    ],
    [
        "aws.assumeRoles[0].roleArn",
        "the ARN of an IAM role",
        `${ROLE} arn:aws-us-gov:iam::123456789012:role/a`,
        `role arn:aws:iam::1:role/a arn:aws:iam::123456789012:user/a arn:aws:iam::123456789012:role/ x${ROLE}`,
    ],
    ["aws.assumeRoles[0].duration", 'a duration such as "1h" or "30m"', "1h30m 900s", "0s 90 1m1h x1h 1hx"],
    ...["aws.allowedAccountIds[0]", "aws.forbiddenAccountIds[0]"].map((path): (typeof FORMS)[number] => [
        path,
        "the 12 digits of an AWS account",
        "123456789012",
        "12345678901 1234567890123 a23456789012",
    ]),
];

describe("the form of an argument:", () => {
    for (const [path, expected, takes, refuses] of FORMS) {
        it(`${path} is ${expected}`, () => {
            for (const value of takes.split(" ")) {
                assert.equal(only(holding(path, value)), "no problem", value);
            }
            for (const value of ["", ...refuses.split(" ")]) {
                assert.equal(only(holding(path, value)), `${path} is ${JSON.stringify(value)}; give ${expected}`);
            }
        });
    }

    it("a duration is hours, minutes and seconds, in that order", () => {
        const seconds = ["1h", "900s", "1h30m", "2h3m4s", "1.5h", undefined].map(secondsIn);
        assert.deepEqual(seconds, [3600, 900, 5400, 7384, 5400, undefined]);
    });

    it("a long value is shown with 100 characters", () => {
        const long = `${LABEL}.${LABEL}`;
        assert.match(only({ domain: long }), new RegExp(`^domain is "${long.slice(0, 100)}\\.\\.\\."; give`));
        const hundred = `-${"a".repeat(99)}`;
        assert.match(only({ domain: hundred }), new RegExp(`^domain is "${hundred}"; give`));
    });

    it("managedLoginVersion is the number 1 or 2", () => {
        const form =
            "give the number 1 (classic hosted UI) or 2 (managed login), read with getNumber if it is in the stack's config";
        const taken = [1, 2].map((managedLoginVersion) => only({ managedLoginVersion }));
        assert.deepEqual(taken, ["no problem", "no problem"]);
        for (const managedLoginVersion of [0, 3, 1.5, true, "2"]) {
            const message = `managedLoginVersion is ${JSON.stringify(managedLoginVersion)}; ${form}`;
            assert.equal(only({ managedLoginVersion }), message);
        }
        assert.equal(only({ managedLoginVersion: [2] }), `managedLoginVersion is a list; ${form}`);
    });
});

describe("a value is proposed as it was probably meant:", () => {
    const url = "https://my-product.auth.us-west-2.amazoncognito.com";
    /** Without a proposal, the form is named. */
    const table: [path: string, value: string, proposed?: string][] = [
        ["userPoolId", `arn:aws:cognito-idp:us-west-2:123456789012:userpool/${POOL}`, POOL],
        ["domain", "https://auth.example.com/login?x#y", "auth.example.com"],
        ["domain", "HTTPS://AUTH.example.com:443", "auth.example.com"],
        ["domain", url, "my-product"],
        ["domain", "https://-/"],
        ["domain", url.slice(8), "my-product"],
        ["domain", "My-Product.auth-fips.us-gov-west-1.amazoncognito.com", "my-product"],
        ["domain", "my-product.auth.cn-north-1.amazoncognito.com.cn.", "my-product"],
        ["domain", "Login.Example.com..", "login.example.com"],
        ["domain", "-Auth.example.com"],
        ["domain", "Auth.München.de.", "auth.xn--mnchen-3ya.de"],
        ["domain", "\u{fffd}"],
        ["domain", "*.example.com"],
        ["domain", `auth.${"a".repeat(47)}.example.com`],
    ];
    const PASTED: typeof table = [
        ["domain", " auth.example.com", "auth.example.com"],
        ["domain", "\u00a0https://Auth.Example.com./\u00a0", "auth.example.com"],
        ["domain", " "],
        ["domain", " a b "],
        ["userPoolId", `\t${POOL}\r\n`, POOL],
        ["customDomainConfig.certificateArn", `${ARN}\n`, ARN],
        ["customDomainConfig.securityPolicy", "tls_v1_2_2021 ", "TLS_V1_2_2021"],
        ["aws.profile", "deploy ", "deploy"],
        ["aws.allowedAccountIds[0]", " 1234-5678-9012", "123456789012"],
    ];
    for (const [path, value, proposed] of [...table, ...PASTED]) {
        it(`${path} ${JSON.stringify(value)}`, () => {
            const wrong = value === value.trim() ? "is" : "begins or ends with a space or a line break,";
            const give = `${path} ${wrong} ${JSON.stringify(value)}; give `;
            const message = only(holding(path, value));
            assert.ok(message.startsWith(give), message);
            assert.match(message.slice(give.length), proposed ? new RegExp(`^"${proposed}"$`) : /^the full name of/);
        });
    }
});
