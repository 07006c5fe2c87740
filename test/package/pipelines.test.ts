import assert from "node:assert/strict";
import * as path from "node:path";
import { run } from "../../demo/shell";
import { ROOT, workflows } from "../support/pages";
import { installed, pythonOrSkip } from "../support/pypi";

const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";

describe("GitHub Actions workflows", () => {
    it("are as actionlint wants them", async function () {
        const go = await run("go", ["version"], { cwd: ROOT, env: process.env }).catch(() => undefined);
        if (go?.code !== 0) {
            console.log("      (skipped: actionlint needs Go, and there is none on PATH)");
            this.skip();
        }
        const env = { ...process.env, GOFLAGS: "-mod=mod" };
        const help = await run("go", ["run", ACTIONLINT, "-version"], { cwd: ROOT, env });
        if (help.code !== 0) {
            console.log(`      (skipped: actionlint could not be built: ${help.output.trim().split("\n").at(-1)})`);
            this.skip();
        }
        const { code, output } = await run("go", ["run", ACTIONLINT, ...workflows()], { cwd: ROOT, env });
        assert.equal(code, 0, output);
    });

    it("are safe for zizmor: pinned actions, no token that git keeps, no cache in the release, few permissions", async function () {
        const zizmor = path.join(await installed(await pythonOrSkip(this), "zizmor", "1.32.0"), "bin/zizmor");
        const { code, output } = await run(zizmor, ["--offline", ...workflows()], { cwd: ROOT, env: process.env });
        assert.equal(code, 0, output);
    });
});

describe("examples/unit-test", () => {
    it("passes as it is, without network, credentials or a home folder", async () => {
        const mocha = path.join(ROOT, "node_modules/.bin/mocha");
        const { code, output } = await run(mocha, ["--no-config", "--import=tsx", "index.test.ts"], {
            cwd: path.join(ROOT, "examples/unit-test"),
            env: { PATH: process.env.PATH, HOME: "/nonexistent", AWS_ENDPOINT_URL: "http://127.0.0.1:9" },
        });
        assert.equal(code, 0, output);
        assert.match(output, /2 passing/);
    });
});
