import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as ts from "typescript";

const ROOT = path.join(__dirname, "../..");
const RULE = "lint/style/noRestrictedImports";
const BIOME = require.resolve("@biomejs/biome/bin/biome");

/** Each folder may import from itself and from these. */
const MAY_IMPORT: Record<string, string[]> = {
    model: [],
    inputs: ["model"],
    checks: ["model", "inputs"],
    plan: ["model", "inputs", "checks"],
    aws: ["model", "inputs", "checks", "plan"],
    reconcile: ["model", "inputs", "checks", "plan", "aws"],
    program: ["model", "inputs", "checks", "plan", "aws", "reconcile"],
    plugin: ["model", "inputs", "checks", "plan", "aws", "reconcile"],
};
const FOLDERS = Object.keys(MAY_IMPORT);
/** Folders that may not import a package. */
const MAY_NOT_IMPORT_PACKAGE: Record<string, string[]> = {
    "@aws-sdk/client-acm": FOLDERS.filter((folder) => folder !== "aws"),
    "@pulumi/pulumi": ["model", "checks", "plan", "aws", "reconcile"],
};
const MOST_LINES = 220;

interface Import {
    from: string;
    to: string;
}

describe("the folders of the provider", () => {
    it("are these", () => {
        const entries = readdirSync(path.join(ROOT, "provider"), { withFileTypes: true });
        const names = (folders: boolean) =>
            entries.filter((it) => it.isDirectory() === folders).map(({ name }) => name);
        assert.deepEqual(names(true).sort(), [...FOLDERS].sort());
        assert.deepEqual(names(false).sort(), ["index.ts", "provider.ts"]);
    });

    it("import from lower ones only, types too", () => {
        assert.deepEqual(wrongImports(path.join(ROOT, "provider")), []);
    });

    it("take at most types from @pulumi/pulumi where no program runs", () => {
        const values = sourceFiles(path.join(ROOT, "provider"))
            .filter((file) => file.startsWith("inputs/"))
            .filter((file) =>
                importDeclarations(path.join(ROOT, "provider", file)).some(
                    ({ specifier, isTypeOnly }) => /^@pulumi\/pulumi(\/|$)/.test(specifier) && !isTypeOnly,
                ),
            );
        assert.deepEqual(values, []);
    });

    it(`have no file over ${MOST_LINES} lines`, () => {
        const tooLong = sourceFiles(path.join(ROOT, "provider")).filter(
            (file) => linesOf(readFileSync(path.join(ROOT, "provider", file), "utf8")) > MOST_LINES,
        );
        assert.deepEqual(tooLong, []);
    });

    it("are measured without the docstrings", () => {
        assert.equal(linesOf("/**\n * Two\n * lines.\n */\nexport const a = 1; // short\n/* kept */\n"), 2);
        assert.equal(linesOf('const a = "/**";\nconst b = 1;\nconst c = "*/";\n'), 3);
    });

    describe("with a wrong import planted", () => {
        let copy: string;

        before(() => {
            copy = mkdtempSync(path.join(tmpdir(), "folders-"));
            cpSync(path.join(ROOT, "biome.json"), path.join(copy, "biome.json"));
        });
        after(() => rmSync(copy, { recursive: true }));
        afterEach(() => rmSync(path.join(copy, "provider"), { recursive: true }));

        /** Makes a file that imports this, and returns its path below provider/. */
        function plant(file: string, specifier: string, kind: "value" | "type" = "value"): string {
            const target = path.join(copy, "provider", file);
            const [keyword, use] = kind === "type" ? ["import type", "type Y"] : ["import", "const y"];
            mkdirSync(path.dirname(target), { recursive: true });
            writeFileSync(target, `${keyword} { x } from "${specifier}";\n\nexport ${use} = x;\n`);
            return file;
        }

        /** The files that `biome check` refuses for what they import. */
        function refused(): string[] {
            const { stdout, stderr } = spawnSync(
                process.execPath,
                [BIOME, "check", "--vcs-enabled=false", "--max-diagnostics=none", "--reporter=json", "provider"],
                { cwd: copy, encoding: "utf8" },
            );
            assert.match(stdout, /^\{/, stderr);
            const { diagnostics } = JSON.parse(stdout) as {
                diagnostics: { category: string; location: { path: string } }[];
            };
            assert.deepEqual(
                [...new Set(diagnostics.map(({ category }) => category))].filter((it) => it !== RULE),
                [],
            );
            return diagnostics.map(({ location }) => path.posix.relative("provider", location.path)).sort();
        }

        for (const folder of FOLDERS) {
            it(`${folder}/ is refused every folder that it may not have, and no other`, () => {
                const wrong: string[] = [];
                for (const other of FOLDERS.filter((it) => it !== folder)) {
                    const planted = [
                        plant(`${folder}/${other}.ts`, `../${other}/file`),
                        plant(`${folder}/${other}Type.ts`, `../${other}/file`, "type"),
                        plant(`${folder}/below/${other}.ts`, `../../${other}/file`),
                    ];
                    if (!MAY_IMPORT[folder]?.includes(other)) {
                        wrong.push(...planted);
                    }
                }
                assert.deepEqual(refused(), wrong.sort());
                assert.deepEqual(
                    [...new Set(wrongImports(path.join(copy, "provider")).map(({ from }) => from))].sort(),
                    wrong,
                );
            });
        }

        for (const [name, folders] of Object.entries(MAY_NOT_IMPORT_PACKAGE)) {
            it(`${name} is refused where it does not belong, and nowhere else`, () => {
                for (const folder of FOLDERS) {
                    plant(`${folder}/file.ts`, name);
                }
                assert.deepEqual(refused(), folders.map((folder) => `${folder}/file.ts`).sort());
            });
        }
    });
});

/** Imports between folders that MAY_IMPORT does not have, however they are spelled. */
function wrongImports(provider: string): Import[] {
    return sourceFiles(provider).flatMap((from) =>
        importDeclarations(path.join(provider, from))
            .filter(({ specifier }) => specifier.startsWith("."))
            .map(({ specifier }) => ({ from, to: path.posix.join(path.posix.dirname(from), specifier) }))
            .filter(({ to }) => {
                const [folder = "", other = ""] = [from, to].map((it) => it.split("/")[0]);
                return FOLDERS.includes(folder) && folder !== other && !MAY_IMPORT[folder]?.includes(other);
            }),
    );
}

/** Paths below this folder. */
function sourceFiles(folder: string): string[] {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .sort();
}

/** What a file imports and re-exports, `import("...")` and `require("...")` included. */
function importDeclarations(file: string): { specifier: string; isTypeOnly: boolean }[] {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
    const found: { specifier: string; isTypeOnly: boolean }[] = [];
    const visit = (node: ts.Node): void => {
        if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
            const isTypeOnly = ts.isImportDeclaration(node)
                ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
                : node.isTypeOnly;
            add(node.moduleSpecifier, isTypeOnly);
        } else if (ts.isImportTypeNode(node)) {
            add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
        } else if (
            ts.isCallExpression(node) &&
            (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText(source) === "require")
        ) {
            add(node.arguments[0], false);
        }
        ts.forEachChild(node, visit);
    };
    const add = (specifier: ts.Node | undefined, isTypeOnly: boolean) => {
        if (specifier && ts.isStringLiteralLike(specifier)) {
            found.push({ specifier: specifier.text, isTypeOnly });
        }
    };
    visit(source);
    return found;
}

/** The lines of a source without its docstrings. */
function linesOf(text: string): number {
    const source = ts.createSourceFile("file.ts", text, ts.ScriptTarget.ES2022, true);
    const inDocstrings = new Set<number>();
    const visit = (node: ts.Node): void => {
        for (const doc of ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)) {
            const line = (position: number) => source.getLineAndCharacterOfPosition(position).line;
            for (let number = line(doc.pos); number <= line(doc.end); number++) {
                inDocstrings.add(number);
            }
        }
        ts.forEachChild(node, visit);
    };
    visit(source);
    return text.trimEnd().split("\n").length - inDocstrings.size;
}
