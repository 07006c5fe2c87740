import assert from "node:assert/strict";
import { stsEndpoint } from "../../../provider/aws/stsEndpoint";
import { withEnvironment } from "../../support/environment";

const NOTHING = {
    AWS_ENDPOINT_URL: undefined,
    AWS_ENDPOINT_URL_STS: undefined,
    AWS_USE_FIPS_ENDPOINT: undefined,
    AWS_USE_DUALSTACK_ENDPOINT: undefined,
};

describe("stsEndpoint", () => {
    const table: [region: string, options: Parameters<typeof stsEndpoint>[1], endpoint: string][] = [
        ["us-west-2", {}, "https://sts.us-west-2.amazonaws.com"],
        ["cn-north-1", {}, "https://sts.cn-north-1.amazonaws.com.cn"],
        ["us-west-2", { useFipsEndpoint: true }, "https://sts-fips.us-west-2.amazonaws.com"],
        ["us-gov-west-1", { useFipsEndpoint: true }, "https://sts.us-gov-west-1.amazonaws.com"],
        ["eu-west-1", { useDualstackEndpoint: true }, "https://sts.eu-west-1.api.aws"],
        ["cn-north-1", { useDualstackEndpoint: true }, "https://sts.cn-north-1.api.amazonwebservices.com.cn"],
        ["eu-west-1", { endpoint: "http://e" }, "http://e"],
        ["eu-west-1", { endpoint: "http://e", endpoints: { sts: "http://s" } }, "http://s"],
    ];
    for (const [region, options, endpoint] of table) {
        it(`is ${endpoint} in ${region} with ${JSON.stringify(options)}`, async () => {
            await withEnvironment(NOTHING, () => assert.equal(stsEndpoint(region, options), endpoint));
        });
    }

    it("is the environment's where nothing is given", async () => {
        await withEnvironment({ ...NOTHING, AWS_ENDPOINT_URL: "http://all" }, () => {
            assert.equal(stsEndpoint("eu-west-1", {}), "http://all");
            assert.equal(stsEndpoint("eu-west-1", { endpoints: { sts: "http://s" } }), "http://s");
        });
        const both = { ...NOTHING, AWS_ENDPOINT_URL: "http://all", AWS_ENDPOINT_URL_STS: "http://sts" };
        await withEnvironment(both, () => assert.equal(stsEndpoint("eu-west-1", {}), "http://sts"));
        await withEnvironment({ ...NOTHING, AWS_USE_FIPS_ENDPOINT: "true" }, () =>
            assert.equal(stsEndpoint("us-east-1", {}), "https://sts-fips.us-east-1.amazonaws.com"),
        );
    });
});
