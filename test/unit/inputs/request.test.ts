import assert from "node:assert/strict";
import { PROGRAM } from "../../../provider/inputs/programFacts";
import { requestOf } from "../../../provider/inputs/request";
import { UNKNOWN } from "../../../provider/inputs/unknown";

describe("what a preview does with findings", () => {
    const table: [inputs: Record<string, unknown>, preflight: string][] = [
        [{}, "error"],
        [{ preflight: UNKNOWN }, "warn"],
        [{ acceptFindings: [UNKNOWN] }, "warn"],
        [{ minimumCertificateValidityDays: UNKNOWN }, "warn"],
        [{ preflight: "off", acceptFindings: UNKNOWN }, "off"],
    ];
    for (const [inputs, preflight] of table) {
        it(`is ${preflight} with ${JSON.stringify(inputs).replaceAll(UNKNOWN, "unknown")}`, () => {
            assert.equal(requestOf(inputs, {}, false).preflight, preflight);
        });
    }

    it("refuses no certificate by a default that the program may not have", () => {
        const minimum = (minimumCertificateValidityDays: unknown) =>
            requestOf({ minimumCertificateValidityDays }, {}, false).minimumCertificateValidityDays;
        assert.deepEqual([minimum(UNKNOWN), minimum(7), minimum(undefined)], [0, 7, undefined]);
    });
});

describe("a setting under ignoreChanges", () => {
    const table: [isNew: boolean | "unknown", desired: object, ignored: string[], unknown: string[]][] = [
        [true, { managedLoginVersion: 2 }, [], []],
        [false, {}, ["managedLoginVersion", "failover"], []],
        ["unknown", {}, ["managedLoginVersion", "failover"], ["managedLoginVersion"]],
    ];
    for (const [isNew, desired, ignored, unknown] of table) {
        it(`is ${unknown.length > 0 ? "not known" : isNew ? "sent" : "left"} if a create is to complete: ${isNew}`, () => {
            const program = { ignoreChanges: ["managedLoginVersion", "routing"], secret: [] };
            const request = requestOf({ managedLoginVersion: 2, [PROGRAM]: program }, {}, isNew);
            assert.deepEqual([request.desired, request.ignored, request.unknown], [desired, ignored, unknown]);
        });
    }
});
