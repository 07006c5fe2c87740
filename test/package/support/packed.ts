import { cp, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Run, run } from "../../engine/support/cli";
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

after(async () => {
    if (root) {
        await rm(await root, { recursive: true, force: true });
    }
});

/** A folder outside of the repository, for all of this process; removed when the tests have ended. */
export function outside(): Promise<string> {
    root ??= mkdtemp(join(tmpdir(), "package-")).then((folder) => realpath(folder));
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

/** The environment of package managers: what they need to reach their registry, with a cache that they share. */
export function shellEnvironment(): Record<string, string> {
    const inherited = Object.entries(process.env).filter(
        ([name, value]) => value !== undefined && !/^(npm_|NODE_OPTIONS$|AWS_|PULUMI_|INIT_CWD$)/.test(name),
    ) as [string, string][];
    return { ...Object.fromEntries(inherited), CI: "1" };
}

/** Runs a command to its end, and throws all that it printed where that was a failure. */
export async function must(command: string, args: string[], cwd: string, env = shellEnvironment()): Promise<Run> {
    const result = await run(command, args, { cwd, env });
    if (result.code !== 0) {
        throw new Error(`${command} ${args.join(" ")} exited with ${result.code}:\n${result.text}`);
    }
    return result;
}
