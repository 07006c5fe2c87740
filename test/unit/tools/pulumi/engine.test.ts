import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
    chmodSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const FINDER = resolve(__dirname, "../../../../tools/pulumi/engine.mjs");
const SYSTEM_PATH = "/usr/bin:/bin";

interface Run {
    code: number | null;
    stdout: string;
    stderr: string;
}

/** Nothing here reaches the network: `curl` and `go` are shell scripts of the test's own, or not on PATH at all. */
describe("npm run engine", () => {
    let root: string;
    let fake: string;

    beforeEach(() => {
        root = mkdtempSync(join(tmpdir(), "engine-finder-"));
        fake = join(root, "fake");
        mkdirSync(fake);
    });

    afterEach(() => rmSync(root, { recursive: true, force: true }));

    function start(env: Record<string, string>, args: string[] = []) {
        // A bare environment: nothing that this machine has set takes part.
        const child = spawn(process.execPath, [FINDER, ...args], {
            cwd: root,
            env: { PATH: fake, HOME: join(root, "home"), XDG_CACHE_HOME: join(root, "cache"), ...env },
        });
        const result: Run = { code: null, stdout: "", stderr: "" };
        child.stdout.on("data", (data) => (result.stdout += data));
        child.stderr.on("data", (data) => (result.stderr += data));
        const ended = new Promise<Run>((done) => child.on("close", (code) => done({ ...result, code })));
        return { child, ended };
    }

    function find(env: Record<string, string> = {}, args: string[] = []): Promise<Run> {
        return start(env, args).ended;
    }

    function script(file: string, body: string): void {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `#!/bin/sh\n${body}\n`);
        chmodSync(file, 0o755);
    }

    function fakeEngine(folder: string, version = "v3.259.0", without: string[] = []): void {
        script(join(folder, "pulumi"), `echo ${version}`);
        for (const name of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
            if (!without.includes(name)) {
                script(join(folder, name), "exit 0");
            }
        }
    }

    async function cacheFolder(): Promise<string> {
        const { stderr } = await find({ PULUMI_ENGINE: "cache" });
        const folder = /there is no (\/.+) yet/.exec(stderr)?.[1];
        assert.ok(folder, stderr);
        return folder;
    }

    /** What is left in the cache besides the engine itself: work folders of runs that did not clean up. */
    function leftovers(): string[] {
        const cache = join(root, "cache", "pulumi-cognito-domain-settings");
        return existsSync(cache) ? readdirSync(cache).filter((name) => !name.startsWith("engine-")) : [];
    }

    /** A `go` that makes what the real one would: -o is followed by the file to write, `list` asks where the SDK is. */
    function fakeGo(beforeBuilding = ""): void {
        const sdk = join(root, "sdk");
        script(join(sdk, "nodejs", "dist", "pulumi-resource-pulumi-nodejs"), "exit 0");
        script(
            join(fake, "go"),
            [
                `[ "$1" = list ] && { echo ${sdk}; exit 0; }`,
                beforeBuilding,
                'while [ "$1" != -o ]; do shift; done',
                'printf "#!/bin/sh\\necho v3.259.0\\n" > "$2"',
                'chmod 755 "$2"',
            ].join("\n"),
        );
    }

    describe("the pulumi on PATH", () => {
        it("is taken when it is fit, and only its folder goes to stdout", async () => {
            fakeEngine(fake);
            assert.deepEqual(await find(), { code: 0, stdout: `${fake}\n`, stderr: "" });
        });

        it("is taken from where a symlink to it points", async () => {
            fakeEngine(join(root, "opt"));
            symlinkSync(join(root, "opt", "pulumi"), join(fake, "pulumi"));
            const { code, stdout } = await find();
            assert.equal(code, 0);
            assert.match(stdout, /\/opt\n$/);
        });

        it("may be as old as 3.216.0, and newer than any this repository knows", async () => {
            for (const version of ["v3.216.0", "3.1000.2", "v4.0.0-alpha.1"]) {
                fakeEngine(fake, version);
                assert.equal((await find({ PULUMI_ENGINE: "path" })).code, 0, version);
            }
        });

        const unfit: Record<string, [(folder: string) => void, RegExp]> = {
            "is too old": [(folder) => fakeEngine(folder, "v3.215.9"), /it is 3\.215\.9, and 3\.216\.0 is the oldest/],
            "lacks the language host": [
                (folder) => fakeEngine(folder, "v3.259.0", ["pulumi-language-nodejs"]),
                /does not do: pulumi-language-nodejs missing beside it/,
            ],
            "lacks the plugin of dynamic providers": [
                (folder) => fakeEngine(folder, "v3.259.0", ["pulumi-resource-pulumi-nodejs"]),
                /does not do: pulumi-resource-pulumi-nodejs missing beside it/,
            ],
            "does not run": [
                (folder) => script(join(folder, "pulumi"), "echo no libfoo >&2; exit 127"),
                /`pulumi version` fails \(no libfoo\)/,
            ],
            "is something else": [(folder) => fakeEngine(folder, "hello"), /does not print a version \(hello\)/],
            "is missing": [() => undefined, /there is no `pulumi` on PATH/],
        };
        for (const [what, [prepare, reason]] of Object.entries(unfit)) {
            it(`is refused with the reason when it ${what}`, async () => {
                prepare(fake);
                const { code, stdout, stderr } = await find({ PULUMI_ENGINE: "path" });
                assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
                assert.match(stderr, reason);
            });
        }
    });

    it("says why each source is out and what to do when there is none", async () => {
        fakeEngine(fake, "v3.100.0");
        const { code, stdout, stderr } = await find();
        assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
        assert.match(stderr, /path: .* it is 3\.100\.0/);
        assert.match(stderr, /cache: there is no/);
        assert.match(stderr, /build: there is no `go` on PATH/);
        assert.match(stderr, /install Pulumi 3\.216\.0 or newer: https:\/\/www\.pulumi\.com\/docs\/install/);
        assert.match(stderr, /install Go 1\.\d+ or newer.*https:\/\/go\.dev\/dl/);
        assert.deepEqual(leftovers(), []);
    });

    it("takes what an earlier run has left in the cache", async () => {
        const folder = await cacheFolder();
        fakeEngine(folder);
        assert.equal((await find()).stdout, `${folder}\n`);
    });

    it("makes a broken cached engine anew", async () => {
        const folder = await cacheFolder();
        fakeEngine(folder, "v3.259.0", ["pulumi-language-nodejs"]);
        fakeGo();
        const { stdout, stderr } = await find({ PATH: `${fake}:/bin` });
        assert.equal(stdout, `${folder}\n`, stderr);
        assert.match(stderr, /cache: .* pulumi-language-nodejs missing/);
        assert.ok(existsSync(join(folder, "pulumi-language-nodejs")));
        assert.deepEqual(leftovers(), []);
    });

    describe("the build", () => {
        const build = () => ({ PULUMI_ENGINE: "build", PATH: `${fake}:${SYSTEM_PATH}` });

        it("says at the start that it takes minutes, and can run twice at once", async () => {
            fakeGo();
            const runs = await Promise.all([find(build()), find(build())]);
            for (const { code, stdout, stderr } of runs) {
                assert.equal(code, 0, stderr);
                assert.equal(stdout, runs[0].stdout);
                assert.match(stderr, /This takes .* minutes/);
            }
            assert.deepEqual(leftovers(), []);
        });

        it("lets Go check every module against go.sum, and downloads nothing else", async () => {
            script(join(fake, "curl"), `touch ${root}/curl-ran`);
            fakeGo(`echo "$@" >> ${root}/go-args`);
            const { code, stderr } = await find({ PATH: `${fake}:${SYSTEM_PATH}` });
            assert.equal(code, 0, stderr);
            const builds = readFileSync(join(root, "go-args"), "utf8").trim().split("\n");
            assert.equal(builds.length, 2);
            assert.ok(builds.every((args) => args.startsWith("build -mod=readonly ")));
            assert.ok(!existsSync(join(root, "curl-ran")));
        });

        it("shows the end of what go says when it fails, and what to do", async () => {
            fakeGo("echo go: downloading x >&2; echo proxy.golang.org: connection refused >&2; exit 1");
            const { code, stdout, stderr } = await find(build());
            assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
            assert.match(stderr, /`go build` failed .*\n {4}proxy\.golang\.org: connection refused\n/);
            assert.doesNotMatch(stderr, /downloading/);
            assert.match(stderr, /install Pulumi/);
            assert.deepEqual(leftovers(), []);
        });

        it("leaves nothing behind when it is stopped, and stops go too", async () => {
            fakeGo(`touch ${root}/go-started; sleep 0.3; touch ${root}/go-survived`);
            const { child, ended } = start(build());
            while (!existsSync(join(root, "go-started"))) {
                await delay(5);
            }
            child.kill("SIGTERM");
            assert.equal((await ended).code, 143);
            assert.deepEqual(readdirSync(join(root, "cache", "pulumi-cognito-domain-settings")), []);
            await delay(350);
            assert.ok(!existsSync(join(root, "go-survived")));
        });
    });

    it("explains itself with --help and refuses what it does not know", async () => {
        const help = await find({}, ["--help"]);
        assert.equal(help.code, 0);
        assert.match(help.stdout, /PULUMI_ENGINE/);
        for (const run of [await find({ PULUMI_ENGINE: "magic" }), await find({}, ["--fast"])]) {
            assert.equal(run.code, 2);
            assert.equal(run.stdout, "");
            assert.match(run.stderr, /magic|--fast/);
        }
    });
});
