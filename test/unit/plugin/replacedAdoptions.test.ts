import assert from "node:assert/strict";
import { ReplacedAdoptions } from "../../../provider/plugin/replacedAdoptions";

const ID = "us-west-2_A/auth.example.com";
const NONE = { managed: [], found: {}, applied: {} };
const ADOPTION = {
    managed: ["managedLoginVersion" as const],
    found: { managedLoginVersion: 1 },
    applied: { managedLoginVersion: 2 },
};

describe("ReplacedAdoptions", () => {
    const shown = new ReplacedAdoptions();
    shown.remember(ID, { __adopted: ADOPTION });

    it("hands the restore point of the old half to the new one", () => {
        assert.deepEqual(shown.of(ID, {}, { managedLoginVersion: 2, securityPolicy: "TLS_V1" }), ADOPTION);
    });

    it("hands it on where the replacement asks for the custom domain in a replica's Region", () => {
        assert.deepEqual(shown.of(`us-east-2/${ID}`, {}, { managedLoginVersion: 2 }), ADOPTION);
    });

    it("does not where the domain no longer has what was put in force: it was re-created", () => {
        assert.deepEqual(shown.of(ID, {}, { managedLoginVersion: 1 }), NONE);
    });

    it("hands it on where somebody else has another of its settings, which says nothing of this one", () => {
        const points = new ReplacedAdoptions();
        const adoption = {
            managed: ["managedLoginVersion" as const, "certificateArn" as const],
            found: { managedLoginVersion: 1, certificateArn: "arn:found" },
            applied: { managedLoginVersion: 2 },
        };
        points.remember(ID, { __adopted: adoption });
        assert.deepEqual(points.of(ID, {}, { managedLoginVersion: 2, certificateArn: "arn:theirs" }), adoption);
    });

    it("does not to another domain", () => {
        assert.deepEqual(shown.of("us-west-2_A/other.example.com", {}, { managedLoginVersion: 2 }), NONE);
    });

    it("goes on from its own where the resource is updated", () => {
        const own = { ...ADOPTION, found: { managedLoginVersion: 2 } };
        assert.deepEqual(shown.of(ID, { __adopted: own, status: "ACTIVE" }, { managedLoginVersion: 2 }), own);
    });

    it("does not once the resource itself is updated, and so not replaced", () => {
        const points = new ReplacedAdoptions();
        points.remember(ID, { __adopted: ADOPTION });
        points.forget(ID);
        assert.deepEqual(points.of(ID, {}, { managedLoginVersion: 2 }), NONE);
    });

    it("keeps an id that is not ours apart, and does not mind it", () => {
        const odd = new ReplacedAdoptions();
        odd.remember("nonsense", { __adopted: ADOPTION });
        assert.deepEqual(odd.of("nonsense", {}, { managedLoginVersion: 2 }), ADOPTION);
        assert.deepEqual(odd.of("other", {}, { managedLoginVersion: 2 }), NONE);
    });
});
