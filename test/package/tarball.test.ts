import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { REPOSITORY } from "../engine/support/engine";
import { must, type Packed, pack, temporaryFolder } from "./support/packed";

describe("the tarball", () => {
    let folder: string;
    let packed: Packed;

    before(async () => {
        folder = await temporaryFolder();
        packed = await pack(folder);
        await must("tar", ["-xzf", packed.file], folder);
    });
    after(() => rm(folder, { recursive: true, force: true }));

    const content = (path: string) => readFile(join(folder, "package", path), "utf8");
    const manifest = async () => JSON.parse(await content("package.json"));

    it("holds the package, a README, a LICENSE, and the built code with its types: nothing else", () => {
        const others = packed.files.filter((path) => !/^dist\/\w+\.(js|d\.ts)$/.test(path));
        assert.deepEqual(others, ["LICENSE", "README.md", "package.json"]);
        for (const entry of ["index", "provider"]) {
            assert.ok(packed.files.includes(`dist/${entry}.js`) && packed.files.includes(`dist/${entry}.d.ts`));
        }
    });

    it("has for every file of provider/ its code and its types", async () => {
        const { stdout } = await must("ls", ["provider"], REPOSITORY);
        const sources = stdout.trim().split("\n").sort();
        const built = packed.files.filter((path) => path.endsWith(".js"));
        assert.deepEqual(built, sources.map((name) => `dist/${name.replace(/\.ts$/, ".js")}`).sort());
        assert.equal(packed.files.filter((path) => path.endsWith(".d.ts")).length, sources.length);
    });

    it("is small", () => {
        assert.ok(packed.size < 100_000, `${packed.size} bytes`);
    });

    it("has no executable, nothing bundled, and no script that runs on installing", async () => {
        const { scripts = {}, bin, bundleDependencies } = await manifest();
        assert.deepEqual([bin, bundleDependencies], [undefined, undefined]);
        for (const hook of ["preinstall", "install", "postinstall", "prepare"]) {
            assert.equal(scripts[hook], undefined, hook);
        }
    });

    it("names files that are there in its manifest", async () => {
        const { main, types, exports, license, peerDependencies } = await manifest();
        const named = [main, types, ...Object.values(exports).flatMap((it) => Object.values(Object(it)))].filter(
            (path): path is string => typeof path === "string" && path.length > 1,
        );
        assert.ok(named.length >= 6);
        for (const path of named) {
            assert.ok(packed.files.includes(path.replace(/^\.\//, "")), path);
        }
        assert.equal(license, "MIT");
        assert.match(await content("LICENSE"), /^MIT License/);
        assert.deepEqual(Object.keys(peerDependencies), ["@pulumi/pulumi"]);
    });

    /** What a file names in imports and requires. */
    async function importsOf(path: string): Promise<string[]> {
        const named = (await content(path)).matchAll(/(?:require\(|import\(|from )"([^"]+)"/g);
        return [...named].map(([, name]) => name ?? "");
    }

    /** The types that a user's compiler reads: those behind the entries. */
    async function visibleTypes(): Promise<string[]> {
        const seen = new Set(["dist/index.d.ts", "dist/provider.d.ts"]);
        for (const path of seen) {
            for (const name of await importsOf(path)) {
                if (name.startsWith("./")) {
                    seen.add(`dist/${name.slice(2).replace(/\.js$/, "")}.d.ts`);
                }
            }
        }
        return [...seen];
    }

    it("requires only what it depends on, in its code and in the types that users see", async () => {
        const { dependencies, peerDependencies } = await manifest();
        const known = Object.keys({ ...dependencies, ...peerDependencies });
        const builtIn = new Set(builtinModules);
        for (const path of [...packed.files.filter((it) => it.endsWith(".js")), ...(await visibleTypes())]) {
            for (const name of await importsOf(path)) {
                const own = name.startsWith(".") || name.startsWith("node:") || builtIn.has(name);
                const declared = known.some((it) => name === it || name.startsWith(`${it}/`));
                // gRPC is Pulumi's, and reached through it.
                const isPulumis = name === "@grpc/grpc-js" && (await content(path)).includes("createRequire");
                assert.ok(own || declared || isPulumis, `${path} requires ${name}`);
            }
        }
    });

    it("holds no path of the machine that it was built on", async () => {
        for (const path of packed.files) {
            const text = await content(path);
            assert.ok(!text.includes(folder) && !text.includes(REPOSITORY), path);
            assert.doesNotMatch(text, /sourceMappingURL/, path);
        }
    });
});
