import assert from "node:assert/strict";
import { Replacements, replacementMarker } from "../../../provider/plugin/replacements";

const verdict = (number?: number) => ({
    resource: "auth",
    number,
    args: {},
    subject: {},
    findings: [],
    ifUnchanged: [],
    ignoreChanges: [],
    others: [],
});
const OLDS = { userPoolId: "us-west-2_AbCdEfGhI", domain: "auth.example.com" };

describe("Replacements", () => {
    it("are the resources that are checked as new after they were checked against the state", () => {
        const replacements = new Replacements();
        assert.equal(replacements.note(verdict(1), OLDS), undefined);
        assert.equal(replacements.note(verdict(2), {}), undefined);
        assert.equal(replacements.note(verdict(1), {}), OLDS);
    });

    it("are none where no preview tells", () => {
        const replacements = new Replacements();
        for (const odd of [undefined, null, 7, {}, verdict()]) {
            assert.equal(replacements.note(odd, OLDS), undefined);
            assert.equal(replacements.note(odd, {}), undefined);
        }
    });
});

describe("replacementMarker", () => {
    const other = { ...OLDS, domain: "other.example.com" };

    it("names the domain that is left, where the former settings come back", () => {
        assert.equal(replacementMarker({ ...OLDS, onDelete: "restore" }, other), "auth.example.com");
    });

    it("names none where nothing comes back", () => {
        assert.equal(replacementMarker(OLDS, other), true);
        assert.equal(replacementMarker({ ...OLDS, onDelete: "restore", __deletedWith: true }, other), true);
        assert.equal(replacementMarker({ ...OLDS, onDelete: "restore" }, { ...OLDS, region: "us-east-2" }), true);
    });
});
