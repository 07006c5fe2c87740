import assert from "node:assert/strict";
import { needsCorrection } from "../../../provider/model/drift";

describe("needsCorrection", () => {
    const desired = { managedLoginVersion: 2 };
    const drifted = (status: string) =>
        needsCorrection({ status, settings: { managedLoginVersion: 1 } }, desired, desired, []);

    it("is drift of a domain at rest, and any domain whose last update failed", () => {
        assert.deepEqual(["ACTIVE", "FAILED", "UPDATING", "CREATING"].map(drifted), [true, true, false, false]);
        assert.equal(needsCorrection({ status: "FAILED", settings: desired }, desired, desired, []), true);
    });
});
