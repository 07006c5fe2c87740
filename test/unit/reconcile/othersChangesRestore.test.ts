import assert from "node:assert/strict";
import type { Emulator } from "../../emulator";
import { inEmulatedAws } from "../../support/emulatedAws";
import { at, Stack } from "../../support/stack";

const DOMAIN = "auth.example.com";
const FAILOVER = { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: "check-1" };

describe("a destroy that restores", () => {
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
        const userPoolId = aws.userPool({ region: "us-west-2", replicas: [{ region: "us-east-2" }] });
        aws.domain({ userPoolId, domain: DOMAIN, managedLoginVersion: 1, securityPolicy: "TLS_V1" });
        args = { userPoolId, domain: DOMAIN, onDelete: "restore" };
    });

    const inForce = () => {
        const { managedLoginVersion, securityPolicy } = aws.domainOf(DOMAIN) ?? {};
        return { managedLoginVersion, securityPolicy };
    };

    it("puts a TLS policy back that was raised for managed login, in the same request as the version", async () => {
        const ours = new Stack(aws);
        assert.ifError(await ours.up({ ...args, managedLoginVersion: 2 }));
        assert.deepEqual(inForce(), { managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" });
        aws.calls = [];
        assert.ifError(await ours.destroy());
        assert.deepEqual(inForce(), { managedLoginVersion: 1, securityPolicy: "TLS_V1" });
        assert.equal(aws.callsTo("UpdateUserPoolDomain").length, 1);
    });

    it("leaves what a colleague has changed, also where a refresh has recorded it", async () => {
        const ours = new Stack(aws);
        assert.ifError(await ours.up({ ...args, managedLoginVersion: 2 }));
        aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025" });
        assert.ifError(await ours.refresh());
        assert.ifError(await ours.destroy());
        assert.deepEqual(inForce(), { managedLoginVersion: 1, securityPolicy: "TLS_V1_3_2025" });
    });

    it("says what it cannot take away", async () => {
        const ours = new Stack(aws);
        assert.ifError(await ours.up({ ...args, routing: { failover: FAILOVER } }));
        aws.calls = [];
        assert.ifError(await ours.destroy());
        assert.match(ours.said, /left as it is: routing\.failover.*the API cannot take it away/);
        assert.deepEqual(aws.calls, []);
    });

    it("keeps the restore point of what an update begins to manage, though its answer was lost", async () => {
        const ours = new Stack(aws);
        assert.ifError(await ours.up({ ...args, customDomainConfig: { securityPolicy: "TLS_V1_2_2021" } }));
        aws.behaviour.faults = [{ operation: "UpdateUserPoolDomain", when: "after", times: 1, action: "reset" }];
        const both = { managedLoginVersion: 2, customDomainConfig: { securityPolicy: "TLS_V1_2_2021" } };
        assert.ifError(await ours.up({ ...args, ...both }));
        assert.ifError(await ours.destroy());
        assert.deepEqual(inForce(), { managedLoginVersion: 1, securityPolicy: "TLS_V1" });
    });

    it("is said to be incomplete, where a killed update had begun to manage a setting", async () => {
        const ours = new Stack(aws);
        const policy = { customDomainConfig: { securityPolicy: "TLS_V1_2_2021" } };
        assert.ifError(await ours.up({ ...args, ...policy }));
        const command: { diedAt?: number } = {};
        at(aws, "UpdateUserPoolDomain", 0, () => {
            command.diedAt = 1;
        });
        const both = { ...args, ...policy, managedLoginVersion: 2 };
        await ours.up(both, command);
        aws.patchDomain(DOMAIN, { managedLoginVersion: 2, status: "ACTIVE" });
        assert.ifError(await ours.up(both));
        assert.match(ours.said, /managedLoginVersion.*its old value is not known/);
    });
});
