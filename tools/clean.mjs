import { rmSync } from "node:fs";

// Removes the folders named on the command line: `rm -rf` for every platform.
for (const folder of process.argv.slice(2)) {
    rmSync(folder, { recursive: true, force: true });
}
