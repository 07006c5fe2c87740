import { spawn } from "node:child_process";
import { cp, mkdir, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { performance } from "node:perf_hooks";
import type { Contestant } from "./contestants";
import type { Resource } from "./scenario";

const ROOT = path.join(__dirname, "..");
const PROGRAMS = path.join(__dirname, "programs");

/** The setup of every project's commands. */
export interface Surroundings {
    /** The folder for all of the benchmark's files. */
    folder: string;
    /** The folder of the Pulumi CLI. */
    engine: string;
}

/** How a command ended. */
export interface Run {
    /** From start to exit. */
    ms: number;
    code: number | null;
    output: string;
}

/** Lifts the pacing if there are no quotas: it would limit many domains, not this code. */
const UNPACED = { PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR: "1000" };

/** A contestant's Pulumi project on disk, with a stack in a file backend of its own. */
export class Project {
    readonly folder: string;
    readonly #environment: NodeJS.ProcessEnv;

    /** @param aws The environment variables for reaching AWS. */
    constructor(
        readonly contestant: Contestant,
        surroundings: Surroundings,
        aws: Record<string, string>,
    ) {
        this.folder = path.join(surroundings.folder, contestant.name);
        this.#environment = { ...environment(surroundings), ...aws };
    }

    /** Creates the project, with an empty stack. */
    async create(): Promise<void> {
        const { name, files } = this.contestant;
        const modules = path.join(this.folder, "node_modules");
        await mkdir(modules, { recursive: true });
        await symlink(ROOT, path.join(modules, "pulumi-cognito-domain-settings"));
        for (const scope of ["@pulumi", "@aws-sdk"]) {
            await symlink(path.join(ROOT, "node_modules", scope), path.join(modules, scope));
        }
        const [program, ...others] = files;
        await cp(path.join(PROGRAMS, program), path.join(this.folder, "index.js"));
        for (const file of others) {
            await cp(path.join(PROGRAMS, file), path.join(this.folder, file));
        }
        await this.#write("Pulumi.yaml", `name: bench-${name}\nruntime: nodejs\nmain: index.js\n`);
        await this.#write(
            "package.json",
            JSON.stringify({ name: `bench-${name}`, private: true, dependencies: { "@pulumi/pulumi": "*" } }),
        );
        await mkdir(this.#state);
        const { code, output } = await this.#pulumi(["stack", "init", "bench"]);
        if (code !== 0) {
            throw new Error(`${name}: pulumi stack init ended with ${code}:\n${output}`);
        }
        await cp(this.#state, this.#emptyState, { recursive: true });
    }

    /** Resets to an empty stack with this program. */
    async rewind(resources: Resource[]): Promise<void> {
        await rm(this.#state, { recursive: true });
        await cp(this.#emptyState, this.#state, { recursive: true });
        await this.#write("resources.json", JSON.stringify(resources));
    }

    /** Runs a command on the stack. */
    async run(cli: string[], { isPaced }: { isPaced: boolean }): Promise<Run> {
        const start = performance.now();
        const { code, output } = await this.#pulumi([...cli, "--stack", "bench"], isPaced ? {} : UNPACED);
        return { ms: performance.now() - start, code, output };
    }

    /** Bytes of the stack's state in the file backend. */
    async stateSize(): Promise<number> {
        const files = await readdir(this.#state, { recursive: true });
        const file = files.find((name) => /stacks\/.*\/bench\.json$/.test(name));
        return file ? (await stat(path.join(this.#state, file))).size : 0;
    }

    get #state(): string {
        return path.join(this.folder, "state");
    }

    get #emptyState(): string {
        return path.join(this.folder, "state.empty");
    }

    async #write(file: string, text: string): Promise<void> {
        await writeFile(path.join(this.folder, file), text);
    }

    #pulumi(cli: string[], rest: Record<string, string> = {}): Promise<Omit<Run, "ms">> {
        const env = { ...this.#environment, PULUMI_BACKEND_URL: `file://${this.#state}`, ...rest };
        const child = spawn("pulumi", [...cli, "--non-interactive", "--color", "never"], {
            cwd: this.folder,
            env,
            stdio: ["ignore", "pipe", "pipe"],
        });
        const output: Buffer[] = [];
        for (const stream of [child.stdout, child.stderr]) {
            stream.on("data", (chunk: Buffer) => output.push(chunk));
        }
        return new Promise((resolve, reject) => {
            child.once("error", reject);
            child.once("close", (code) => resolve({ code, output: Buffer.concat(output).toString() }));
        });
    }
}

/** This process's environment, without settings of Pulumi, AWS or Node.js. */
function environment({ folder, engine }: Surroundings): NodeJS.ProcessEnv {
    const ours = Object.entries(process.env).filter(([name]) => !/^(AWS_|PULUMI_|NODE_OPTIONS$)/.test(name));
    return {
        ...Object.fromEntries(ours),
        PATH: `${engine}${path.delimiter}${process.env.PATH}`,
        PULUMI_HOME: path.join(folder, "home"),
        PULUMI_CONFIG_PASSPHRASE: "bench",
        PULUMI_SKIP_UPDATE_CHECK: "1",
        AWS_CONFIG_FILE: path.join(folder, "no-aws-config"),
        AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "no-aws-credentials"),
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        // For profiles: options for every Node.js process of a command.
        ...(process.env.BENCH_NODE_OPTIONS && { NODE_OPTIONS: process.env.BENCH_NODE_OPTIONS }),
    };
}
