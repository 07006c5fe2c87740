import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Python 3.10 or later; without one, the test is skipped. */
export async function pythonOrSkip(test: Mocha.Context): Promise<string> {
    const isFit = "import sys, venv; sys.exit(sys.version_info < (3, 10))";
    await run("python3", ["-c", isFit]).catch(() => {
        console.log("      (skipped: there is no python3 from 3.10 on with venv)");
        test.skip();
    });
    return "python3";
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
