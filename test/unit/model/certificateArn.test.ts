import assert from "node:assert/strict";
import { parseCertificateArn, shortArn } from "../../../provider/model/certificateArn";

const ID = "11111111-2222-3333-4444-555555555555";

describe("parseCertificateArn", () => {
    const good: [arn: string, partition: string, region: string, accountId: string][] = [
        [`arn:aws:acm:us-east-1:123456789012:certificate/${ID}`, "aws", "us-east-1", "123456789012"],
        [`arn:aws-cn:acm:cn-north-1:123456789012:certificate/${ID}`, "aws-cn", "cn-north-1", "123456789012"],
        [
            `arn:aws-us-gov:acm:us-gov-west-1:000000000001:certificate/x_1`,
            "aws-us-gov",
            "us-gov-west-1",
            "000000000001",
        ],
    ];
    for (const [arn, partition, region, accountId] of good) {
        it(`reads ${arn}`, () => {
            assert.deepEqual(parseCertificateArn(arn), { partition, region, accountId });
        });
    }

    const bad = [
        "",
        "certificate",
        ` arn:aws:acm:us-east-1:123456789012:certificate/${ID}`,
        `arn:aws:acm:us-east-1:123456789012:certificate/${ID} `,
        `arn:aws:acm:us-east-1:123456789012:certificate/${ID}\n`,
        `arn:aws:acm:us-east-1:12345678901:certificate/${ID}`,
        `arn:aws:acm:us-east-1:1234567890123:certificate/${ID}`,
        `arn:aws:acm::123456789012:certificate/${ID}`,
        "arn:aws:acm:us-east-1:123456789012:certificate/",
        `arn:aws:acm:us-east-1:123456789012:certificate/${ID}/x`,
        `arn:aws:iam:us-east-1:123456789012:certificate/${ID}`,
        `arn:aws:acm:us-east-1:123456789012:server-certificate/${ID}`,
        `arn:azure:acm:us-east-1:123456789012:certificate/${ID}`,
    ];
    for (const text of bad) {
        it(`does not take ${JSON.stringify(text)}`, () => {
            assert.equal(parseCertificateArn(text), undefined);
        });
    }
});

describe("shortArn", () => {
    it("keeps the last part", () => {
        assert.equal(shortArn(`arn:aws:acm:us-east-1:123456789012:certificate/${ID}`), `.../${ID}`);
        assert.equal(shortArn("none"), ".../none");
    });
});
