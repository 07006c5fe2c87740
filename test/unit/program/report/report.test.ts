import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Report, ReportWriter } from "../../../../provider/program/report/report";
import { resourceReport } from "../../../support/reports";

describe("ReportWriter", () => {
    let folder: string;
    let unwritable: unknown[];

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "report-"));
        unwritable = [];
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const writer = (file: string) =>
        new ReportWriter({
            file: path.join(folder, file),
            project: "project",
            stack: "test",
            onUnwritable: (error) => unwritable.push(error),
        });
    const entry = (name: string) => resourceReport({ name });
    const actionsIn = (file: string) => {
        const { resources }: Report = JSON.parse(readFileSync(path.join(folder, file), "utf8"));
        return resources.map(({ name, action }) => `${name}: ${action}`);
    };

    it("writes all that is known in the same turn, by number, since two may have one name, and leaves no other file", async () => {
        const report = writer("{project}-{stack}.json");
        report.put(2, entry("one"));
        await nextTurn();
        assert.deepEqual(actionsIn("project-test.json"), ["one: update"]);
        report.put(1, entry("one"));
        report.put(1, { ...entry("one"), action: "adopt" });
        // Once for both: with hundreds of resources, each would write hundreds of entries.
        assert.deepEqual(actionsIn("project-test.json"), ["one: update"]);
        await nextTurn();
        assert.deepEqual(actionsIn("project-test.json"), ["one: adopt", "one: update"]);
        assert.deepEqual(readdirSync(folder), ["project-test.json"]);
    });

    it("makes the folder that it writes to, and reports once that it cannot write", async () => {
        writer("new/folder/report.json").put(1, entry("one"));
        await nextTurn();
        assert.deepEqual(actionsIn("new/folder/report.json"), ["one: update"]);
        const report = writer("new/folder/report.json/report.json");
        report.put(1, entry("one"));
        await nextTurn();
        report.put(2, entry("two"));
        await nextTurn();
        assert.equal(unwritable.length, 1);
        assert.match(String(unwritable[0]), /ENOTDIR|EEXIST/);
    });
});
