import assert from "node:assert/strict";
import { ACMClient } from "@aws-sdk/client-acm";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { Route53Client } from "@aws-sdk/client-route-53";
import answers from "../../../acceptance/answers.json";
import { makeCustomDomain } from "../../../acceptance/customDomain";
import { askAll } from "../../../acceptance/probes";
import { Progress } from "../../../acceptance/progress";
import { Refusal, readOptions } from "../../../acceptance/run";
import { makeDomain } from "../../../acceptance/userPools";
import { type Emulator, startEmulator } from "../../emulator";

const ACCOUNT = ["--account", "123456789012"];

describe("the options of the acceptance run", () => {
    it("are an account, a Region that the environment may give, and a custom domain with its hosted zone", () => {
        assert.deepEqual(readOptions(ACCOUNT, {}), {
            account: "123456789012",
            region: "us-west-2",
            sweep: false,
            custom: undefined,
        });
        const env = { AWS_REGION: "eu-west-1" };
        assert.equal(readOptions(ACCOUNT, env).region, "eu-west-1");
        assert.equal(readOptions([...ACCOUNT, "--region", "us-east-2"], env).region, "us-east-2");
        const { custom } = readOptions([...ACCOUNT, "--domain", "auth.example.com", "--hosted-zone", "Z1"], {});
        assert.deepEqual(custom, { domain: "auth.example.com", hostedZoneId: "Z1" });
    });

    const refused: [args: string[], says: RegExp][] = [
        [[], /--account: give the account's twelve digits, not nothing/],
        [["--account", "12"], /not 12\./],
        [[...ACCOUNT, "--domain", "auth.example.com"], /give both, or neither/],
        [[...ACCOUNT, "--hosted-zone", "Z1"], /give both, or neither/],
        [[...ACCOUNT, "--domain", "example.com", "--hosted-zone", "Z1"], /a full name with a parent/],
        [[...ACCOUNT, "--force"], /Unknown option '--force'/],
    ];
    for (const [args, says] of refused) {
        it(`refuse ${JSON.stringify(args)}`, () => {
            assert.throws(
                () => readOptions(args, {}),
                (error) => error instanceof Refusal && says.test(error.message),
            );
        });
    }
});

describe("the questions of the acceptance run", () => {
    let aws: Emulator;

    before(async () => {
        aws = await startEmulator();
    });
    after(() => aws.close());

    it("are answered by the emulator as answers.json says: as AWS does, where AWS has been asked", async () => {
        const custom = { domain: "auth.example.com", hostedZoneId: aws.hostedZone("example.com") };
        const options = { account: "123456789012", region: "us-west-2", sweep: false, custom };
        const progress = new Progress();
        progress.say = () => {};
        const aside = { endpoint: aws.endpoint, pauseMs: 1, sdkVersion: "", progress };
        const clients = {
            cognito: new CognitoIdentityProviderClient(aws.clientConfig("us-west-2")),
            acm: new ACMClient(aws.clientConfig("us-east-1")),
            route53: new Route53Client(aws.clientConfig("us-east-1")),
        };
        const run = { ...options, ...aside, id: "unit-test", ...clients };
        const made = await makeDomain(run, "steps");
        const answered = await askAll(run, made, await makeCustomDomain(run, custom));
        const known = Object.entries(answers).map(([id, { answer }]) => [id, answer]);
        assert.deepEqual(answered, Object.fromEntries(known));
    });
});
