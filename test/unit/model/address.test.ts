import assert from "node:assert/strict";
import * as fc from "fast-check";
import { assertAllowed } from "../../../provider/model/accounts";
import { addressArguments, addressOf, baseUrl, formatId, parseId } from "../../../provider/model/address";
import { parseCertificateArn, shortArn } from "../../../provider/model/certificateArn";
import { oneLine } from "../../../provider/model/plainText";
import { addresses } from "../../support/arbitraries";
import { ACCOUNT, ARN } from "../../support/certificates";
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

    const bad = ["", "/", "a.b", POOL, `${POOL}/`, "/a.b", "us-west-2_/a", "_AbC/a", "us-west-2-AbC/a", "us_A-c/a"];
    const worse = ["us_A/a/x", "us_A/a b", "us_A/a\n", " us_A/a", "a/b/us_A/a", "US/us_A/a", "/us_A/a"];
    for (const text of [...bad, ...worse]) {
        it(`is not ${JSON.stringify(text)}, and the error names the form`, () => {
            const message = `${JSON.stringify(text)} is not the id of a domain's settings: write <userPoolId>/<domain>, such as "us-west-2_AbCdEfGhI/auth.example.com", with <region>/ before it for a replica.`;
            assert.throws(() => parseId(text), { name: "InvalidIdError", message: oneLine(message) });
        });
    }
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
    it("has a partition, a Region and an account", () => {
        const text = "arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/1-2";
        const parts = { partition: "aws-us-gov", region: "us-gov-west-1", accountId: "123456789012" };
        assert.deepEqual(parseCertificateArn(text), parts);
        assert.equal(shortArn(text), ".../1-2");
    });

    const bad = [
        ...["", "certificate", ` ${ARN}`, `${ARN} `, `${ARN}\n`, `${ARN}/x`],
        ...["aws:acm", ":us-east-1", "123456789012"].map((part) => ARN.replace(part, part.slice(1))),
        ...[ARN.replace("acm", "iam"), ARN.replace("certificate", "server-certificate"), ARN.replace(/[^/]*$/, "")],
    ];
    for (const text of bad) {
        it(`is not ${JSON.stringify(text)}`, () => assert.equal(parseCertificateArn(text), undefined));
    }
});

describe("an AWS account", () => {
    const [allowed, forbidden] = ["210987654321", "111111111111"];
    const rules = { allowedAccountIds: [allowed, ACCOUNT], forbiddenAccountIds: [forbidden, allowed] };

    it("is taken if it is not known, allowed, or nothing is said", () => {
        assertAllowed(undefined, rules);
        assertAllowed(ACCOUNT, rules);
        assertAllowed(ACCOUNT, {});
    });

    for (const [account, broken] of Object.entries({
        [allowed]: `forbiddenAccountIds has ${forbidden}, ${allowed}`,
        "000000000000": `allowedAccountIds has ${allowed}, ${ACCOUNT}`,
    })) {
        it(`is refused: ${broken}`, () => {
            const message = new RegExp(`^the AWS account is ${account}; ${broken}\\. Nothing was changed\\. Use`);
            assert.throws(() => assertAllowed(account, rules), { name: "WrongAccountError", message });
        });
    }
});
