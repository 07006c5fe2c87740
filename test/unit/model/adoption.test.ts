import assert from "node:assert/strict";
import { adoptedIn, recordedSettings } from "../../../provider/model/adoption";
import { ARN, OTHER_ARN } from "../../support/certificates";

const ADOPTED = { managed: ["managedLoginVersion" as const], found: { managedLoginVersion: 1 }, applied: {} };
const NONE = { managed: [], found: {}, applied: {} };

describe("adoptedIn", () => {
    it("reads the record", () => {
        assert.deepEqual(adoptedIn({ __adopted: ADOPTED }), ADOPTED);
        const late = { ...ADOPTED, attempted: { managedLoginVersion: 2 } };
        assert.deepEqual(adoptedIn({ __adopted: late }), late);
    });

    it("takes all that is managed for its own in a state of version 0.1, which does not tell", () => {
        const { applied: _, ...record } = ADOPTED;
        const outputs = { __adopted: record, managedLoginVersion: 2, customDomainConfig: { certificateArn: ARN } };
        assert.deepEqual(adoptedIn(outputs), { ...ADOPTED, applied: { managedLoginVersion: 2 } });
    });

    for (const outputs of [
        {},
        { __adopted: null },
        { __adopted: "x" },
        { __adopted: { managed: "x" } },
        { __adopted: [] },
    ]) {
        it(`is empty in ${JSON.stringify(outputs)}`, () => {
            assert.deepEqual(adoptedIn(outputs), NONE);
        });
    }
});

describe("recordedSettings", () => {
    it("gives all that the record holds, and nothing that is no object", () => {
        const found = { certificateArn: ARN };
        const applied = { certificateArn: OTHER_ARN };
        assert.deepEqual(recordedSettings({ __adopted: { found, applied, attempted: null, other: "x" } }), [
            found,
            applied,
        ]);
    });

    for (const outputs of [{}, { __adopted: null }, { __adopted: "x" }, { __adopted: 7 }]) {
        it(`are none in ${JSON.stringify(outputs)}`, () => {
            assert.deepEqual(recordedSettings(outputs), []);
        });
    }
});
