import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/awsCalls";
import type { AwsCallError } from "../../../provider/model/errors";
import type { Emulator } from "../../emulator/index";
import { inEmulatedAws } from "../../support/emulatedAws";
import { failureOf } from "../../support/failure";

describe("an update", () => {
    let emulator: Emulator;

    inEmulatedAws((it) => {
        emulator = it;
    });

    const failures = [
        { action: { status: 500 }, lost: true },
        { action: "reset", lost: true },
        { action: { exception: "TooManyRequestsException", message: "Rate exceeded" }, lost: false },
        { action: { exception: "ConcurrentModificationException", message: "Try again" }, lost: false },
    ] as const;
    for (const { action, lost } of failures) {
        it(`is sent once, whatever comes of it: ${JSON.stringify(action)}`, async () => {
            emulator.reset();
            const address = {
                userPoolId: emulator.userPool({ region: "us-west-2" }),
                domain: "auth.example.com",
                region: "us-west-2",
            };
            emulator.behaviour.faults = [{ operation: "UpdateUserPoolDomain", action }];
            const error = await failureOf<AwsCallError>(new Aws().updateDomain(address, { managedLoginVersion: 2 }));
            assert.equal(error.lost, lost);
            assert.equal(emulator.callsTo("UpdateUserPoolDomain").length, 1);
        });
    }
});
