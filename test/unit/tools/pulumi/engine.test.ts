import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const FINDER = resolve(__dirname, "../../../../tools/pulumi/engine.mjs");

interface Run {
    code: number | null;
    stdout: string;
    stderr: string;
}

/** Nothing here reaches the network: `go` is a shell script of the test's own, or not on PATH at all. */
describe("npm run engine", () => {
    let root: string;
    let fake: string;

    beforeEach(() => {
        root = fs.mkdtempSync(join(tmpdir(), "engine-finder-"));
        fake = join(root, "fake");
        fs.mkdirSync(fake);
    });

    afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

    /** A bare environment: nothing that this machine has set takes part. */
    function start(PATH: string) {
        const env = { PATH, HOME: join(root, "home"), XDG_CACHE_HOME: join(root, "cache") };
        const child = spawn(process.execPath, [FINDER], { cwd: root, env });
        const result: Run = { code: null, stdout: "", stderr: "" };
        child.stdout.on("data", (data) => (result.stdout += data));
        child.stderr.on("data", (data) => (result.stderr += data));
        const ended = new Promise<Run>((done) => child.on("close", (code) => done({ ...result, code })));
        return { child, ended };
    }

    const find = () => start(fake).ended;
    const findOrBuild = () => start(`${fake}:/usr/bin:/bin`).ended;

    function script(file: string, body: string): void {
        fs.mkdirSync(dirname(file), { recursive: true });
        fs.writeFileSync(file, `#!/bin/sh\n${body}\n`);
        fs.chmodSync(file, 0o755);
    }

    function fakeEngine(folder: string, version = "v3.276.0", without = ""): void {
        script(join(folder, "pulumi"), `echo ${version}`);
        for (const name of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
            if (name !== without) {
                script(join(folder, name), "exit 0");
            }
        }
    }

    /** What is in the cache. */
    function cached(): string[] {
        const cache = join(root, "cache", "pulumi-cognito-domain-settings");
        return fs.existsSync(cache) ? fs.readdirSync(cache) : [];
    }

    /** A `go` that makes what the real one would: -o is followed by the file to write, `list` asks where the SDK is. */
    function fakeGo(beforeBuilding = ""): void {
        const sdk = join(root, "sdk");
        script(join(sdk, "nodejs", "dist", "pulumi-resource-pulumi-nodejs"), "exit 0");
        const build =
            'while [ "$1" != -o ]; do shift; done; printf "#!/bin/sh\\necho v3.276.0\\n" > "$2"; chmod 755 "$2"';
        script(join(fake, "go"), `[ "$1" = list ] && { echo ${sdk}; exit 0; }\n${beforeBuilding}\n${build}`);
    }

    it("takes the pulumi on PATH if it is fit, also from where a symlink to it points, and says nothing else", async () => {
        for (const version of ["v3.216.0", "3.1000.2", "v4.0.0-alpha.1"]) {
            fakeEngine(fake, version);
            assert.deepEqual(await find(), { code: 0, stdout: `${fake}\n`, stderr: "" });
        }
        fakeEngine(join(root, "opt"));
        fs.rmSync(fake, { recursive: true });
        fs.mkdirSync(fake);
        fs.symlinkSync(join(root, "opt", "pulumi"), join(fake, "pulumi"));
        assert.match((await find()).stdout, /\/opt\n$/);
    });

    const unfit: [what: string, prepare: (folder: string) => void, reason: RegExp][] = [
        ["is too old", (folder) => fakeEngine(folder, "v3.99.0"), /it is 3\.99\.0, and 3\.216\.0 is the oldest/],
        [
            "lacks the language host",
            (folder) => fakeEngine(folder, "v3.276.0", "pulumi-language-nodejs"),
            /cannot be used: pulumi-language-nodejs missing beside it/,
        ],
        ["does not run", (folder) => script(join(folder, "pulumi"), "exit 127"), /does not print a version/],
        ["is missing", () => undefined, /there is no `pulumi` on PATH/],
    ];
    for (const [what, prepare, reason] of unfit) {
        it(`says why, and what to do, if the pulumi on PATH ${what} and there is no Go`, async () => {
            prepare(fake);
            const { code, stdout, stderr } = await find();
            assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
            assert.match(stderr, reason);
            assert.match(stderr, /there is no `go` on PATH/);
            assert.match(stderr, /install Pulumi 3\.216\.0 or newer: https:\/\/www\.pulumi\.com\/docs\/install/);
            assert.match(stderr, /install Go 1\.\d+ or newer.*https:\/\/go\.dev\/dl/);
            assert.deepEqual(cached(), []);
        });
    }

    it("builds an engine, even twice at once, which later runs take from the cache, and replaces a broken one", async () => {
        // No build goes on before both have begun.
        const builders = join(root, "builders");
        fs.mkdirSync(builders);
        const meet = `touch ${builders}/$PPID; until [ $(ls ${builders} | wc -l) -ge 2 ]; do sleep 0.01; done`;
        fakeGo(`echo "$@" >> ${root}/go-args\n${meet}`);
        const [first, second] = await Promise.all([findOrBuild(), findOrBuild()]);
        assert.equal(first.code, 0, first.stderr);
        assert.equal(second.stdout, first.stdout);
        assert.equal(second.code, 0, second.stderr);
        assert.match(first.stderr, /This takes .* minutes/);
        // Go checks every module against go.sum.
        const builds = fs.readFileSync(join(root, "go-args"), "utf8").trim().split("\n");
        assert.deepEqual([...new Set(builds.map((args) => args.split(" -buildvcs")[0]))], ["build -mod=readonly"]);
        assert.deepEqual(await find(), { code: 0, stdout: first.stdout, stderr: "" });
        fs.rmSync(join(first.stdout.trim(), "pulumi-language-nodejs"));
        const third = await findOrBuild();
        assert.equal(third.stdout, first.stdout, third.stderr);
        assert.match(third.stderr, /pulumi-language-nodejs missing/);
        assert.equal(cached().length, 1);
    });

    it("shows the end of what go says if it fails, and what to do", async () => {
        fakeGo("echo go: downloading x >&2; echo proxy.golang.org: connection refused >&2; exit 1");
        const { code, stdout, stderr } = await findOrBuild();
        assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
        assert.match(stderr, /`go build` failed .*\n {4}proxy\.golang\.org: connection refused\n/);
        assert.doesNotMatch(stderr, /downloading/);
        assert.match(stderr, /install Pulumi/);
        assert.deepEqual(cached(), []);
    });

    it("leaves nothing behind when it is stopped", async () => {
        fakeGo(`touch ${root}/go-started; exec sleep 60`);
        const { child, ended } = start(`${fake}:/usr/bin:/bin`);
        while (!fs.existsSync(join(root, "go-started"))) {
            await delay(5);
        }
        child.kill("SIGTERM");
        assert.equal((await ended).code, 1);
        assert.deepEqual(cached(), []);
    });
});
