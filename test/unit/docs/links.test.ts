import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import * as path from "node:path";
import { ROOT, read, rowsOf } from "../../support/pages";

/** Lower folders first: none imports from one after it. */
const ORDER = ["model/", "inputs/", "checks/", "plan/", "aws/", "reconcile/", "program/", "plugin/"];

describe("the pages", () => {
    const pages = ["docs", "examples/pr-pipeline", "examples/unit-test", "."].flatMap((folder) =>
        readdirSync(path.join(ROOT, folder))
            .filter((name) => name.endsWith(".md"))
            .map((name) => path.join(folder, name)),
    );
    for (const page of pages) {
        it(`${page} links to pages and headings that exist`, () => {
            const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? "");
            for (const link of links.filter((it) => !/^[a-z]+:/.test(it))) {
                const [file = "", anchor] = link.split("#");
                const target = file === "" ? page : path.join(path.dirname(page), file);
                assert.doesNotThrow(() => readdirOrFile(target), `${page}: ${link}`);
                if (anchor) {
                    assert.ok(anchorsOf(target).includes(anchor), `${page}: ${link}`);
                }
            }
        });
    }

    it("CONTRIBUTING.md names every folder of the provider", () => {
        const folders = readdirSync(path.join(ROOT, "provider"), { withFileTypes: true })
            .filter((it) => it.isDirectory())
            .map(({ name }) => `${name}/`);
        assert.deepEqual(
            rowsOf("CONTRIBUTING.md")
                .map(([folder = ""]) => folder)
                .filter((folder) => ORDER.includes(folder)),
            folders.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)),
        );
    });

    function readdirOrFile(target: string): unknown {
        try {
            return read(target);
        } catch {
            return readdirSync(path.join(ROOT, target));
        }
    }

    function anchorsOf(page: string): string[] {
        return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
            heading
                .toLowerCase()
                .replace(/[^\w\s-]/g, "")
                .trim()
                .replace(/\s/g, "-"),
        );
    }
});
