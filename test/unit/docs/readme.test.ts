import assert from "node:assert/strict";
import { read } from "../../support/pages";

describe("README.md", () => {
    it("fits into 120 lines, and shows the comment that examples/pr-pipeline has", () => {
        const readme = read("README.md");
        assert.ok(readme.split("\n").length <= 120);
        const [comment = ""] = read("examples/pr-pipeline/comment-refused.md").split("\n\n<details>");
        // Formatters align tables.
        const text = (markdown: string) => markdown.replace(/^> ?/gm, "").replace(/-{3,}/g, "---").replace(/ +/g, " ");
        assert.ok(text(readme).includes(text(comment)));
    });

    it("gives a test for every promise", () => {
        const [, promises = ""] = read("README.md").split("| Promise");
        const rows = promises.split("\n\n")[0]?.split("\n").slice(2) ?? [];
        assert.ok(rows.length >= 8);
        assert.deepEqual(
            rows.filter((row) => !/\]\(test\/[\w/]+\.test\.ts\) +\|$/.test(row)),
            [],
        );
    });
});
