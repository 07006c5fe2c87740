import assert from "node:assert/strict";
import { replaceClocks } from "../../chaos/clock";
import type { Command } from "../../chaos/command";
import { type Emulator, startEmulator } from "../../emulator";
import { at, Stack } from "../../support/stack";

const DOMAIN = "auth.example.com";

describe("waitTimeoutSeconds holds where AWS hangs", () => {
    let aws: Emulator;

    let restoreClocks: () => void;

    before(async () => {
        restoreClocks = replaceClocks();
        aws = await startEmulator();
    });
    after(async () => {
        restoreClocks();
        await aws.close();
    });

    it("once the time is over, one look more is made, and not waited for as long as the SDK would try", async () => {
        const userPoolId = aws.userPool({ region: "us-west-2" });
        aws.domain({ userPoolId, domain: DOMAIN, managedLoginVersion: 1, securityPolicy: "TLS_V1_2_2021" });
        aws.behaviour.faults = [{ operation: "DescribeUserPoolDomain", skip: 1, action: "hang" }];
        const args = { userPoolId, domain: DOMAIN, managedLoginVersion: 2, waitTimeoutSeconds: 1 };
        const command: Partial<Command> = { requestTimeoutMs: 60_000, clock: { wallMs: 0, monotonicMs: 0 } };
        at(aws, "UpdateUserPoolDomain", 0, () => {
            Object.assign(command.clock ?? {}, { wallMs: 10_000, monotonicMs: 10_000 });
        });
        const error = await new Stack(aws).up(args, command);
        assert.match(error?.message ?? "", /AWS accepted the update, but after 1 s \(waitTimeoutSeconds\)/);
        assert.equal(aws.callsTo("DescribeUserPoolDomain").length, 2);
    }).timeout(50_000);
});
