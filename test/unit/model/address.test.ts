import assert from "node:assert/strict";
import * as fc from "fast-check";
import { assertAllowed } from "../../../provider/model/accounts";
import { addressArguments, addressOf, baseUrl, formatId, parseId, regionOfPool } from "../../../provider/model/address";
import { parseCertificateArn, shortArn } from "../../../provider/model/certificateArn";
import { addresses, userPoolIds } from "../../support/arbitraries";
import { ACCOUNT } from "../../support/certificates";
import { CUSTOM, POOL } from "../../support/domains";

describe("an id", () => {
    it("is the pool's id and the domain, with the Region before it if that is not the pool's own", () => {
        assert.equal(formatId(CUSTOM), "us-west-2_AbCdEfGhI/auth.example.com");
        assert.equal(formatId({ ...CUSTOM, region: "us-east-2" }), "us-east-2/us-west-2_AbCdEfGhI/auth.example.com");
    });

    it("comes back as the address that it was made of, and so do the arguments", () => {
        fc.assert(
            fc.property(addresses, (address) => {
                assert.deepEqual(parseId(formatId(address)), address);
                assert.deepEqual(addressOf({ userPoolId: "", domain: "", ...addressArguments(address) }), address);
            }),
        );
    });

    it("leaves out the Region that the pool's id begins with", () => {
        fc.assert(
            fc.property(userPoolIds, (userPoolId) => {
                const address = addressOf({ userPoolId, domain: "a" });
                assert.deepEqual(addressArguments(address), { userPoolId, domain: "a" });
                assert.ok(userPoolId.startsWith(`${address.region}_`));
            }),
        );
        assert.equal(regionOfPool("a_b_c"), "a_b");
    });

    it("is refused with the form, or written again as it was, whatever the text", () => {
        const bad = ["", "/", "a.b", POOL, `${POOL}/`, "/a.b", "us-west-2_/a", "_AbC/a", "us-west-2-AbC/a"];
        const worse = ["us_A/a/x", "us_A/a b", "us_A/a\n", " us_A/a", "a/b/us_A/a", "US/us_A/a", "/us_A/a", "us_A-c/a"];
        const refused = (text: string) => {
            try {
                // The pool's own Region may be given, and is not written.
                assert.ok(text.endsWith(formatId(parseId(text))));
                return false;
            } catch (error) {
                const { name, message } = error as Error;
                assert.equal(name, "InvalidIdError");
                assert.ok(message.startsWith(`${JSON.stringify(text)} is not the id of a domain's settings: write `));
                assert.ok(message.includes('"us-west-2_AbCdEfGhI/auth.example.com", with <region>/ before it'));
                return true;
            }
        };
        assert.deepEqual(
            [...bad, ...worse].filter((text) => !refused(text)),
            [],
        );
        const some = fc.oneof(
            fc.stringMatching(/^[\w./-]{0,40}$/),
            fc.stringMatching(/^[\w-]{1,9}_\w{1,9}\/[\w.]{1,9}$/),
        );
        fc.assert(fc.property(some, (text) => void refused(text)));
    });
});

describe("the sign-in pages", () => {
    const table: [domain: string, region: string, url: string][] = [
        ["auth.example.com", "us-west-2", "https://auth.example.com"],
        ["a", "us-west-2", "https://a.auth.us-west-2.amazoncognito.com"],
        ["a", "us-gov-west-1", "https://a.auth-fips.us-gov-west-1.amazoncognito.com"],
    ];
    for (const [domain, region, url] of table) {
        it(`of ${domain} in ${region} are at ${url}`, () => {
            assert.equal(baseUrl({ userPoolId: POOL, domain, region }), url);
        });
    }
});

describe("the ARN of a certificate", () => {
    const arn = (partition: string, region: string, rest = "123456789012:certificate/1-2") =>
        `arn:${partition}:acm:${region}:${rest}`;
    const good: [partition: string, region: string][] = [
        ["aws", "us-east-1"],
        ["aws", "eu-west-1"],
        ["aws-cn", "cn-north-1"],
        ["aws-us-gov", "us-gov-west-1"],
    ];
    for (const [partition, region] of good) {
        it(`of ${partition} in ${region} is read`, () => {
            const text = arn(partition, region);
            assert.deepEqual(parseCertificateArn(text), { partition, region, accountId: "123456789012" });
            assert.equal(shortArn(text), ".../1-2");
        });
    }

    const aws = arn("aws", "us-east-1");
    const bad = [
        ...["", "certificate", ` ${aws}`, `${aws} `, `${aws}\n`, `${aws}/x`, arn("azure", "us-east-1"), arn("aws", "")],
        ...["12345678901:certificate/1", "1234567890123:certificate/1"].map((it) => arn("aws", "us-east-1", it)),
        ...["123456789012:certificate/", "123456789012:server-certificate/1"].map((it) => arn("aws", "us-east-1", it)),
        aws.replace("acm", "iam"),
    ];
    for (const text of bad) {
        it(`is not ${JSON.stringify(text)}`, () => {
            assert.equal(parseCertificateArn(text), undefined);
        });
    }
});

describe("an AWS account", () => {
    const other = "210987654321";
    const both = { allowedAccountIds: [other, ACCOUNT], forbiddenAccountIds: ["111111111111", other] };
    const table: [account: string | undefined, rules: object, broken?: string][] = [
        [ACCOUNT, {}],
        [ACCOUNT, both],
        [undefined, { allowedAccountIds: [ACCOUNT] }],
        [other, both, `forbiddenAccountIds has 111111111111, ${other}`],
        [other, { allowedAccountIds: [ACCOUNT, "111111111111"] }, `allowedAccountIds has ${ACCOUNT}, 111111111111`],
    ];
    for (const [account, rules, broken] of table) {
        it(`is ${broken ? "refused" : "taken"}: ${account} with ${JSON.stringify(rules)}`, () => {
            const check = () => assertAllowed(account, rules);
            if (broken) {
                const message = new RegExp(`^the AWS account is ${account}; ${broken}\\. Nothing was changed\\. Use`);
                assert.throws(check, { name: "WrongAccountError", message });
            } else {
                check();
            }
        });
    }
});
