import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { newRunId, PROCESS_TAG, runsElsewhereHere, tagsOf } from "../../../acceptance/runId";

describe("the id of an acceptance run", () => {
    it("says when it began, and is another one each time", () => {
        const began = new Date("2026-11-24T05:23:45Z");
        assert.match(newRunId(began), /^20261124-0523-[0-9a-f]{4}$/);
    });

    it("has a sweep spare the run of another living process of this machine, and no other", () => {
        const host = hostname().replace(/[^\w.-]/g, "-");
        assert.equal(runsElsewhereHere(`${host}/${process.ppid}`), true);
        assert.equal(runsElsewhereHere(tagsOf("run")[PROCESS_TAG]), false);
        assert.equal(runsElsewhereHere(`${host}/${spawnSync(process.execPath, ["-e", ""]).pid}`), false);
        assert.equal(runsElsewhereHere(`another-${host}/${process.ppid}`), false);
        assert.equal(runsElsewhereHere(undefined), false);
    });
});
