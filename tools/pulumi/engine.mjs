// Prints the folder of a Pulumi CLI that can run this repository's tests and examples: PATH="$(npm run -s engine):$PATH" pulumi preview
// It is the `pulumi` on PATH if that is fit, or what an earlier run has built, or a new build. Linux and macOS only.
// Plain Node.js without dependencies, since it runs before `npm ci`.

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

/** The oldest CLI accepted on PATH: as old as the oldest supported @pulumi/pulumi. */
const MINIMUM_CLI = "3.216.0";

const CLI = "pulumi";
const LANGUAGE_HOST = "pulumi-language-nodejs";
const DYNAMIC_PROVIDER = "pulumi-resource-pulumi-nodejs";

const PKG = "github.com/pulumi/pulumi/pkg/v3";
const SDK = "github.com/pulumi/pulumi/sdk/v3";
const HERE = path.dirname(fileURLToPath(import.meta.url));
const CLI_MODULE = path.join(HERE, "engine");
const HOST_MODULE = path.join(HERE, "language-nodejs");
const CLI_VERSION = requiredVersion(CLI_MODULE, PKG);
const CACHES = process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");
const CACHE = path.join(CACHES, "pulumi-cognito-domain-settings");
const BUILT = path.join(CACHE, `engine-${CLI_VERSION}-${checksum()}-${process.platform}-${process.arch}`);
const began = Date.now();

/** Why nothing was found that can be used. */
const reasons = [];

try {
    console.log(onPath() ?? cached() ?? (await build()));
} catch (error) {
    say(error.message);
    say("there is no Pulumi engine to run with. What to do, either of these, then run this again:");
    say(`  - install Pulumi ${MINIMUM_CLI} or newer: https://www.pulumi.com/docs/install/`);
    say(`  - install Go ${goVersion()} or newer, to have one built from the Go module proxy: https://go.dev/dl/`);
    process.exitCode = 1;
}

function onPath() {
    const folders = (process.env.PATH ?? "").split(path.delimiter).map((entry) => path.resolve(entry || "."));
    const found = folders.find((folder) => isExecutable(path.join(folder, CLI)));
    if (found === undefined) {
        reasons.push(`there is no \`${CLI}\` on PATH.`);
        return undefined;
    }
    // If the CLI is a symlink (in /usr/local/bin, say), the language host is next to its target.
    const folder = path.dirname(fs.realpathSync(path.join(found, CLI)));
    const fit = [found, folder].find((it) => whyUnfit(it) === undefined);
    if (fit === undefined) {
        reasons.push(`${path.join(found, CLI)} cannot be used: ${whyUnfit(found)}.`);
    }
    return fit;
}

function cached() {
    const reason = fs.existsSync(BUILT) ? whyUnfit(BUILT) : undefined;
    if (reason !== undefined) {
        reasons.push(`${BUILT} cannot be used: ${reason}.`);
        fs.rmSync(BUILT, { recursive: true });
    }
    return fs.existsSync(BUILT) ? BUILT : undefined;
}

