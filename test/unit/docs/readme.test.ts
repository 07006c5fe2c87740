import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { ROOT, read } from "../../support/pages";

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
