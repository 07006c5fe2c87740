import assert from "node:assert/strict";
import { RestorePoints } from "../../../provider/plugin/restorePoints";

const ID = "us-west-2_A/auth.example.com";
const ADOPTION = {
    managed: ["managedLoginVersion" as const],
    found: { managedLoginVersion: 1 },
    applied: { managedLoginVersion: 2 },
};

describe("RestorePoints", () => {
    const shown = new RestorePoints();
    shown.remember(ID, { __adopted: ADOPTION });

    it("hands the restore point of the old half to the new one", () => {
        assert.deepEqual(shown.of(ID, {}, { managedLoginVersion: 2, securityPolicy: "TLS_V1" }), ADOPTION);
    });

    it("hands it on where the replacement asks for the custom domain in a replica's Region", () => {
        assert.deepEqual(shown.of(`us-east-2/${ID}`, {}, { managedLoginVersion: 2 }), ADOPTION);
    });

    it("does not where the domain no longer has what was put in force: it was re-created", () => {
        assert.deepEqual(shown.of(ID, {}, { managedLoginVersion: 1 }), { managed: [], found: {} });
    });

    it("does not to another domain", () => {
        assert.deepEqual(shown.of("us-west-2_A/other.example.com", {}, { managedLoginVersion: 2 }), {
            managed: [],
            found: {},
        });
    });

    it("goes on from its own where the resource is updated", () => {
        const own = { ...ADOPTION, found: { managedLoginVersion: 2 } };
        assert.deepEqual(shown.of(ID, { __adopted: own, status: "ACTIVE" }, { managedLoginVersion: 2 }), own);
    });

    it("does not of a state of version 0.1, which does not say what was put in force", () => {
        const old = new RestorePoints();
        const { applied: _, ...adopted } = ADOPTION;
        old.remember(ID, { __adopted: adopted });
        assert.deepEqual(old.of(ID, {}, { managedLoginVersion: 2 }), { managed: [], found: {} });
    });

    it("keeps an id that is not ours apart, and does not mind it", () => {
        const odd = new RestorePoints();
        odd.remember("nonsense", { __adopted: ADOPTION });
        assert.deepEqual(odd.of("nonsense", {}, { managedLoginVersion: 2 }), ADOPTION);
        assert.deepEqual(odd.of("other", {}, { managedLoginVersion: 2 }), { managed: [], found: {} });
    });
});
