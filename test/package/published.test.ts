import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { run } from "../../demo/shell";
import { ROOT } from "../../demo/workspace";

describe("the packed tarball", () => {
    let folder: string;
    let tarball: string;

    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), "tarball-"));
        // Without the build: it is made before the tests, and others may be reading it now.
        const packed = await succeeds("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder]);
        const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
        tarball = path.join(folder, filename);
    });

    after(() => rmSync(folder, { recursive: true, force: true }));

    it("holds the build, README, license and nothing else", async () => {
        const files = (await succeeds("tar", ["-tzf", tarball])).trim().split("\n").sort();
        const others = files.filter((file) => !/^package\/dist\/\w+\.(js|d\.ts)$/.test(file));
        assert.deepEqual(others, ["package/LICENSE", "package/README.md", "package/package.json"]);
    });

    it("is as publint wants it", async () => {
        await succeeds(bin("publint"), [tarball, "--strict"]);
    });

    it("has types that are not wrong, for CommonJS and for ESM", async () => {
        // Without the resolution of TypeScript before 4.7, which knows no `exports`, and so no `./provider`.
        await succeeds(bin("attw"), [tarball, "--profile", "node16", "--format", "ascii"]);
    });
});

describe("package.json", () => {
    const { version, files, exports } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));

    it("has the version that CHANGELOG.md has last", () => {
        const [, last] = /^## (\S+)/m.exec(readFileSync(path.join(ROOT, "CHANGELOG.md"), "utf8")) ?? [];
        assert.equal(version, last);
    });

    it("keeps the entry that every state names", () => {
        assert.deepEqual(files, ["dist"]);
        assert.equal(exports["./provider"].default, "./dist/provider.js");
    });
});

function bin(name: string): string {
    return path.join(ROOT, "node_modules/.bin", name);
}

async function succeeds(command: string, args: string[]): Promise<string> {
    const { code, stdout, output } = await run(command, args, { cwd: ROOT, env: process.env });
    assert.equal(code, 0, output);
    return stdout;
}
