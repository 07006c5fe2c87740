import assert from "node:assert/strict";
import { type Phase, weigh } from "../../../provider/checks/severity";
import type { Ground, Severity } from "../../../provider/model/findings";

const ABOUT = { code: "some-code", property: "domain", message: "seen", remedy: "Mend it" };

describe("weigh", () => {
    const table: [ground: Ground, phase: Phase, severity: Severity][] = [
        ["introduced", "preview", "error"],
        ["introduced", "update", "error"],
        ["mendable", "preview", "warning"],
        ["mendable", "update", "error"],
        ["unseen", "preview", "warning"],
        ["unseen", "update", "error"],
        ["advisory", "preview", "warning"],
        ["advisory", "update", "warning"],
    ];
    for (const [ground, phase, severity] of table) {
        it(`${ground} in the ${phase} is of severity ${severity}`, () => {
            assert.deepEqual(weigh([{ ...ABOUT, ground }], phase), [{ ...ABOUT, ground, severity }]);
        });
    }

    it("keeps the order", () => {
        const codes = ["b", "a", "c"];
        const weighed = weigh(
            codes.map((code) => ({ ...ABOUT, code, ground: "advisory" as const })),
            "update",
        );
        assert.deepEqual(
            weighed.map(({ code }) => code),
            codes,
        );
    });
});
