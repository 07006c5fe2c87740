import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { judged } from "../../support/findingScenes";
import { ROOT, read, rowsOf } from "../../support/pages";

describe("docs/findings.md", () => {
    it("has every code that the provider's source has, and no other", () => {
        assert.deepEqual(
            documented()
                .map(([code]) => code)
                .sort(),
            codesInSource(),
        );
    });

    it("says of each code what the judges say: argument, severity in the preview and in the update", () => {
        assert.deepEqual(Object.fromEntries(documented()), Object.fromEntries(judged()));
    });

    function documented(): [code: string, row: string][] {
        return rowsOf("docs/findings.md").map(([code = "", ...rest]) => [code, rest.slice(0, 3).join(" | ")]);
    }
});

/** String literals that the provider gives as a finding's code. */
function codesInSource(): string[] {
    const codes = new Set<string>();
    for (const file of readdirSync(path.join(ROOT, "provider"), { recursive: true, encoding: "utf8" })) {
        if (!file.endsWith(".ts")) {
            continue;
        }
        const tree = ts.createSourceFile(file, read(`provider/${file}`), ts.ScriptTarget.Latest, true);
        const literals = (node: ts.Node): void => {
            if (ts.isStringLiteral(node) && /^[a-z]+(-[a-z]+)+$/.test(node.text)) {
                codes.add(node.text);
            }
            node.forEachChild(literals);
        };
        const visit = (node: ts.Node): void => {
            if (ts.isPropertyAssignment(node) && node.name.getText() === "code") {
                literals(node.initializer);
            } else if (ts.isCallExpression(node) && node.expression.getText() === "unseen" && node.arguments[0]) {
                literals(node.arguments[0]);
            }
            node.forEachChild(visit);
        };
        visit(tree);
    }
    return [...codes].sort();
}
