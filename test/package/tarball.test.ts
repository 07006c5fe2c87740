import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import { must } from "../engine/support/cli";
import { REPOSITORY } from "../engine/support/engine";
import { outside, type Packed, packed } from "./support/packed";

describe("the tarball", () => {
    let folder: string;
    let tarball: Packed;

    before(async () => {
        tarball = await packed();
        folder = await outside();
        await must("tar", ["-xzf", tarball.file], folder);
    });

    const content = (path: string) => readFile(join(folder, "package", path), "utf8");
    const manifest = async () => JSON.parse(await content("package.json"));

    it("holds the code and the types of every file of provider/, the pages, the examples, and nothing else", () => {
        const sources = readdirSync(join(REPOSITORY, "provider"), { recursive: true, encoding: "utf8" });
        const names = sources.filter((it) => it.endsWith(".ts")).map((it) => it.replace(/\.ts$/, ""));
        const built = names.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`]);
        assert.deepEqual(tarball.files.filter((path) => path.startsWith("dist/")).sort(), built.sort());
        const known = [/^dist\//, /^docs\/[\w-]+\.(md|json)$/, /^examples\/[\w-]+\//];
        const others = tarball.files.filter((path) => !known.some((pattern) => pattern.test(path)));
        assert.deepEqual(others, [
            "CHANGELOG.md",
            "LICENSE",
            "README.md",
            "SECURITY.md",
            "examples/tsconfig.json",
            "package.json",
            "provider/program/report/report.schema.json",
        ]);
    });

    it("has every file that README.md links to", async () => {
        const links = [...(await content("README.md")).matchAll(/\]\(([^):#]+)(#[^)]*)?\)/g)].map(
            ([, link = ""]) => link,
        );
        assert.ok(links.length > 10);
        const missing = links.filter((link) => !tarball.files.includes(link));
        assert.deepEqual(missing, []);
    });

    it("is small", () => {
        // 170 kB, with the comments in it. Declaration and source maps alone would add 100 kB.
        assert.ok(tarball.size < 220_000, `${tarball.size} bytes`);
    });

    it("has the entry that every state loads, one executable, nothing bundled, and no script that runs on installing", async () => {
        const { scripts = {}, bin, exports, bundleDependencies, license, peerDependencies } = await manifest();
        assert.equal(exports["./provider"].default, "./dist/provider.js");
        assert.deepEqual(bin, { "pulumi-cognito-domain-settings": "dist/program/command.js" });
        assert.equal(bundleDependencies, undefined);
        for (const hook of ["preinstall", "install", "postinstall", "prepare"]) {
            assert.equal(scripts[hook], undefined, hook);
        }
        assert.equal(license, "MIT");
        assert.match(await content("LICENSE"), /^MIT License/);
        assert.deepEqual(Object.keys(peerDependencies), ["@pulumi/pulumi"]);
    });

    /** The specifiers in a file's imports and requires. */
    async function importsOf(path: string): Promise<string[]> {
        const named = (await content(path)).matchAll(/(?:require\(|import\(|from )"([^"]+)"/g);
        return [...named].map(([, name]) => name ?? "");
    }

    /** The type files that a user's compiler reads. */
    async function visibleTypes(): Promise<string[]> {
        const seen = new Set(["dist/index.d.ts", "dist/provider.d.ts"]);
        for (const path of seen) {
            for (const name of await importsOf(path)) {
                if (name.startsWith(".")) {
                    seen.add(`${join(dirname(path), name)}.d.ts`);
                }
            }
        }
        return [...seen];
    }

    it("requires only what it depends on, in its code and in the types that users see", async () => {
        const { name: self, dependencies, peerDependencies } = await manifest();
        // In the program that `adopt` prints.
        const known = [self, ...Object.keys({ ...dependencies, ...peerDependencies })];
        const builtIn = new Set(builtinModules);
        for (const path of [...tarball.files.filter((it) => it.endsWith(".js")), ...(await visibleTypes())]) {
            for (const name of await importsOf(path)) {
                const own = name.startsWith(".") || name.startsWith("node:") || builtIn.has(name);
                const declared = known.some((it) => name === it || name.startsWith(`${it}/`));
                // gRPC is Pulumi's, and reached through it.
                const isPulumis = name === "@grpc/grpc-js" && (await content(path)).includes("createRequire");
                assert.ok(own || declared || isPulumis, `${path} requires ${name}`);
            }
        }
    });

    it("is as publint wants it", async () => {
        await must(bin("publint"), [tarball.file, "--strict"], REPOSITORY);
    });

    it("has types that are not wrong, for CommonJS and for ESM", async () => {
        // Except for TypeScript before 4.7, which does not support `exports`, and so no `./provider`.
        await must(bin("attw"), [tarball.file, "--profile", "node16", "--format", "ascii"], REPOSITORY);
    });

    it("holds no path of the machine that it was built on", async () => {
        for (const path of tarball.files) {
            const text = await content(path);
            assert.ok(!text.includes(folder) && !text.includes(REPOSITORY), path);
            assert.doesNotMatch(text, /sourceMappingURL/, path);
        }
    });
});

function bin(name: string): string {
    return join(REPOSITORY, "node_modules/.bin", name);
}
