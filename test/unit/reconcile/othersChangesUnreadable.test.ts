import assert from "node:assert/strict";
import { adoptedIn } from "../../../provider/model/adoption";
import type { Emulator } from "../../emulator";
import { UNREADABLE_ANSWERS } from "../../emulator/unreadable";
import { inEmulatedAws } from "../../support/emulatedAws";
import { Stack } from "../../support/stack";

const DOMAIN = "auth.example.com";

describe("an answer that cannot be read says nothing about what AWS has done", () => {
    let aws: Emulator;
    let args: Record<string, unknown>;

    inEmulatedAws(
        (it) => {
            aws = it;
        },
        { settleAfterDescribes: 1 },
    );
    beforeEach(() => {
        aws.reset();
        const userPoolId = aws.userPool({ region: "us-west-2" });
        aws.domain({ userPoolId, domain: DOMAIN, managedLoginVersion: 1, securityPolicy: "TLS_V1_2_2021" });
        args = { userPoolId, domain: DOMAIN, managedLoginVersion: 2, onDelete: "restore", waitTimeoutSeconds: 10 };
    });

    const version = () => aws.domainOf(DOMAIN)?.managedLoginVersion;

    for (const answer of UNREADABLE_ANSWERS) {
        it(`${answer} to an accepted update: the update is seen to its end, and what was before it is remembered`, async () => {
            aws.behaviour.faults = [{ operation: "UpdateUserPoolDomain", when: "after", times: 1, action: answer }];
            const ours = new Stack(aws);
            assert.ifError(await ours.up(args));
            assert.equal(version(), 2);
            assert.equal(aws.callsTo("UpdateUserPoolDomain").length, 1);
            assert.deepEqual(adoptedIn(ours.outputs).found, { managedLoginVersion: 1 });
            assert.ifError(await ours.destroy());
            assert.equal(version(), 1);
        });

        it(`${answer} to an update that AWS never saw: it is sent again after a look`, async () => {
            aws.behaviour.faults = [{ operation: "UpdateUserPoolDomain", times: 1, action: answer }];
            const ours = new Stack(aws);
            assert.ifError(await ours.up(args));
            assert.equal(version(), 2);
            assert.deepEqual(adoptedIn(ours.outputs).found, { managedLoginVersion: 1 });
        });

        it(`${answer} to the look of a refresh: the resource stays in the state`, async () => {
            const ours = new Stack(aws);
            assert.ifError(await ours.up(args));
            const { outputs } = ours;
            aws.behaviour.faults = [{ operation: "DescribeUserPoolDomain", action: answer }];
            assert.ok(await ours.refresh());
            assert.deepEqual(ours.outputs, outputs);
        });
    }
});
