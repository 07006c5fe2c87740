import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Python 3.10 or later, or why there is none. */
export async function findPython(): Promise<{ python: string } | { missing: string }> {
    try {
        const { stdout } = await run("python3", ["-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"]);
        const [major = 0, minor = 0] = stdout.trim().split(".").map(Number);
        return major > 3 || (major === 3 && minor >= 10)
            ? { python: "python3" }
            : { missing: `python3 is ${stdout.trim()}, 3.10 is needed` };
    } catch {
        return { missing: "there is no python3 with venv" };
    }
}

/** The folder of this package of PyPI, in a virtual environment of its own in the user's cache folder. */
export async function installed(python: string, name: string, version: string): Promise<string> {
    const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "pulumi-cognito-domain-settings");
    const folder = join(cache, `${name}-${version}`);
    if (!existsSync(join(folder, "complete"))) {
        await rm(folder, { recursive: true, force: true });
        await mkdir(cache, { recursive: true });
        await run(python, ["-m", "venv", folder]);
        await run(join(folder, "bin", "pip"), ["install", "--quiet", `${name}==${version}`]);
        await mkdir(join(folder, "installing"));
        await rename(join(folder, "installing"), join(folder, "complete"));
    }
    return folder;
}
