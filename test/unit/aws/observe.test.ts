import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/awsCalls";
import { observe } from "../../../provider/aws/observe";
import type { Desired } from "../../../provider/model/desired";
import type { Emulator } from "../../emulator/index";
import { inEmulatedAws } from "../../support/emulatedAws";

describe("observe", () => {
    let emulator: Emulator;
    let desired: Desired;

    inEmulatedAws((it) => {
        emulator = it;
    });

    beforeEach(() => {
        emulator.reset();
        const address = { userPoolId: emulator.userPool({ region: "us-west-2" }), domain: "web", region: "us-west-2" };
        emulator.domain({ ...address, version: 1 });
        const settings = { managedLoginVersion: 2 };
        desired = { address, domain: "web", settings, minimumCertificateValidityDays: undefined };
    });

    const look = (rest: Partial<Desired> = {}) => observe(new Aws({ maxAttempts: 1 }), { ...desired, ...rest });

    /** The names of the app clients that count as lacking a branding style. */
    async function unbranded(): Promise<string[]> {
        const branding = (await look()).managedLogin?.branding;
        return branding && "found" in branding ? branding.found.unbranded.map(({ name }) => name) : ["not found"];
    }

    it("counts as unbranded only the app clients that have sign-in pages", async () => {
        const userPoolId = desired.address?.userPoolId ?? "";
        emulator.client({ userPoolId, name: "branded", withBranding: true });
        emulator.client({ userPoolId, name: "machine", allowedOAuthFlows: ["client_credentials"] });
        emulator.client({ userPoolId, name: "none", allowedOAuthFlows: [] });
        emulator.client({ userPoolId, name: "web", allowedOAuthFlows: ["code"] });
        emulator.client({ userPoolId, name: "old", allowedOAuthFlows: ["implicit"] });
        assert.deepEqual((await unbranded()).sort(), ["old", "web"]);
        emulator.behaviour.accessDenied = ["cognito-idp:DescribeUserPoolClient"];
        assert.deepEqual((await unbranded()).sort(), ["machine", "none", "old", "web"]);
    });

    it("looks for the app client that verify names", async () => {
        assert.equal((await look()).verifyClient, undefined);
        assert.deepEqual((await look({ clientId: "nobody" })).verifyClient, { absent: true });
    });

    it("asks for the pool's feature plan where failover changes", async () => {
        const failover = { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: "check-1" };
        const { replicatedPool, replicas } = await look({ settings: { failover } });
        assert.deepEqual(replicatedPool && "found" in replicatedPool && replicatedPool.found.tier, "ESSENTIALS");
        assert.ok(replicas);
        assert.equal((await look()).replicatedPool, undefined);
    });
});
