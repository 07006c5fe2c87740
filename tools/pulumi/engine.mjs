// Prints the folder of a Pulumi CLI that can run this repository's tests and examples; builds one if there is none.
// Plain Node.js without dependencies, since it runs before `npm ci`.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

// The oldest CLI accepted on PATH: as old as the oldest supported @pulumi/pulumi. docs/limits.md lists what was tested
// with it.
const MINIMUM_CLI = "3.216.0";
const PROGRESS_EVERY_S = 15;
const BUILD_TIME = "4 to 8 minutes on 2 cores";
const DAY_MS = 24 * 60 * 60 * 1000;

const CLI = "pulumi";
const LANGUAGE_HOST = "pulumi-language-nodejs";
const DYNAMIC_PROVIDER = "pulumi-resource-pulumi-nodejs";

const PKG = "github.com/pulumi/pulumi/pkg/v3";
const SDK = "github.com/pulumi/pulumi/sdk/v3";
const HERE = path.dirname(fileURLToPath(import.meta.url));
const CLI_MODULE = path.join(HERE, "engine");
const HOST_MODULE = path.join(HERE, "language-nodejs");
const CLI_VERSION = requiredVersion(CLI_MODULE, PKG);
const CACHE_ROOT = path.join(
    process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"),
    "pulumi-cognito-domain-settings",
);
const CACHE_FOLDER = path.join(CACHE_ROOT, `engine-${cacheKey()}`);

const HELP = `Usage: npm run -s engine        (or: node tools/pulumi/engine.mjs)

Prints the absolute path of a folder that holds a working Pulumi CLI and its Node.js language host, for example for
    PATH="$(npm run -s engine):$PATH" pulumi preview
Only that path goes to stdout; progress and reasons go to stderr. Looks, in this order, at
    path        the \`pulumi\` on PATH, if it is ${MINIMUM_CLI} or newer, with ${LANGUAGE_HOST} and
                ${DYNAMIC_PROVIDER} beside it
    cache       what an earlier run has left in
                ${CACHE_FOLDER}
    build       a build from the Go modules pinned beside this script, into the cache: ${BUILD_TIME}. Go checks every
                module against the checksums in go.sum; nothing else is downloaded

Environment:
    PULUMI_ENGINE    path, cache or build: use that source only
    XDG_CACHE_HOME   where caches live (default: ~/.cache)

Linux and macOS only. Exit code: 0 found, 1 none to be had, 2 wrong usage.`;

const SOURCES = {
    path: findOnPath,
    cache: findInCache,
    build: buildFromModules,
};

/** The running command's process group and its folder: both are removed if this script is stopped. */
const cleanup = { group: undefined, folder: undefined };
const began = Date.now();

process.exitCode = await main(process.argv.slice(2), process.env.PULUMI_ENGINE || undefined);

async function main(args, forced) {
    if (args.includes("--help") || args.includes("-h")) {
        console.log(HELP);
        return 0;
    }
    if (args.length > 0 || (forced !== undefined && !Object.hasOwn(SOURCES, forced))) {
        say(`cannot make sense of ${args.length > 0 ? args.join(" ") : `PULUMI_ENGINE=${forced}`}; see --help.`);
        return 2;
    }
    if (process.platform === "win32") {
        say("Windows is not supported by this script: work in WSL, or install Pulumi and run the tests with that:");
        say("https://www.pulumi.com/docs/install/");
        return 1;
    }
    cleanUpWhenStopped();
    for (const source of forced === undefined ? Object.keys(SOURCES) : [forced]) {
        try {
            const folder = await SOURCES[source]({ replace: forced !== undefined });
            console.log(folder);
            return 0;
        } catch (error) {
            say(`${source}: ${error.message}`);
        } finally {
            removeWorkFolder();
        }
    }
    say("there is no Pulumi engine to run with. What to do, either of these, then run this again:");
    say(`  - install Pulumi ${MINIMUM_CLI} or newer: https://www.pulumi.com/docs/install/`);
    say(`  - install Go ${goVersionNeeded()} or newer, to have one built from the Go module proxy: https://go.dev/dl/`);
    return 1;
}

// ---- The three sources: each returns a folder, or throws an Error with the reason

async function findOnPath() {
    const found = pathEntries().find((folder) => isExecutable(path.join(folder, CLI)));
    if (found === undefined) {
        throw new Error(`there is no \`${CLI}\` on PATH.`);
    }
    const reason = await whyUnfit(found);
    if (reason === undefined) {
        return found;
    }
    // If the CLI is a symlink (in /usr/local/bin, say), the language host is next to its target.
    const real = path.dirname(fs.realpathSync(path.join(found, CLI)));
    if (real !== found && (await whyUnfit(real)) === undefined) {
        return real;
    }
    throw new Error(`${path.join(found, CLI)} does not do: ${reason}.`);
}

