import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { PROVIDER_LOADER } from "../../../provider/program/loader";

const NAME = "pulumi-cognito-domain-settings";

/** What Pulumi does with the text: it is a module, whose `handler` is called once for every operation. */
const HOST = `
    const Module = require("module");
    const text = require("fs").readFileSync(process.argv[1], "utf8");
    const loaded = new Module("");
    loaded._compile(text, "");
    try {
        process.stdout.write(JSON.stringify({ provider: loaded.exports.handler() }));
    } catch (error) {
        process.stdout.write(JSON.stringify({ error: String(error), stack: error.stack, message: error.message }));
    }
`;

interface Answer {
    provider?: { from: string };
    error?: string;
    message?: string;
    stack?: string;
}

describe("PROVIDER_LOADER", () => {
    let root: string;

    beforeEach(async () => {
        root = await realpath(await mkdtemp(join(tmpdir(), "loader-")));
        await write("loader.txt", PROVIDER_LOADER);
    });
    afterEach(() => rm(root, { recursive: true }));

    async function write(path: string, content: string | object): Promise<void> {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
    }

    /** A package of our name there, whose provider tells where it is from. */
    async function install(folder: string): Promise<void> {
        const entry = { "./provider": { types: "./lib/p.d.ts", default: "./lib/p.js" } };
        await write(`${folder}/${NAME}/package.json`, { name: NAME, version: "1.0.0", exports: entry });
        await write(`${folder}/${NAME}/lib/p.js`, `exports.provider = { from: ${JSON.stringify(folder)} };`);
    }

    async function load(cwd: string): Promise<Answer> {
        await mkdir(join(root, cwd), { recursive: true });
        const { NODE_OPTIONS: _, NODE_PATH: __, ...env } = process.env;
        const { stdout } = await promisify(execFile)(process.execPath, ["-e", HOST, join(root, "loader.txt")], {
            cwd: join(root, cwd),
            env,
        });
        return JSON.parse(stdout) as Answer;
    }

    const inModules: [title: string, installed: string[], cwd: string, found: string][] = [
        ["in the working folder", ["app/node_modules"], "app", "app/node_modules"],
        ["in a folder above, past another package.json", ["app/node_modules"], "app/infra/deep", "app/node_modules"],
        ["nearest to it", ["app/node_modules", "app/infra/node_modules"], "app/infra", "app/infra/node_modules"],
        ["in itself, by its own name", ["somewhere"], `somewhere/${NAME}/examples/one`, "somewhere"],
    ];
    for (const [title, installed, cwd, found] of inModules) {
        it(`finds the package ${title}`, async () => {
            for (const folder of installed) {
                await install(folder);
            }
            await write("app/infra/package.json", { name: "infra" });
            assert.deepEqual(await load(cwd), { provider: { from: found } });
        });
    }

    for (const kind of ["dependencies", "devDependencies"]) {
        it(`finds it where one of the ${kind} depends on it, linked as pnpm does`, async () => {
            const store = "app/node_modules/.pnpm/component@1.0.0/node_modules";
            await install(store);
            await write(`${store}/@acme/component/package.json`, { name: "@acme/component", version: "1.0.0" });
            await mkdir(join(root, "app/node_modules/@acme"), { recursive: true });
            await symlink(join(root, store, "@acme/component"), join(root, "app/node_modules/@acme/component"));
            await write("app/package.json", { [kind]: { missing: "1", "@acme/component": "1.0.0" } });
            assert.deepEqual(await load("app/infra/deep"), { provider: { from: store } });
        });
    }

    it("takes the first dependency that has it", async () => {
        for (const name of ["none", "one", "two"]) {
            await write(`app/node_modules/${name}/package.json`, { name });
        }
        await install("app/node_modules/one/node_modules");
        await install("app/node_modules/two/node_modules");
        await write("app/package.json", { dependencies: { none: "1", one: "1", two: "1" } });
        assert.deepEqual(await load("app"), { provider: { from: "app/node_modules/one/node_modules" } });
    });

    const missing = (cwd: string) =>
        `the package ${NAME} cannot be found from ${join(root, cwd)}: run "npm install ${NAME}" there.`;

    it("fails with one sentence if there is none, with and without a package.json, or one without ./provider", async () => {
        const sentence = (cwd: string) => ({ error: NAME, stack: missing(cwd), message: missing(cwd) });
        assert.deepEqual(await load("bare"), sentence("bare"));
        await write("app/package.json", { dependencies: { "not-installed": "1" } });
        assert.deepEqual(await load("app"), sentence("app"));
        await write("empty/package.json", {});
        assert.deepEqual(await load("empty"), sentence("empty"));
        await write(`other/node_modules/${NAME}/package.json`, { name: NAME, exports: { ".": "./x.js" } });
        assert.equal((await load("other")).message, missing("other"));
    });

    it("hides no other trouble: a package that is broken inside", async () => {
        await write(`app/node_modules/${NAME}/package.json`, "{");
        assert.match((await load("app")).message ?? "", /package\.json|JSON/);
        await install("other/node_modules");
        await write(`other/node_modules/${NAME}/lib/p.js`, 'require("gone");');
        assert.match((await load("other")).message ?? "", /Cannot find module 'gone'/);
    });

    it("is small, and has no path, no version and no unusual character", () => {
        assert.ok(Buffer.byteLength(JSON.stringify(PROVIDER_LOADER)) <= 1080);
        assert.match(PROVIDER_LOADER, /^[\n\x20-\x7e]*$/);
        assert.doesNotMatch(PROVIDER_LOADER, /dist\/|\/home|\/work|\d+\.\d+\.\d+/);
    });

    it("is the text in people's states: change it only to fix it, together with its golden copy", async () => {
        assert.equal(PROVIDER_LOADER, await readFile(join(__dirname, "../../golden/provider-loader.txt"), "utf8"));
    });
});
