import assert from "node:assert/strict";
import type { ClientOptions } from "../../../provider/aws/awsCalls";
import { Aws } from "../../../provider/aws/awsCalls";
import { directHandler } from "../../../provider/aws/requestHandler";
import { withEnvironment } from "../../support/environment";
import { failureOf } from "../../support/failure";

const ADDRESS = { userPoolId: "us-west-2_AbCdEfGhI", domain: "auth.example.com", region: "us-west-2" };
const ARN = "arn:aws:acm:us-east-1:123456789012:certificate/1";
const CREDENTIALS = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };

describe("the clients", () => {
    /** The hosts that are asked for a domain, a certificate and the account; nobody answers. */
    async function hosts(options: ClientOptions): Promise<string[]> {
        const asked: string[] = [];
        const requestHandler = directHandler();
        requestHandler.handle = async ({ hostname }) => {
            asked.push(hostname);
            throw Object.assign(new Error("nobody"), { code: "ECONNREFUSED" });
        };
        const aws = new Aws({ maxAttempts: 1, credentials: CREDENTIALS, requestHandler, ...options });
        await withEnvironment({ AWS_ENDPOINT_URL: undefined }, async () => {
            await failureOf(aws.describeDomain(ADDRESS));
            await failureOf(aws.describeCertificate(ARN));
            await failureOf(aws.callerAccount("us-west-2"));
        });
        return asked;
    }

    it("ask AWS's endpoints", async () => {
        const [cognito, acm, sts] = ["cognito-idp.us-west-2", "acm.us-east-1", "sts.us-west-2"];
        const suffix = "amazonaws.com";
        assert.deepEqual(await hosts({}), [`${cognito}.${suffix}`, `${acm}.${suffix}`, `${sts}.${suffix}`]);
    });

    it("ask what is given for each service, and else for all", async () => {
        const endpoints = { cognito: "https://c.test", acm: "https://a.test", sts: "https://s.test" };
        assert.deepEqual(await hosts({ endpoints }), ["c.test", "a.test", "s.test"]);
        assert.deepEqual(await hosts({ endpoint: "https://all.test", endpoints: { acm: "https://a.test" } }), [
            "all.test",
            "a.test",
            "all.test",
        ]);
    });
});