async function findInCache() {
    if (!fs.existsSync(CACHE_FOLDER)) {
        throw new Error(`there is no ${CACHE_FOLDER} yet.`);
    }
    await insistOnFit(CACHE_FOLDER);
    return CACHE_FOLDER;
}

async function buildFromModules({ replace }) {
    if (!pathEntries().some((folder) => isExecutable(path.join(folder, "go")))) {
        throw new Error("there is no `go` on PATH.");
    }
    const bin = path.join(makeWorkFolder(), "bin");
    fs.mkdirSync(bin);
    say(`build: building Pulumi ${CLI_VERSION} from its Go modules. This takes ${BUILD_TIME}, once.`);
    say(`build: It will be kept in ${CACHE_FOLDER}.`);
    // The small one first: if modules cannot be fetched, it fails in seconds.
    await goBuild(HOST_MODULE, `${SDK}/nodejs/cmd/pulumi-language-nodejs`, bin, LANGUAGE_HOST);
    await goBuild(CLI_MODULE, `${PKG}/cmd/pulumi`, bin, CLI);
    // Verbatim from the SDK: other scripts hang if node_modules is missing.
    const listed = await go(CLI_MODULE, ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", SDK]);
    fs.copyFileSync(path.join(listed.trim(), "nodejs", "dist", DYNAMIC_PROVIDER), path.join(bin, DYNAMIC_PROVIDER));
    fs.chmodSync(path.join(bin, DYNAMIC_PROVIDER), 0o755);
    const folder = await publish(bin, replace);
    say(`build: done after ${elapsedSeconds()} s.`);
    return folder;
}

// ---- Checks

async function insistOnFit(folder) {
    const reason = await whyUnfit(folder);
    if (reason !== undefined) {
        throw new Error(`what is in ${folder} does not do: ${reason}.`);
    }
}

async function whyUnfit(folder) {
    // Even `pulumi version` writes logs to its home, ~/.pulumi by default.
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "pulumi-home-"));
    const { code, output } = await run(path.join(folder, CLI), ["version"], {
        env: { ...process.env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "1" },
        limitSeconds: 20,
    });
    fs.rmSync(home, { recursive: true, force: true });
    if (code !== 0) {
        return `\`${CLI} version\` fails (${lastLine(output)})`;
    }
    const version = /^v?(\d+\.\d+\.\d+)/m.exec(output)?.[1];
    if (version === undefined) {
        return `\`${CLI} version\` does not print a version (${lastLine(output)})`;
    }
    if (isOlder(version, MINIMUM_CLI)) {
        return `it is ${version}, and ${MINIMUM_CLI} is the oldest supported`;
    }
    const missing = [LANGUAGE_HOST, DYNAMIC_PROVIDER].filter((name) => !isExecutable(path.join(folder, name)));
    return missing.length > 0 ? `${missing.join(" and ")} missing beside it` : undefined;
}

function isOlder(version, than) {
    const [a, b] = [version, than].map((text) => text.split(".").map(Number));
    const differing = a.findIndex((part, i) => part !== b[i]);
    return differing >= 0 && a[differing] < b[differing];
}

function isExecutable(file) {
    try {
        fs.accessSync(file, fs.constants.X_OK);
        return fs.statSync(file).isFile();
    } catch {
        return false;
    }
}

// ---- The cache

/** Differs with every pinned version. */
function cacheKey() {
    const hash = createHash("sha256");
    for (const folder of [CLI_MODULE, HOST_MODULE]) {
        for (const name of ["go.mod", "go.sum"]) {
            hash.update(fs.readFileSync(path.join(folder, name)));
        }
    }
    return `${CLI_VERSION}-${hash.digest("hex").slice(0, 8)}-${process.platform}-${process.arch}`;
}

/** A temporary folder on the same disk as the final one, so that a rename is enough. */
function makeWorkFolder() {
    fs.mkdirSync(CACHE_ROOT, { recursive: true });
    removeAbandonedWorkFolders();
    cleanup.folder = fs.mkdtempSync(path.join(CACHE_ROOT, "making-"));
    return cleanup.folder;
}

/** Removes the folders of killed runs; none that is active is a day old. */
function removeAbandonedWorkFolders() {
    for (const name of fs.readdirSync(CACHE_ROOT).filter((entry) => entry.startsWith("making-"))) {
        const folder = path.join(CACHE_ROOT, name);
        const modified = fs.statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
        if (Date.now() - modified > DAY_MS) {
            fs.rmSync(folder, { recursive: true, force: true });
        }
    }
}

