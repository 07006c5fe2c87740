import { readFileSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Emulator } from "../../emulator";
import { must, type Run, run, shellEnvironment } from "../../engine/support/cli";
import { engineFolder, REPOSITORY } from "../../engine/support/engine";
import { isToBeHad, pulumiHome, type Runtime, runtimeFolder } from "../../engine/support/runtimes";
import { LAYOUTS, type Layout, type LayoutName, MANAGERS, type Manager, writeFiles } from "./layouts";
import { outside } from "./packed";
import type { Program } from "./programs";

/** The parameters of an installation. */
export interface Installation {
    manager: Manager;
    layout: LayoutName;
    runtime: Runtime;
    /** The version of @pulumi/pulumi. */
    pulumi: string;
}

/** The oldest supported version of @pulumi/pulumi, and the one that the repository uses. */
export const PULUMI: Record<"oldest" | "newest", string> = {
    oldest: manifest(".").peerDependencies["@pulumi/pulumi"].replace("^", ""),
    newest: manifest("node_modules/@pulumi/pulumi").version,
};

function manifest(folder: string) {
    return JSON.parse(readFileSync(join(REPOSITORY, folder, "package.json"), "utf8"));
}

/** The two installations that every run makes, beside Bun's. */
export const OLDEST: Installation = {
    manager: "npm",
    layout: "one package",
    runtime: "Node.js 20",
    pulumi: PULUMI.oldest,
};
export const NEWEST: Installation = {
    manager: "pnpm 12",
    layout: "one package",
    runtime: "Node.js 24",
    pulumi: PULUMI.newest,
};

/** A test of an installation, skipped where npm does not have its runtime. */
export function itWith(installation: Installation, title: string, proof: (installed: Consumer) => Promise<void>): void {
    const { runtime, pulumi } = installation;
    (isToBeHad(runtime) ? it : it.skip)(`${title}, ${runtime}, Pulumi ${pulumi}`, async () =>
        proof(await consumer(installation)),
    );
}

const consumers = new Map<string, Promise<Consumer>>();

/** An installation of the package; the same parameters return the same one. */
export function consumer(installation: Installation): Promise<Consumer> {
    const { manager, layout, runtime, pulumi } = installation;
    const name = [manager, layout, runtime, pulumi].join("-").replace(/[^\w.]/g, "-");
    const made = consumers.get(name) ?? Consumer.install(name, installation);
    consumers.set(name, made);
    return made;
}

/** A folder with the package installed, out of reach of the repository. */
export class Consumer {
    private constructor(
        /** The program's folder. */
        readonly folder: string,
        readonly layout: Layout,
        private readonly bin: string,
    ) {}

    static async install(name: string, { manager, layout, runtime, pulumi }: Installation): Promise<Consumer> {
        const root = join(await outside(), name);
        const { command, files, env } = MANAGERS[manager];
        await writeFiles(root, { ...files, ...(await LAYOUTS[layout].files(manager, pulumi)) });
        const bin = await runtimeFolder(runtime);
        const inherited = shellEnvironment();
        const path = [bin, inherited.PATH].join(delimiter);
        await must(command[0], command.slice(1), root, { ...inherited, ...env, PATH: path });
        return new Consumer(join(root, LAYOUTS[layout].program), LAYOUTS[layout], bin);
    }

    write(file: string, text: string): Promise<void> {
        return writeFiles(this.folder, { [file]: text });
    }

    /** Runs a Node.js script in the folder. */
    script(args: string[], env = shellEnvironment()): Promise<Run> {
        return run(join(this.bin, "node"), args, { cwd: this.folder, env });
    }

    /** Type-checks files as a strict TypeScript project would, without other packages' types. */
    async compile(options: object, ...files: string[]): Promise<Run> {
        const strict = { strict: true, skipLibCheck: true, target: "es2022", types: [], rootDir: "." };
        const compilerOptions = { ...strict, module: "node20", moduleResolution: "node16", ...options };
        await this.write("tsconfig.compile.json", JSON.stringify({ compilerOptions, files }));
        return this.script([join(REPOSITORY, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.compile.json"]);
    }

    /** The environment with Pulumi, this Node.js and the emulated AWS, and a state of its own. */
    async environment(aws: Emulator, state: string): Promise<Record<string, string>> {
        await mkdir(join(this.folder, state), { recursive: true });
        return {
            ...aws.env(),
            PATH: [await engineFolder(), this.bin, "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
            ...pulumiHome(await outside()),
            PULUMI_BACKEND_URL: `file://${join(this.folder, state)}`,
        };
    }

    /** The state of the project whose program is in this file. */
    state(file: string): Promise<string> {
        const name = stackOf(file);
        return readFile(join(this.folder, `state-${name}/.pulumi/stacks/consumer/${name}.json`), "utf8");
    }

    /** A Pulumi project of this program, with a stack of its own, whose AWS is the emulator. */
    async project({ file, source, compiled }: Program, aws: Emulator): Promise<(...args: string[]) => Promise<Run>> {
        const name = stackOf(file);
        const env = await this.environment(aws, `state-${name}`);
        await this.write(file, source);
        const main = compiled ? `bin/${file.replace(/ts$/, "js")}` : file;
        await this.write("Pulumi.yaml", `name: consumer\nruntime: nodejs\nmain: ${main}\n`);
        if (compiled) {
            const { code, text } = await this.compile({ outDir: "bin" }, file);
            if (code !== 0) {
                throw new Error(`${file} does not compile:\n${text}`);
            }
        }
        const pulumi = async (...args: string[]) =>
            must(
                join(await engineFolder(), "pulumi"),
                [...args, ...(args[0] === "stack" ? [] : ["--stack", name]), "--non-interactive", "--color", "never"],
                this.folder,
                env,
            );
        await pulumi("stack", "init", name);
        return pulumi;
    }
}

function stackOf(file: string): string {
    return file.replace(/\W/g, "-");
}
