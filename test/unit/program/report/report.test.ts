import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
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

    it("writes all that is known after each resource, by number, since two may have one name, and leaves no other file", () => {
        const report = writer("{project}-{stack}.json");
        report.put(2, entry("one"));
        assert.deepEqual(actionsIn("project-test.json"), ["one: update"]);
        report.put(1, entry("one"));
        report.put(1, { ...entry("one"), action: "adopt" });
        assert.deepEqual(actionsIn("project-test.json"), ["one: adopt", "one: update"]);
        assert.deepEqual(readdirSync(folder), ["project-test.json"]);
    });

    it("makes the folder that it writes to, and reports once that it cannot write", () => {
        writer("new/folder/report.json").put(1, entry("one"));
        assert.deepEqual(actionsIn("new/folder/report.json"), ["one: update"]);
        const report = writer("new/folder/report.json/report.json");
        report.put(1, entry("one"));
        report.put(2, entry("two"));
        assert.equal(unwritable.length, 1);
        assert.match(String(unwritable[0]), /ENOTDIR|EEXIST/);
    });
});
