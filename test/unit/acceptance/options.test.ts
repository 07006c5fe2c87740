import assert from "node:assert/strict";
import { Refusal, readOptions } from "../../../acceptance/options";

const ACCOUNT = ["--account", "123456789012"];

describe("the options of the acceptance run", () => {
    it("are an account, and a Region from the command line, the environment or us-west-2", () => {
        assert.deepEqual(readOptions(ACCOUNT, {}), {
            account: "123456789012",
            region: "us-west-2",
            sweep: false,
            custom: undefined,
            emulator: undefined,
        });
        assert.equal(readOptions(ACCOUNT, { AWS_REGION: "eu-west-1" }).region, "eu-west-1");
        assert.equal(
            readOptions([...ACCOUNT, "--region", "us-east-2"], { AWS_REGION: "eu-west-1" }).region,
            "us-east-2",
        );
    });

    it("take a custom domain with its hosted zone", () => {
        const { custom } = readOptions([...ACCOUNT, "--domain", "auth.example.com", "--hosted-zone", "Z1"], {});
        assert.deepEqual(custom, { domain: "auth.example.com", hostedZoneId: "Z1" });
    });

    const refused: [args: string[], says: RegExp][] = [
        [[], /--account: give the account's twelve digits, not nothing/],
        [["--account", "12"], /not 12\./],
        [[...ACCOUNT, "--domain", "auth.example.com"], /give both, or neither/],
        [[...ACCOUNT, "--hosted-zone", "Z1"], /give both, or neither/],
        [[...ACCOUNT, "--domain", "example.com", "--hosted-zone", "Z1"], /a full name with a parent/],
        [[...ACCOUNT, "--domain", "https://auth.example.com", "--hosted-zone", "Z1"], /a full name with a parent/],
        [[...ACCOUNT, "--emulator", "mine"], /set AWS_ENDPOINT_URL/],
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
