import assert from "node:assert/strict";
import { Replacements } from "../../../provider/plugin/replacements";

const verdict = (number?: number) => ({
    resource: "auth",
    number,
    args: {},
    subject: {},
    findings: [],
    ifUnchanged: [],
    ignoreChanges: [],
});
const OLDS = { domain: "auth.example.com" };

describe("Replacements", () => {
    it("are the resources that are checked as new after they were checked against the state", () => {
        const replacements = new Replacements();
        assert.equal(replacements.note(verdict(1), OLDS), false);
        assert.equal(replacements.note(verdict(2), {}), false);
        assert.equal(replacements.note(verdict(1), {}), true);
    });

    it("are none where no preview tells", () => {
        const replacements = new Replacements();
        for (const odd of [undefined, null, 7, {}, verdict()]) {
            assert.equal(replacements.note(odd, OLDS), false);
            assert.equal(replacements.note(odd, {}), false);
        }
    });
});
