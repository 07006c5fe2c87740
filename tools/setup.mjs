// Installs the dependencies with `npm ci` if they are missing or older than the lock file, so that `npm run demo` and `npm test`
// work in a fresh clone.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function modified(file) {
    return statSync(new URL(file, `file://${root}`), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

if (modified("node_modules/.package-lock.json") < modified("package-lock.json")) {
    console.error("Installing the dependencies: npm ci");
    const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
        cwd: root,
        stdio: ["ignore", 2, 2],
    });
    process.exit(status ?? 1);
}
