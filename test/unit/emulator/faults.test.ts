import assert from "node:assert/strict";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import type { Fault } from "../../emulator";
import {
    aws,
    cognito,
    describeDomain,
    inEmulator,
    prefix,
    prefixScene,
    REGION,
    refused,
} from "../../support/emulatorClients";

describe("the emulated AWS: faults", () => {
    inEmulator();

    const fail = (...faults: Fault[]) => {
        aws.behaviour.faults = faults;
    };

    it("throw what they are told, where and as often as they are told", async () => {
        fail({
            operation: /^Describe/,
            skip: 1,
            times: 2,
            action: { exception: "TooManyRequestsException", message: "Rate exceeded" },
        });
        await describeDomain(prefix);
        await cognito.createUserPool({ PoolName: "x" });
        await refused(describeDomain(prefix), "TooManyRequestsException", /^Rate exceeded$/);
        await refused(describeDomain(prefix), "TooManyRequestsException");
        await describeDomain(prefix);
    });

    it("answer with a status", async () => {
        fail({ operation: "DescribeUserPoolDomain", action: { status: 503 } });
        await assert.rejects(
            describeDomain(prefix),
            (error: { $metadata: { httpStatusCode: number } }) => error.$metadata.httpStatusCode === 503,
        );
    });

    it("reset the connection and cut the body", async () => {
        fail({ action: "reset", times: 1 });
        await assert.rejects(describeDomain(prefix), { code: "ECONNRESET" });
        prefixScene();
        fail({ action: "cutBody", when: "after", times: 1 });
        await assert.rejects(describeDomain(prefix));
        assert.equal((await describeDomain(prefix)).Domain, prefix);
    });

    it("hang until the client gives up", async () => {
        fail({ action: "hang" });
        const controller = new AbortController();
        fail({ action: { run: () => controller.abort() } }, { action: "hang" });
        await refused(
            cognito.describeUserPool({ UserPoolId: "us-west-2_x" }, { abortSignal: controller.signal }),
            "AbortError",
        );
        assert.equal(aws.calls.length, 1);
        assert.equal(aws.calls[0]?.output ?? aws.calls[0]?.error, undefined);
    });

    it("can strike when the state has changed already", async () => {
        const UserPoolId = prefixScene();
        const call = () => cognito.updateUserPoolDomain({ UserPoolId, Domain: prefix, ManagedLoginVersion: 2 });
        fail({ operation: "UpdateUserPoolDomain", action: "reset" });
        await assert.rejects(call());
        assert.equal(aws.domainOf(prefix)?.status, "ACTIVE");
        fail({ operation: "UpdateUserPoolDomain", when: "after", action: "reset" });
        await assert.rejects(call());
        assert.equal(aws.domainOf(prefix)?.status, "UPDATING");
        assert.equal(aws.domainOf(prefix)?.pending?.next?.managedLoginVersion, 2);
    });

    it("run hooks before the operation, which may change the scene", async () => {
        prefixScene();
        const order: string[] = [];
        fail(
            { action: { delayMs: 1 } },
            {
                action: {
                    run: (it, call) => {
                        order.push(call.operation);
                        it.removeDomain(prefix);
                    },
                },
            },
            {
                when: "after",
                action: {
                    run: () => {
                        order.push("after");
                    },
                },
            },
        );
        assert.deepEqual(await describeDomain(prefix), {});
        assert.deepEqual(order, ["DescribeUserPoolDomain", "after"]);
    });

    it("never pass off the emulator's own mistakes as AWS's", async () => {
        fail({
            action: {
                run: () => {
                    throw new TypeError("mine");
                },
            },
        });
        await refused(describeDomain(prefix), "EmulatorFailure", /TypeError: mine/);
    });

    it("leave the SDK's own retries to the SDK", async () => {
        const patient = new CognitoIdentityProvider({ ...aws.clientConfig(REGION), maxAttempts: 3 });
        fail({ times: 1, action: { status: 500 } });
        await patient.describeUserPoolDomain({ Domain: prefix });
        assert.equal(aws.calls.length, 2);
        patient.destroy();
    });

    it("are slow where told", async () => {
        aws.behaviour.latencyMs = 20;
        const started = performance.now();
        await describeDomain(prefix);
        assert.ok(performance.now() - started >= 19);
    });
});
