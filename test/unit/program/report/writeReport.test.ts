import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Report } from "../../../../provider/program/report/report";
import { entryOf } from "../../../../provider/program/report/reportEntry";
import { ReportWriter } from "../../../../provider/program/report/writeReport";

const entry = (name: string) =>
    entryOf({
        name,
        args: { domain: `${name}.example.com` },
        findings: [],
        refused: false,
        secret: [],
        redact: (text) => text,
    });

describe("ReportWriter", () => {
    let folder: string;
    let moved: string[];
    let unwritable: unknown[];

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "report-"));
        moved = [];
        unwritable = [];
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const writer = (file: string, stack = "test") =>
        new ReportWriter({
            file: path.join(folder, file),
            project: "project",
            stack,
            onMoved: (other) => moved.push(path.basename(other)),
            onUnwritable: (error) => unwritable.push(error),
        });
    const read = (file: string): Report => JSON.parse(readFileSync(path.join(folder, file), "utf8"));
    const namesIn = (file: string) => read(file).resources.map(({ name }) => name);

    it("makes the folder that it writes to, and reports once that it cannot write", () => {
        writer("new/folder/report.json").put(1, entry("one"));
        assert.deepEqual(namesIn("new/folder/report.json"), ["one"]);
        const report = writer("new/folder/report.json/report.json");
        report.put(1, entry("one"));
        report.put(2, entry("two"));
        assert.equal(unwritable.length, 1);
        assert.match(String(unwritable[0]), /ENOTDIR|EEXIST/);
    });

    it("writes all that is known after each resource, and leaves no other file", () => {
        const report = writer("report.json");
        report.put(1, entry("one"));
        assert.deepEqual(namesIn("report.json"), ["one"]);
        report.put(2, entry("two"));
        report.put(1, { ...entry("one"), action: "adopt" });
        assert.deepEqual(
            read("report.json").resources.map(({ name, action }) => [name, action]),
            [
                ["one", "adopt"],
                ["two", "none"],
            ],
        );
        assert.deepEqual(readdirSync(folder), ["report.json"]);
    });

    it("has an entry each for resources of one name", () => {
        const report = writer("report.json");
        report.put(1, entry("one"));
        report.put(2, entry("one"));
        assert.deepEqual(namesIn("report.json"), ["one", "one"]);
    });

    it("puts project and stack into the name", () => {
        writer("{project}-{stack}.json").put(1, entry("one"));
        assert.deepEqual(namesIn("project-test.json"), ["one"]);
    });

    it("does not destroy the report of a program beside it", () => {
        const [one, two] = [writer("report.json", "one"), writer("report.json", "two")];
        one.put(1, entry("one"));
        const text = readFileSync(path.join(folder, "report.json"), "utf8");
        two.put(1, entry("two"));
        two.put(2, entry("three"));
        one.put(1, entry("one"));
        assert.equal(readFileSync(path.join(folder, "report.json"), "utf8"), text);
        assert.deepEqual(namesIn("report.project.two.json"), ["two", "three"]);
        assert.deepEqual(moved, ["report.project.two.json"]);
    });

    it("replaces what is older than the program, or no report", () => {
        writer("report.json", "other").put(1, entry("old"));
        utimesSync(path.join(folder, "report.json"), 1, 1);
        writer("report.json").put(1, entry("one"));
        assert.deepEqual(namesIn("report.json"), ["one"]);
        writeFileSync(path.join(folder, "report.json"), "no report");
        writer("report.json").put(1, entry("one"));
        assert.deepEqual(namesIn("report.json"), ["one"]);
        assert.deepEqual(moved, []);
    });
});
