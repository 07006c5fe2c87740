import assert from "node:assert/strict";
import type { Behaviour } from "../../emulator";
import { aws, custom, customScene, describeDomain, inEmulator, update } from "../../support/emulatorClients";

describe("the emulated AWS: how an update settles", () => {
    inEmulator();

    for (const whileUpdating of ["old", "new"] as const) {
        it(`shows the ${whileUpdating} values for as many describes as it is told`, async () => {
            Object.assign(aws.behaviour, { whileUpdating, settleAfterDescribes: 3 });
            const { pool, certificate } = customScene();
            await update(pool, certificate, { ManagedLoginVersion: 2 });
            const seen: string[] = [];
            for (let i = 0; i < 4; i++) {
                const { Status, ManagedLoginVersion } = await describeDomain(custom);
                seen.push(`${Status} ${ManagedLoginVersion}`);
            }
            const updating = `UPDATING ${whileUpdating === "old" ? 1 : 2}`;
            assert.deepEqual(seen, [updating, updating, updating, "ACTIVE 2"]);
        });
    }

    it("settles by the clock where told to", async () => {
        aws.behaviour.settleMs = 3_600_000;
        const { pool, certificate } = customScene();
        await update(pool, certificate, { ManagedLoginVersion: 2 });
        for (let i = 0; i < 5; i++) {
            assert.equal((await describeDomain(custom)).Status, "UPDATING");
        }
        aws.patchDomain(custom, { status: "ACTIVE" });
        aws.behaviour.settleMs = 0;
        await update(pool, certificate, { ManagedLoginVersion: 2 });
        assert.equal(aws.domainOf(custom)?.status, "ACTIVE");
    });

    const ends: [Behaviour["outcome"], string, number][] = [
        ["active", "ACTIVE", 2],
        ["failed", "FAILED", 1],
        ["never", "UPDATING", 1],
        ["ignored", "ACTIVE", 1],
    ];
    for (const [outcome, status, version] of ends) {
        it(`can end ${outcome}`, async () => {
            Object.assign(aws.behaviour, { outcome, settleAfterDescribes: 1 });
            const { pool, certificate } = customScene();
            await update(pool, certificate, { ManagedLoginVersion: 2 });
            await describeDomain(custom);
            const { Status, ManagedLoginVersion } = await describeDomain(custom);
            assert.deepEqual([Status, ManagedLoginVersion], [status, version]);
        });
    }
});
