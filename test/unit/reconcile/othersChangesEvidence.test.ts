import assert from "node:assert/strict";
import { replaceClocks } from "../../chaos/clock";
import type { Command } from "../../chaos/command";
import type { Emulator } from "../../emulator";
import { inEmulatedAws } from "../../support/emulatedAws";
import { at, Stack } from "../../support/stack";

const DOMAIN = "auth.example.com";
const HOUR_MS = 3_600_000;

describe("what has arrived is not rolled back", () => {
    let aws: Emulator;
    let args: Record<string, unknown>;
    let restoreClocks: () => void;

    inEmulatedAws(
        (it) => {
            aws = it;
        },
        { settleAfterDescribes: 1 },
    );
    before(() => {
        restoreClocks = replaceClocks();
    });
    after(() => restoreClocks());
    beforeEach(() => {
        aws.reset();
        const userPoolId = aws.userPool({ region: "us-west-2" });
        aws.domain({ userPoolId, domain: DOMAIN, managedLoginVersion: 1, securityPolicy: "TLS_V1_2_2021" });
        args = { userPoolId, domain: DOMAIN, managedLoginVersion: 2, onFailure: "rollback", waitTimeoutSeconds: 60 };
    });

    const assertArrived = (error: Error | undefined) => {
        assert.ifError(error);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
        assert.equal(aws.callsTo("UpdateUserPoolDomain").length, 1);
    };

    for (const [what, clock] of [
        ["where the wall clock was set forward", { wallMs: 2 * HOUR_MS, monotonicMs: 0 }],
        ["where the wall clock was set back", { wallMs: -2 * HOUR_MS, monotonicMs: 0 }],
        ["where the machine has slept, and both clocks ran on", { wallMs: 2 * HOUR_MS, monotonicMs: 2 * HOUR_MS }],
    ] as const) {
        it(what, async () => {
            const command: Partial<Command> = { clock: { wallMs: 0, monotonicMs: 0 } };
            at(aws, "DescribeUserPoolDomain", 1, () => {
                Object.assign(command.clock ?? {}, clock);
            });
            assertArrived(await new Stack(aws).up(args, command));
        });
    }

    it("where the domain was FAILED before, and one look is stale", async () => {
        aws.patchDomain(DOMAIN, { status: "FAILED" });
        aws.behaviour.settleAfterDescribes = 0;
        at(aws, "UpdateUserPoolDomain", 0, () => {
            // The first look after the update is answered as the one before it.
            aws.behaviour.chaos = { seed: 1, rate: 1, kinds: ["staleRead"] };
            at(aws, "DescribeUserPoolDomain", 1, () => {
                aws.behaviour.chaos = undefined;
            });
        });
        aws.behaviour.chaos = { seed: 1, rate: 0, kinds: ["staleRead"] };
        assertArrived(await new Stack(aws).up(args));
    });
});
