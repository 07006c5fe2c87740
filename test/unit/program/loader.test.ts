import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PROVIDER_LOADER } from "../../../provider/program/loader";

const NAME = "pulumi-cognito-domain-settings";

describe("PROVIDER_LOADER", () => {
    let root: string;
    const cwd = process.cwd();

    beforeEach(() => {
        root = realpathSync(mkdtempSync(join(tmpdir(), "loader-")));
    });
    afterEach(() => {
        process.chdir(cwd);
        rmSync(root, { recursive: true });
    });

    function write(path: string, content: string | object): void {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
    }

    /** A package of our name there, whose provider is the folder's name. */
    function install(folder: string): void {
        const entry = { "./provider": { types: "./lib/p.d.ts", default: "./lib/p.js" } };
        write(`${folder}/${NAME}/package.json`, { name: NAME, version: "1.0.0", exports: entry });
        write(`${folder}/${NAME}/lib/p.js`, `exports.provider = ${JSON.stringify(folder)};`);
    }

    /** Does what Pulumi does with the text: it is a module, whose `handler` is called once for every operation. */
    function load(folder: string): unknown {
        mkdirSync(join(root, folder), { recursive: true });
        process.chdir(join(root, folder));
        const loaded = new Module("") as Module & { _compile(text: string, file: string): void };
        loaded._compile(PROVIDER_LOADER, "");
        return loaded.exports.handler();
    }

    const inModules: [title: string, installed: string[], folder: string, found: string][] = [
        ["in the working folder", ["app/node_modules"], "app", "app/node_modules"],
        ["in a folder above, past another package.json", ["app/node_modules"], "app/infra/deep", "app/node_modules"],
        ["nearest to it", ["app/node_modules", "app/infra/node_modules"], "app/infra", "app/infra/node_modules"],
        ["in itself, by its own name", ["somewhere"], `somewhere/${NAME}/examples/one`, "somewhere"],
    ];
    for (const [title, installed, folder, found] of inModules) {
        it(`finds the package ${title}`, () => {
            installed.forEach(install);
            write("app/infra/package.json", { name: "infra" });
            assert.equal(load(folder), found);
        });
    }

    for (const kind of ["dependencies", "devDependencies"]) {
        it(`finds it where one of the ${kind} depends on it, linked as pnpm does`, () => {
            const store = "app/node_modules/.pnpm/component@1.0.0/node_modules";
            install(store);
            write(`${store}/@acme/component/package.json`, { name: "@acme/component", version: "1.0.0" });
            mkdirSync(join(root, "app/node_modules/@acme"), { recursive: true });
            symlinkSync(join(root, store, "@acme/component"), join(root, "app/node_modules/@acme/component"));
            write("app/package.json", { [kind]: { missing: "1", "@acme/component": "1.0.0" } });
            assert.equal(load("app/infra/deep"), store);
        });
    }

    it("fails with one sentence if there is none, with and without a package.json, or one without ./provider", () => {
        write("app/package.json", { dependencies: { "not-installed": "1" } });
        write("empty/package.json", {});
        write(`other/node_modules/${NAME}/package.json`, { name: NAME, exports: { ".": "./x.js" } });
        for (const folder of ["bare", "app", "empty", "other"]) {
            const message = `the package ${NAME} cannot be found from ${join(root, folder)}: run "npm install ${NAME}" there.`;
            assert.throws(
                () => load(folder),
                (error: Error) => {
                    assert.deepEqual([error.message, error.stack, String(error)], [message, message, NAME]);
                    return true;
                },
            );
        }
    });

    it("hides no other trouble: a package that is broken inside", () => {
        write(`app/node_modules/${NAME}/package.json`, "{");
        assert.throws(() => load("app"), /package\.json|JSON/);
        install("other/node_modules");
        write(`other/node_modules/${NAME}/lib/p.js`, 'require("gone");');
        assert.throws(() => load("other"), /Cannot find module 'gone'/);
    });

    it("is the text in people's states: change it only to fix it, together with its golden copy", () => {
        assert.equal(PROVIDER_LOADER, readFileSync(join(__dirname, "../../golden/provider-loader.txt"), "utf8"));
    });
});
