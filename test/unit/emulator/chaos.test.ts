import assert from "node:assert/strict";
import { aws, cognito, describeDomain, inEmulator, prefix, prefixScene, refused } from "../../support/emulatorClients";

describe("the emulated AWS: chaos", () => {
    inEmulator();

    /** What became of some calls, one after another. */
    async function outcomes(seed: number, rate = 0.5): Promise<string[]> {
        aws.reset();
        prefixScene();
        aws.behaviour.chaos = { seed, rate, kinds: ["exception", "status500", "reset", "cutBody", "staleRead"] };
        const seen: string[] = [];
        for (let call = 0; call < 20; call++) {
            seen.push(
                await describeDomain(prefix).then(
                    () => "fine",
                    ({ name, code }: { name: string; code?: string }) => code ?? name,
                ),
            );
        }
        return seen;
    }

    it("is the same for the same seed, and another for another", async () => {
        const first = await outcomes(1);
        assert.deepEqual(await outcomes(1), first);
        assert.notDeepEqual(await outcomes(2), first);
        assert.ok(new Set(first).size > 2, String(first));
    });

    it("strikes as often as it is told", async () => {
        assert.ok((await outcomes(3, 0)).every((outcome) => outcome === "fine"));
        assert.ok((await outcomes(3, 1)).filter((outcome) => outcome !== "fine").length > 10);
    });

    it("answers a stale read as the same question was answered before", async () => {
        prefixScene();
        await describeDomain(prefix);
        aws.behaviour.chaos = { seed: 1, rate: 1, kinds: ["staleRead"] };
        await describeDomain(prefix);
        aws.patchDomain(prefix, { managedLoginVersion: 2 });
        assert.equal((await describeDomain(prefix)).ManagedLoginVersion, undefined);
        assert.equal((await describeDomain(prefix)).ManagedLoginVersion, 2);
    });

    it("has somebody else change the domain only where it is written", async () => {
        const UserPoolId = prefixScene();
        aws.behaviour.chaos = { seed: 1, rate: 1, kinds: ["concurrentModification"] };
        await describeDomain(prefix);
        await refused(
            cognito.updateUserPoolDomain({ UserPoolId, Domain: prefix, ManagedLoginVersion: 2 }),
            "ConcurrentModificationException",
        );
        assert.equal(aws.domainOf(prefix)?.status, "ACTIVE");
    });
});
