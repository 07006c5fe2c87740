import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
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
                assert.ok(existsSync(path.join(ROOT, target)), `${page}: ${link}`);
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

describe("README.md", () => {
    it("has at most 800 words, and shows the comment that examples/pr-pipeline has", () => {
        const readme = read("README.md");
        assert.ok(readme.trim().split(/\s+/).length <= 800);
        const [comment = ""] = /^### ❌ [\s\S]*?(?=\n\n## )/m.exec(read("examples/pr-pipeline/comments.md")) ?? [];
        // Formatters align tables.
        const text = (markdown: string) => markdown.replace(/^> ?/gm, "").replace(/-{3,}/g, "---").replace(/ +/g, " ");
        assert.ok(text(readme).includes(text(comment)));
    });

    it("names a test for every promise", () => {
        const [, promises = ""] = read("README.md").split("| Promise");
        const rows = promises.split("\n\n")[0]?.split("\n").slice(2) ?? [];
        assert.ok(rows.length >= 8);
        for (const row of rows) {
            const [, file = ""] = /\| `(test\/[\w/]+\.test\.ts)` +\|$/.exec(row) ?? [];
            assert.ok(existsSync(path.join(ROOT, file)) && file !== "", row);
        }
    });
});

describe("CHANGELOG.md", () => {
    it("has the form of Keep a Changelog, and names the version of the package, released or not", () => {
        const [, unreleased = "", ...released] = read("CHANGELOG.md").split(/^## /m);
        assert.match(unreleased, /^\[Unreleased\]\n/);
        for (const version of released) {
            assert.match(version, /^\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d\n/);
        }
        for (const kind of [unreleased, ...released].flatMap((version) => version.split(/^### /m).slice(1))) {
            assert.match(kind, /^(Added|Changed|Deprecated|Removed|Fixed|Security)\n\n- /);
        }
        const { version } = JSON.parse(read("package.json"));
        assert.ok(released[0]?.startsWith(`[${version}] - `) ?? unreleased.includes(version), version);
    });
});
