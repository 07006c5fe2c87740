import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { must } from "../../engine/support/cli";
import { outside, packed } from "./packed";
import { COMPONENT, type Maker, OURS } from "./programs";

/** A package manager: its install command, and the files that it needs next to package.json. */
interface PackageManager {
    command: [string, ...string[]];
    files?: Record<string, string>;
    env?: Record<string, string>;
    /** How one package of a repository names another as a dependency. */
    sibling: string;
}

export type Manager = "npm" | "pnpm 10" | "pnpm 12" | "yarn 1" | "yarn 4" | "bun";

export const MANAGERS: Record<Manager, PackageManager> = {
    npm: {
        command: ["npm", "install", "--prefer-offline", "--loglevel=error", "--no-audit", "--no-fund"],
        sibling: "*",
    },
    "pnpm 10": {
        command: ["npx", "--yes", "pnpm@10.34.8", "install", "--reporter=append-only"],
        sibling: "workspace:*",
    },
    "pnpm 12": {
        command: ["npx", "--yes", "pnpm@12.21.0", "install", "--reporter=append-only"],
        // Otherwise it fails for packages with an install script, such as protobufjs.
        env: { pnpm_config_strict_dep_builds: "false" },
        sibling: "workspace:*",
    },
    "yarn 1": {
        command: ["npx", "--yes", "yarn@1.22.22", "install", "--non-interactive"],
        sibling: "*",
    },
    "yarn 4": {
        command: ["npx", "--yes", "--package=@yarnpkg/cli-dist@4.18.1", "yarn", "install"],
        // Without a lock file of its own, it looks for a project in the folders above.
        files: { ".yarnrc.yml": "nodeLinker: node-modules\n", "yarn.lock": "" },
        env: { YARN_ENABLE_IMMUTABLE_INSTALLS: "false", YARN_ENABLE_TELEMETRY: "0" },
        sibling: "workspace:*",
    },
    bun: {
        // Bun is then the runtime too.
        command: ["bun", "install", "--no-progress"],
        sibling: "workspace:*",
    },
};

/** The packages of a project, and which of them depends on ours. */
export interface Layout {
    /** The resource or component that the program creates. */
    maker: Maker;
    /** The program's folder, from the project's root. */
    program: string;
    files(manager: Manager, pulumi: string): Promise<Record<string, string>>;
}

export const LAYOUTS = {
    /** The program depends on ours. */
    "one package": onePackage(OURS, ours),
    /** The program depends on a published component, which depends on ours. */
    "shared component": onePackage(COMPONENT, component),
    /** Program and component are packages of one repository. */
    workspaces: {
        maker: COMPONENT,
        program: "infra",
        files: async (manager, pulumi) => {
            const workspaces = ["infra", "sign-in"];
            const sibling = MANAGERS[manager].sibling;
            const infra = { [COMPONENT.from]: sibling, "@pulumi/pulumi": pulumi };
            const signIn = { [OURS.from]: await ours(), "@pulumi/pulumi": pulumi };
            return {
                "package.json": JSON.stringify({ name: "root", private: true, workspaces }),
                "pnpm-workspace.yaml": `packages: ${JSON.stringify(workspaces)}\n`,
                "infra/package.json": manifest("infra", infra),
                "sign-in/package.json": manifest(COMPONENT.from, signIn),
                ...Object.fromEntries(
                    Object.entries(COMPONENT.files).map(([name, text]) => [join("sign-in", name), text]),
                ),
            };
        },
    },
} satisfies Record<string, Layout>;

export type LayoutName = keyof typeof LAYOUTS;

function onePackage(maker: Maker, tarball: () => Promise<string>): Layout {
    const files: Layout["files"] = async (_, pulumi) => ({
        "package.json": manifest("program", { [maker.from]: await tarball(), "@pulumi/pulumi": pulumi }),
    });
    return { maker, program: ".", files };
}

export async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), text);
    }
}

function manifest(name: string, dependencies: Record<string, string>): string {
    return JSON.stringify({ name, version: "1.0.0", private: true, license: "UNLICENSED", dependencies });
}

async function ours(): Promise<string> {
    return `file:${(await packed()).file}`;
}

let packedComponent: Promise<string> | undefined;

/** The component as its own package manager would get it: a tarball. */
function component(): Promise<string> {
    packedComponent ??= packComponent();
    return packedComponent;
}

async function packComponent(): Promise<string> {
    const folder = join(await outside(), "component");
    const { from: name, files } = COMPONENT;
    const dependencies = { [OURS.from]: await ours() };
    const peerDependencies = { "@pulumi/pulumi": "^3.0.0" };
    const about = JSON.stringify({ name, version: "1.0.0", dependencies, peerDependencies });
    await writeFiles(folder, { ...files, "package.json": about });
    await must("npm", ["pack", "--loglevel=error"], folder);
    return `file:${join(folder, "acme-sign-in-1.0.0.tgz")}`;
}
