import assert from "node:assert/strict";
import { day } from "../../../provider/model/plainText";

describe("day", () => {
    it("is the date alone, in UTC", () => {
        assert.equal(day(new Date("2026-11-01T23:59:59.999Z")), "2026-11-01");
    });
});
