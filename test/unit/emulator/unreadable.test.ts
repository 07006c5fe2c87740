import assert from "node:assert/strict";
import {
    CognitoIdentityProviderClient,
    DescribeUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { type Emulator, startEmulator } from "../../emulator";
import { UNREADABLE_ANSWERS } from "../../emulator/unreadable";

const DOMAIN = "auth.example.com";

describe("the emulated AWS: answers that cannot be read", () => {
    let aws: Emulator;
    let cognito: CognitoIdentityProviderClient;

    beforeEach(async () => {
        aws = await startEmulator();
        cognito = new CognitoIdentityProviderClient({ ...aws.clientConfig("us-west-2"), maxAttempts: 1 });
        aws.domain({ userPoolId: aws.userPool({ region: "us-west-2" }), domain: DOMAIN });
    });
    afterEach(() => aws.close());

    for (const fault of UNREADABLE_ANSWERS) {
        it(`${fault}: the request has been carried out, and no answer of AWS's arrives`, async () => {
            aws.behaviour.faults = [{ when: "after", action: fault }];
            const answer = await cognito
                .send(new DescribeUserPoolDomainCommand({ Domain: DOMAIN }))
                .catch((error: unknown) => error as { DomainDescription?: object });
            assert.equal(answer.DomainDescription, undefined);
            const [call] = aws.calls;
            assert.deepEqual([call?.output, call?.error], [undefined, undefined]);
        });
    }

    it("tells its observer of every request, and lets it carry the operation out", async () => {
        const seen: string[] = [];
        aws.observer = {
            arrived: ({ operation }) => {
                seen.push(`${operation} arrived`);
            },
            performs: ({ operation }, run) => {
                seen.push(`${operation} performed`);
                return run();
            },
        };
        const { DomainDescription } = await cognito.send(new DescribeUserPoolDomainCommand({ Domain: DOMAIN }));
        assert.equal(DomainDescription?.Domain, DOMAIN);
        assert.deepEqual(seen, ["DescribeUserPoolDomain arrived", "DescribeUserPoolDomain performed"]);
    });
});
