/** A package manager: its install command, and the files that it needs next to package.json. */
interface PackageManager {
    command: [string, ...string[]];
    files?: Record<string, string>;
    env?: Record<string, string>;
    /** How one package of a repository names another as a dependency. */
    sibling: string;
}

export const MANAGERS = {
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
} satisfies Record<string, PackageManager>;

export type Manager = keyof typeof MANAGERS;

export function managerNamed(name: Manager): PackageManager {
    return MANAGERS[name];
}
