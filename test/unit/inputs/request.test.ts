import assert from "node:assert/strict";
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
