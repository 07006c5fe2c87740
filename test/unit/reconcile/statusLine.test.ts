import assert from "node:assert/strict";
import { statusLine } from "../../../provider/reconcile/statusLine";
import { recordingEngine } from "../../support/operation";

describe("statusLine", () => {
    it("says nothing at first, and then not oftener than the interval", () => {
        const said: string[] = [];
        let now = 1000;
        const say = statusLine({ ...recordingEngine(), status: (text) => said.push(text) }, 100, () => now);
        say("at once");
        now = 1099;
        say("too soon");
        now = 1100;
        say("first");
        now = 1199;
        say("too soon again");
        now = 1250;
        say("second");
        assert.deepEqual(said, ["first", "second"]);
    });

    it("has an interval of its own in which a short wait shows nothing", () => {
        const said: string[] = [];
        statusLine({ ...recordingEngine(), status: (text) => said.push(text) })("at once");
        assert.deepEqual(said, []);
    });
});
