import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/awsCalls";
import { type ClientOptions, Clients } from "../../../provider/aws/clients";
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

    it("ask those for FIPS and for both versions of IP where config says so", async () => {
        assert.deepEqual(await hosts({ useFipsEndpoint: true }), [
            "cognito-idp-fips.us-west-2.amazonaws.com",
            "acm-fips.us-east-1.amazonaws.com",
            "sts-fips.us-west-2.amazonaws.com",
        ]);
        const [, acm, sts] = await hosts({ useDualstackEndpoint: true });
        assert.deepEqual([acm, sts], ["acm.us-east-1.api.aws", "sts.us-west-2.api.aws"]);
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

    it("are one a service and Region, with the first one's credentials", async () => {
        let asked = 0;
        const clients = new Clients({
            credentials: async () => {
                asked++;
                return CREDENTIALS;
            },
        });
        assert.equal(clients.poolRegion, undefined);
        const cognito = clients.cognito("eu-west-1");
        assert.equal(clients.cognito("eu-west-1"), cognito);
        const others = [clients.cognito("us-west-2"), clients.acm("us-east-1")];
        assert.equal(clients.acm("us-east-1"), others[1]);
        assert.equal(clients.poolRegion, "eu-west-1");
        for (const { config } of [cognito, ...others]) {
            assert.equal((await config.credentials()).accessKeyId, CREDENTIALS.accessKeyId);
            assert.equal(config.requestHandler, cognito.config.requestHandler);
        }
        assert.equal(asked, 1);
    });
});
