import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/awsCalls";
import { reconcile } from "../../../provider/reconcile/reconcile";
import { AwsError, type DomainSettings, type Emulator } from "../../emulator/index";
import { inEmulatedAws } from "../../support/emulatedAws";
import { contextWith, operationFor } from "../../support/operation";

const DOMAIN = "auth.example.com";

/** What a colleague changes meanwhile, and our update does not manage: it has to be there at the end. */
const THEIRS: DomainSettings = { securityPolicy: "TLS_V1_3_2025" };

describe("an update fits what is there when it is sent", () => {
    let emulator: Emulator;
    let userPoolId: string;

    inEmulatedAws(
        (it) => {
            emulator = it;
        },
        { settleAfterDescribes: 0 },
    );
    beforeEach(() => {
        emulator.reset();
        userPoolId = emulator.userPool({ region: "us-west-2" });
        emulator.domain({ userPoolId, domain: DOMAIN, managedLoginVersion: 1, securityPolicy: "TLS_V1_2_2021" });
    });

    const address = () => ({ userPoolId, domain: DOMAIN, region: "us-west-2" });
    const setVersion = () => operationFor(address(), { managedLoginVersion: 2 });
    const operations = () => emulator.calls.map(({ operation }) => operation);
    const domain = () => {
        const { managedLoginVersion, securityPolicy } = emulator.domainOf(DOMAIN) ?? {};
        return { managedLoginVersion, securityPolicy };
    };

    /** The first request is answered so, and the colleague changes the domain right after it. */
    function answerFirstUpdate(answer: () => void) {
        emulator.behaviour.faults = [
            {
                operation: "UpdateUserPoolDomain",
                times: 1,
                action: {
                    run: (aws) => {
                        aws.patchDomain(DOMAIN, THEIRS);
                        answer();
                    },
                },
            },
        ];
    }

    it("after a throttling: looks and plans again, and undoes nothing of a colleague's", async () => {
        answerFirstUpdate(() => {
            throw new AwsError("TooManyRequestsException", "Rate exceeded");
        });
        const { problem, original } = await reconcile(setVersion(), contextWith(emulator));
        assert.equal(problem, undefined);
        assert.deepEqual(domain(), { managedLoginVersion: 2, ...THEIRS });
        assert.equal(original.securityPolicy, THEIRS.securityPolicy);
        assert.deepEqual(operations(), [
            "DescribeUserPoolDomain",
            "UpdateUserPoolDomain",
            "DescribeUserPoolDomain",
            "UpdateUserPoolDomain",
            "DescribeUserPoolDomain",
        ]);
    });

    it("waits for its turn under the quotas before it looks", async () => {
        class Queue extends Aws {
            /** While we wait, a colleague changes the domain. */
            override async acquireUpdate(of: ReturnType<typeof address>): Promise<void> {
                await super.acquireUpdate(of);
                emulator.patchDomain(DOMAIN, THEIRS);
            }
        }
        const context = contextWith(emulator);
        const { problem } = await reconcile(setVersion(), { ...context, aws: new Queue() });
        assert.equal(problem, undefined);
        assert.deepEqual(domain(), { managedLoginVersion: 2, ...THEIRS });
    });

    it("gives up on a throttling that does not end, and says that nothing was written", async () => {
        emulator.behaviour.faults = [
            {
                operation: "UpdateUserPoolDomain",
                action: { exception: "LimitExceededException", message: "no" },
            },
        ];
        const pauses = { firstPauseSeconds: 0.001, longestPauseSeconds: 0.002 };
        await assert.rejects(reconcile(setVersion(), { ...contextWith(emulator), pauses }), {
            message: /nothing was written\. AWS throttled cognito-idp:UpdateUserPoolDomain/,
        });
        assert.equal(domain().managedLoginVersion, 1);
    });
});
