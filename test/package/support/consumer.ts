import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import type { Emulator } from "../../emulator";
import { type Run, run } from "../../engine/support/cli";
import { engineFolder, REPOSITORY } from "../../engine/support/engine";
import { installedVersion, must, NODE_FOLDER, type Packed, shellEnvironment } from "./packed";

/** The package managers, and what each takes to install the tarball beside @pulumi/pulumi. */
const INSTALLERS = {
    npm: ["npm", "install", "--no-save", "--loglevel=error", "--no-audit", "--no-fund"],
    pnpm: ["npx", "--yes", "pnpm@10.34.8", "add", "--reporter=silent"],
} as const;

export type Installer = keyof typeof INSTALLERS;

export interface Program {
    /** The file that Pulumi.yaml names. */
    main: string;
    source: string;
}

/** A folder of somebody who has installed the package, with nothing of the repository in reach. */
export class Consumer {
    constructor(readonly folder: string) {}

    async install(installer: Installer, { file }: Packed): Promise<void> {
        await mkdir(this.folder, { recursive: true });
        await this.write("package.json", JSON.stringify({ name: "consumer", private: true }));
        const [command, ...args] = INSTALLERS[installer];
        await must(command, [...args, file, `@pulumi/pulumi@${installedVersion("@pulumi/pulumi")}`], this.folder);
    }

    write(file: string, text: string): Promise<void> {
        return writeFile(join(this.folder, file), text);
    }

    /** Runs a script with Node.js, here. */
    node(...args: string[]): Promise<Run> {
        return run(process.execPath, args, { cwd: this.folder, env: shellEnvironment() });
    }

    /** Type-checks files as a strict TypeScript project would; what is installed beside them is not ours to check. */
    async compile(...files: string[]): Promise<Run> {
        const strict = { noEmit: true, strict: true, skipLibCheck: true, target: "es2022", types: [] };
        const compilerOptions = { ...strict, module: "node20", moduleResolution: "node16" };
        await this.write("tsconfig.json", JSON.stringify({ compilerOptions, files }));
        return this.node(join(REPOSITORY, "node_modules/typescript/bin/tsc"), "-p", ".");
    }

    /** A Pulumi project of this program, with a stack of its own, whose AWS is the emulator. */
    async project({ main, source }: Program, aws: Emulator): Promise<(...args: string[]) => Promise<Run>> {
        const engine = await engineFolder();
        const name = main.replace(/\W/g, "-");
        const state = join(this.folder, `state-${name}`);
        await mkdir(state);
        await this.write(main, source);
        await this.write("Pulumi.yaml", `name: consumer\nruntime: nodejs\nmain: ${main}\n`);
        const env = {
            ...aws.env(),
            PATH: [engine, NODE_FOLDER, "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
            HOME: dirname(this.folder),
            PULUMI_HOME: join(dirname(this.folder), ".pulumi"),
            PULUMI_BACKEND_URL: `file://${state}`,
            PULUMI_CONFIG_PASSPHRASE: "test",
            PULUMI_SKIP_UPDATE_CHECK: "1",
            AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        };
        const pulumi = (...args: string[]) =>
            must(
                join(engine, "pulumi"),
                [...args, ...(args[0] === "stack" ? [] : ["--stack", name]), "--non-interactive", "--color", "never"],
                this.folder,
                env,
            );
        await pulumi("stack", "init", name);
        return pulumi;
    }
}