/** Moves a complete folder into place, atomically. */
async function publish(folder, replace) {
    await insistOnFit(folder);
    if (renamed(folder, CACHE_FOLDER)) {
        return CACHE_FOLDER;
    }
    // Another run was faster, and its folder may be in use. A broken one is replaced.
    if (replace || (await whyUnfit(CACHE_FOLDER)) !== undefined) {
        renamed(CACHE_FOLDER, path.join(cleanup.folder, "replaced"));
        renamed(folder, CACHE_FOLDER);
    }
    await insistOnFit(CACHE_FOLDER);
    return CACHE_FOLDER;
}

function renamed(from, to) {
    try {
        fs.renameSync(from, to);
        return true;
    } catch (error) {
        if (["ENOTEMPTY", "EEXIST", "ENOENT"].includes(error.code)) {
            return false;
        }
        throw error;
    }
}

function removeWorkFolder() {
    if (cleanup.folder !== undefined) {
        fs.rmSync(cleanup.folder, { recursive: true, force: true });
        cleanup.folder = undefined;
    }
}

function cleanUpWhenStopped() {
    for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 })) {
        process.once(signal, () => {
            killGroup(cleanup.group);
            removeWorkFolder();
            process.exit(code);
        });
    }
}

// ---- Go

async function goBuild(module, command, bin, name) {
    const sdk = requiredVersion(module, SDK);
    const version = `${SDK}/go/common/version.Version=v${sdk}`;
    const report = () => say(`build: still at ${name}, ${elapsedSeconds()} s so far.`);
    const progress = setInterval(report, PROGRESS_EVERY_S * 1000);
    try {
        await go(module, [
            ...["build", "-mod=readonly", "-buildvcs=false", "-trimpath"],
            ...["-ldflags", `-s -w -X ${version}`, "-o", path.join(bin, name), command],
        ]);
    } finally {
        clearInterval(progress);
    }
}

async function go(module, args) {
    // Needs no C compiler, and ignores any go.work above this repository.
    const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
    const { code, output, stdout } = await run("go", args, { cwd: module, env });
    if (code !== 0) {
        const tail = output.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("go: downloading "));
        throw new Error(
            [
                `\`go ${args[0]}\` failed in ${path.relative(process.cwd(), module) || "."} (exit code ${code}):`,
                ...tail.slice(-15).map((line) => `    ${line}`),
            ].join("\n"),
        );
    }
    return stdout;
}

function requiredVersion(module, dependency) {
    const text = fs.readFileSync(path.join(module, "go.mod"), "utf8");
    const version = text.split(/\s+/).find((_, i, words) => words[i - 1] === dependency);
    if (version === undefined) {
        throw new Error(`${module}/go.mod does not require ${dependency}.`);
    }
    return version.replace(/^v/, "");
}

function goVersionNeeded() {
    return /^go (\d+\.\d+)/m.exec(fs.readFileSync(path.join(CLI_MODULE, "go.mod"), "utf8"))[1];
}

// ---- Processes and text

/** Runs a command to its end, in its own process group, so that a time limit or a signal ends its children too. */
function run(command, args, { limitSeconds, ...options } = {}) {
    return new Promise((resolve) => {
        const child = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
        cleanup.group = child.pid;
        let [output, stdout, limit] = ["", "", undefined];
        const finish = (code) => {
            clearTimeout(limit);
            cleanup.group = undefined;
            resolve({ code, output, stdout });
        };
        child.stdout.on("data", (data) => {
            output += data;
            stdout += data;
        });
        child.stderr.on("data", (data) => {
            output += data;
        });
        child.on("error", (error) => {
            output += error.code === "ENOENT" ? `${command} not found` : error.message;
            finish(127);
        });
        child.on("close", (code, signal) => finish(code ?? signal));
        if (limitSeconds !== undefined) {
            limit = setTimeout(() => {
                output += `\nno end after ${limitSeconds} s`;
                killGroup(child.pid);
            }, limitSeconds * 1000);
        }
    });
}

function killGroup(group) {
    try {
        if (group !== undefined) {
            process.kill(-group, "SIGKILL");
        }
    } catch {
        // It has exited already.
    }
}

function pathEntries() {
    return (process.env.PATH ?? "").split(path.delimiter).map((entry) => path.resolve(entry || "."));
}

function elapsedSeconds() {
    return Math.round((Date.now() - began) / 1000);
}

function lastLine(output) {
    return output.trim().split("\n").at(-1) || "it says nothing";
}

function say(text) {
    console.error(`engine: ${text}`);
}
