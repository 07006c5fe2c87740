import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
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

    it("has an executable nothing, a pinned nothing, and no script that runs on installing", async () => {
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

    it("requires only what it depends on", async () => {
        const { dependencies, peerDependencies } = await manifest();
        const known = Object.keys({ ...dependencies, ...peerDependencies });
        const code = packed.files.filter((path) => /\.(js|d\.ts)$/.test(path));
        for (const path of code) {
            const text = await content(path);
            const names = [...text.matchAll(/(?:require\(|import\(|from )"([^"]+)"/g)].map(([, name]) => name ?? "");
            for (const name of names) {
                const own = name.startsWith(".") || name.startsWith("node:");
                const isBuiltIn = ["module", "fs", "path"].includes(name);
                const foreign = known.some((it) => name === it || name.startsWith(`${it}/`));
                // gRPC is taken from @pulumi/pulumi itself, by its own name.
                const isPulumis = name === "@grpc/grpc-js" && text.includes("createRequire");
                assert.ok(own || isBuiltIn || foreign || isPulumis, `${path} requires ${name}`);
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
