import assert from "node:assert/strict";
import { droppedFrom, type ManagementRecord, recordIn } from "../../../provider/model/record";
import type { Settings } from "../../../provider/model/settings";

const RAISED: ManagementRecord = {
    before: { managedLoginVersion: 1, securityPolicy: "TLS_V1" },
    desired: { managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" },
    raised: true,
};

describe("recordIn", () => {
    const table: [record: unknown, read: ManagementRecord | undefined][] = [
        [RAISED, RAISED],
        [{}, { before: {}, desired: {} }],
        ...[undefined, null, true, "text", 7].map((odd): [unknown, undefined] => [odd, undefined]),
    ];
    for (const [record, read] of table) {
        it(`reads ${JSON.stringify(record)}`, () => assert.deepEqual(recordIn({ __record: record }), read));
    }
});

describe("droppedFrom", () => {
    it("has what the program no longer names; a raised TLS policy only with the version", () => {
        const table: [desired: Settings, dropped: string[]][] = [
            [{ managedLoginVersion: 2 }, []],
            [{ managedLoginVersion: 1 }, []],
            [{}, ["managedLoginVersion", "securityPolicy"]],
            [RAISED.desired, []],
        ];
        for (const [desired, dropped] of table) {
            assert.deepEqual(droppedFrom(RAISED, desired), dropped);
        }
        const named = { ...RAISED, raised: undefined };
        assert.deepEqual(droppedFrom(named, { managedLoginVersion: 2 }), ["securityPolicy"]);
    });
});
