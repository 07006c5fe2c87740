import { rmSync } from "node:fs";
import { cp, mkdtemp, realpath, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { must } from "../../engine/support/cli";
import { REPOSITORY } from "../../engine/support/engine";

/** What `npm pack --json` says of the tarball. */
export interface Packed {
    /** The tarball. */
    file: string;
    /** Bytes. */
    size: number;
    files: string[];
    version: string;
}

let root: Promise<string> | undefined;
let tarball: Promise<Packed> | undefined;

/** A folder outside of the repository, for all of this process; removed when the tests have ended. */
export function outside(): Promise<string> {
    root ??= mkdtemp(join(tmpdir(), "package-")).then(async (folder) => {
        process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
        return realpath(folder);
    });
    return root;
}

/** The tarball, packed once a process. */
export function packed(): Promise<Packed> {
    tarball ??= pack();
    return tarball;
}

/** `npm pack` in a copy of the repository without a dist/: the tarball is built from what is there now. */
async function pack(): Promise<Packed> {
    const folder = await outside();
    const copy = join(folder, "repository");
    const undesired = new Set(["node_modules", "dist", ".git", "reports"].map((name) => join(REPOSITORY, name)));
    await cp(REPOSITORY, copy, { recursive: true, filter: (path) => !undesired.has(path) });
    await symlink(join(REPOSITORY, "node_modules"), join(copy, "node_modules"));
    const { stdout } = await must("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", folder], copy);
    // npm 10 and before print a list, later ones may print an object by package name.
    const answer = JSON.parse(stdout.slice(stdout.search(/^[[{]/m))) as object;
    const [{ filename, size, files, version }] = Object.values(answer) as [
        { filename: string; size: number; version: string; files: { path: string }[] },
    ];
    return { file: join(folder, filename), size, version, files: files.map(({ path }) => path).sort() };
}
