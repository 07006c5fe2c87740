import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { ROOT } from "../../demo/workspace";

const PAGES = ["README.md", "CONTRIBUTING.md", ...readdirSync(path.join(ROOT, "docs")).map((name) => `docs/${name}`)];

/** The real types of @pulumi/aws if installed, otherwise a small stand-in. */
const PULUMI_AWS = existsSync(path.join(ROOT, "node_modules/@pulumi/aws"))
    ? "node_modules/@pulumi/aws"
    : "test/fixtures/pulumi-aws.d.ts";

interface Block {
    /** A path in the clone, so that the block finds the package by its own name. */
    file: string;
    text: string;
}

describe("programs in the documentation", () => {
    it("compile", () => {
        const blocks = PAGES.filter((page) => page.endsWith(".md")).flatMap(blocksOf);
        assert.ok(blocks.length > 3);
        assert.deepEqual(problemsIn(blocks), []);
    }).timeout(60_000);
});

/** The TypeScript blocks of a page; a name that ends in the block's line, to find it by. */
function blocksOf(page: string): Block[] {
    const text = readFileSync(path.join(ROOT, page), "utf8");
    return [...text.matchAll(/^```(?:ts|typescript)\n([\s\S]*?)^```/gm)].map((match) => {
        const line = text.slice(0, match.index).split("\n").length + 1;
        return { file: path.join(ROOT, `${page.replace(/\.md$/, "")}-line-${line}.ts`), text: match[1] ?? "" };
    });
}

/** TypeScript's diagnostics, against the built package. */
function problemsIn(blocks: Block[]): string[] {
    const { options } = ts.convertCompilerOptionsFromJson(
        {
            target: "ES2022",
            module: "node16",
            moduleResolution: "node16",
            strict: true,
            skipLibCheck: true,
            noEmit: true,
            rootDir: ".",
            types: ["node"],
            paths: { "@pulumi/aws": [`./${PULUMI_AWS}`] },
        },
        ROOT,
    );
    const texts = new Map(blocks.map(({ file, text }) => [file, `${text}\nexport {};\n`]));
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile } = host;
    host.fileExists = (file) => texts.has(file) || fileExists(file);
    host.readFile = (file) => texts.get(file) ?? readFile(file);
    const globals = path.join(ROOT, "test/fixtures/docs-globals.d.ts");
    const program = ts.createProgram([globals, ...texts.keys()], options, host);
    return ts.getPreEmitDiagnostics(program).map(textOf);
}

function textOf({ file, start, messageText }: ts.Diagnostic): string {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}
