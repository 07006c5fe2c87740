import assert from "node:assert/strict";
import { formatFinding, isFailing, type Severity } from "../../../provider/model/findings";

const ABOUT = { code: "some-code", property: "domain", message: "seen", remedy: "Fix it" };

describe("isFailing", () => {
    const table: [severity: Severity, strict: boolean, preflight: unknown, failing: boolean][] = [
        ["error", false, undefined, true],
        ["error", false, "error", true],
        ["error", false, "warn", false],
        ["error", false, "off", false],
        ["warning", false, undefined, false],
        ["warning", false, "error", false],
        ["warning", true, undefined, true],
        ["warning", true, "warn", true],
        ["error", true, "warn", true],
        ["error", true, "off", false],
        ["warning", true, "off", false],
    ];
    for (const [severity, strict, preflight, failing] of table) {
        it(`${failing} for a ${severity} with preflight ${preflight}${strict ? ", strict" : ""}`, () => {
            assert.equal(isFailing({ ...ABOUT, kind: "introduced", severity }, strict, preflight), failing);
        });
    }
});

describe("formatFinding", () => {
    it("is one line: where, what, how to fix it, code", () => {
        assert.equal(
            formatFinding({ ...ABOUT, kind: "introduced", severity: "error" }),
            "domain: seen. Fix it. [some-code]",
        );
    });

    it("stays one line, whatever AWS says", () => {
        assert.equal(
            formatFinding({
                ...ABOUT,
                kind: "introduced",
                severity: "error",
                message: "\u001b[2Jseen\n  - error: x",
            }),
            "domain: \\u001b[2Jseen - error: x. Fix it. [some-code]",
        );
    });
});
