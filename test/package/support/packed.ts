import { rmSync } from "node:fs";
import { cp, mkdtemp, realpath, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { must } from "../../engine/support/cli";
import { REPOSITORY } from "../../engine/support/engine";

/** The tarball, as in `npm pack --json`. */
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

/** A folder outside the repository, for this process; removed at exit. */
export function outside(): Promise<string> {
    root ??= mkdtemp(join(tmpdir(), "package-")).then(async (folder) => {
        process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
        return realpath(folder);
    });
    return root;
}

/** Packs once for all of mocha's workers. */
export async function mochaGlobalSetup(): Promise<void> {
    process.env.PACKED = JSON.stringify(await packed());
}

/** The tarball, packed once: by the setup for all processes of a run, otherwise here. */
export function packed(): Promise<Packed> {
    const { PACKED } = process.env;
    tarball ??= PACKED ? JSON.parse(PACKED) : pack();
    return tarball as Promise<Packed>;
}

/** `npm pack` in a copy of the repository without dist/, which it builds anew. */
async function pack(): Promise<Packed> {
    const folder = await outside();
    const copy = join(folder, "repository");
    const excluded = new Set(["node_modules", "dist", ".git", "reports"].map((name) => join(REPOSITORY, name)));
    await cp(REPOSITORY, copy, { recursive: true, filter: (path) => !excluded.has(path) });
    await symlink(join(REPOSITORY, "node_modules"), join(copy, "node_modules"));
    const { stdout } = await must("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", folder], copy);
    // npm 10 and before print a list, later ones may print an object by package name.
    const answer = JSON.parse(stdout.slice(stdout.search(/^[[{]/m))) as object;
    const [{ filename, size, files, version }] = Object.values(answer) as [
        { filename: string; size: number; version: string; files: { path: string }[] },
    ];
    return { file: join(folder, filename), size, version, files: files.map(({ path }) => path).sort() };
}