async function build() {
    for (const reason of reasons) {
        say(reason);
    }
    fs.mkdirSync(CACHE, { recursive: true });
    // On the same disk as the final folder, so that a rename is enough.
    const bin = fs.mkdtempSync(path.join(CACHE, "making-"));
    process.once("exit", () => fs.rmSync(bin, { recursive: true, force: true }));
    say(
        `building Pulumi ${CLI_VERSION} from its Go modules. This takes 4 to 8 minutes on 2 cores, once. It will be kept in ${BUILT}.`,
    );
    const progress = setInterval(() => say(`still building, ${elapsedSeconds()} s so far.`), 60_000);
    try {
        // The small one first: if modules cannot be fetched, it fails in seconds.
        await goBuild(HOST_MODULE, `${SDK}/nodejs/cmd/pulumi-language-nodejs`, path.join(bin, LANGUAGE_HOST));
        await goBuild(CLI_MODULE, `${PKG}/cmd/pulumi`, path.join(bin, CLI));
        // Verbatim from the SDK: other scripts hang if node_modules is missing.
        const sdk = (await go(CLI_MODULE, ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", SDK])).trim();
        fs.copyFileSync(path.join(sdk, "nodejs", "dist", DYNAMIC_PROVIDER), path.join(bin, DYNAMIC_PROVIDER));
        fs.chmodSync(path.join(bin, DYNAMIC_PROVIDER), 0o755);
    } finally {
        clearInterval(progress);
    }
    const reason = whyUnfit(bin);
    if (reason !== undefined) {
        throw new Error(`what was built cannot be used: ${reason}.`);
    }
    try {
        fs.renameSync(bin, BUILT);
    } catch (error) {
        // Another run was faster; its folder may be in use already.
        if (!fs.existsSync(BUILT)) {
            throw error;
        }
    }
    say(`done after ${elapsedSeconds()} s.`);
    return BUILT;
}

/** Why the folder's CLI cannot be used; undefined if it can. */
function whyUnfit(folder) {
    // Even `pulumi version` writes logs to its home, ~/.pulumi by default.
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "pulumi-home-"));
    const { status, stdout, stderr, error } = spawnSync(path.join(folder, CLI), ["version"], {
        encoding: "utf8",
        env: { ...process.env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "1" },
        timeout: 20_000,
    });
    fs.rmSync(home, { recursive: true, force: true });
    const version = /^v?(\d+\.\d+\.\d+)/.exec(stdout ?? "")?.[1];
    if (status !== 0 || version === undefined) {
        return `\`${CLI} version\` does not print a version (${error?.message ?? `${stdout}${stderr}`.trim()})`;
    }
    if (version.localeCompare(MINIMUM_CLI, "en", { numeric: true }) < 0) {
        return `it is ${version}, and ${MINIMUM_CLI} is the oldest supported`;
    }
    const missing = [LANGUAGE_HOST, DYNAMIC_PROVIDER].filter((name) => !isExecutable(path.join(folder, name)));
    return missing.length > 0 ? `${missing.join(" and ")} missing beside it` : undefined;
}

function isExecutable(file) {
    try {
        fs.accessSync(file, fs.constants.X_OK);
        return fs.statSync(file).isFile();
    } catch {
        return false;
    }
}

/** Differs with every pinned version. */
function checksum() {
    const hash = createHash("sha256");
    for (const folder of [CLI_MODULE, HOST_MODULE]) {
        for (const name of ["go.mod", "go.sum"]) {
            hash.update(fs.readFileSync(path.join(folder, name)));
        }
    }
    return hash.digest("hex").slice(0, 8);
}

async function goBuild(module, command, output) {
    const version = `${SDK}/go/common/version.Version=v${requiredVersion(module, SDK)}`;
    await go(module, [
        ...["build", "-mod=readonly", "-buildvcs=false", "-trimpath"],
        ...["-ldflags", `-s -w -X ${version}`, "-o", output, command],
    ]);
}

/** Runs `go` to its end, and returns what it prints. It needs no C compiler, and ignores any go.work above this repository. */
function go(module, args) {
    const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
    let child;
    const stop = (signal) => {
        child?.kill(signal);
        process.exit(1);
    };
    // Before `go` runs: a signal without a handler would leave it, and the unfinished folder, behind.
    process.once("SIGINT", stop).once("SIGTERM", stop);
    child = spawn("go", args, { cwd: module, env, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (data) => (stdout += data));
    child.stderr.on("data", (data) => (stderr += data));
    return new Promise((resolve, reject) => {
        child.once("error", ({ code, message }) =>
            reject(new Error(code === "ENOENT" ? "there is no `go` on PATH." : message)),
        );
        child.once("close", (code) => {
            process.off("SIGINT", stop).off("SIGTERM", stop);
            const lines = stderr.split("\n").filter((line) => line.trim() && !line.startsWith("go: downloading "));
            const reason = `\`go ${args[0]}\` failed (exit code ${code}):\n    ${lines.slice(-15).join("\n    ")}`;
            return code === 0 ? resolve(stdout) : reject(new Error(reason));
        });
    });
}

function requiredVersion(module, dependency) {
    const words = fs.readFileSync(path.join(module, "go.mod"), "utf8").split(/\s+/);
    return words[words.indexOf(dependency) + 1].replace(/^v/, "");
}

function goVersion() {
    return /^go (\d+\.\d+)/m.exec(fs.readFileSync(path.join(CLI_MODULE, "go.mod"), "utf8"))[1];
}

function elapsedSeconds() {
    return Math.round((Date.now() - began) / 1000);
}

function say(text) {
    console.error(`engine: ${text}`);
}
