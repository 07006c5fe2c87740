import { rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Emulator } from "../../emulator";
import { type Run, run } from "./cli";
import { engineFolder, REPOSITORY } from "./engine";
import { DECLARATIONS, type Declaration, PROGRAM } from "./program";
import { programEnvironment, pulumiHome } from "./runtimes";

const STACK = "test";
const CONFIG = `Pulumi.${STACK}.yaml`;

/** What must never be printed or kept. */
export const CREDENTIALS = { AWS_SECRET_ACCESS_KEY: "the-secret-access-key", AWS_SESSION_TOKEN: "the-session-token" };

/** A resource as the state has it. */
export interface ResourceState {
    urn: string;
    type: string;
    id?: string;
    inputs: Record<string, unknown>;
    outputs: Record<string, unknown>;
}

/**
 * A Pulumi project in a folder of its own, with a stack of its own, whose program declares what the test says and whose
 * AWS is the emulator. Nothing of the machine reaches it: no home folder, no credentials, no Pulumi settings.
 */
export class Project {
    /** What the commands see of AWS; a test may change it. */
    readonly env: Record<string, string>;

    private constructor(
        /** The folder of Pulumi.yaml. */
        readonly folder: string,
        private readonly main: string,
        private readonly pulumi: string,
        env: Record<string, string>,
    ) {
        this.env = env;
    }

    /** @param main Where the program is. */
    static async create(aws: Pick<Emulator, "env">, main = "index.js"): Promise<Project> {
        const engine = await engineFolder();
        const folder = await realpath(await mkdtemp(join(tmpdir(), "domain-settings-")));
        const project = new Project(folder, main, join(engine, "pulumi"), {
            ...aws.env(),
            ...CREDENTIALS,
            ...(await programEnvironment()),
            ...pulumiHome(join(folder, ".home")),
        });
        await project.#layOut();
        return project;
    }

    /** Where the package is installed: a link to the repository. */
    get package(): string {
        return join(this.folder, "node_modules", "pulumi-cognito-domain-settings");
    }

    /** What the program declares from now on. */
    declare(...declarations: Declaration[]): Promise<void> {
        return this.write(join(dirname(this.main), DECLARATIONS), JSON.stringify(declarations));
    }

    /** Writes a file of the project. */
    write(file: string, text: string): Promise<void> {
        return writeFile(join(this.folder, file), text);
    }

    /** What stands in a file of the project. */
    read(file: string): Promise<string> {
        return readFile(join(this.folder, file), "utf8");
    }

    preview(...flags: string[]): Promise<Run> {
        return this.#run("preview", "--diff", ...flags);
    }

    up(...flags: string[]): Promise<Run> {
        return this.#run("up", "--yes", "--skip-preview", ...flags);
    }

    refresh(...flags: string[]): Promise<Run> {
        return this.#run("refresh", "--yes", "--skip-preview", ...flags);
    }

    destroy(...flags: string[]): Promise<Run> {
        return this.#run("destroy", "--yes", "--skip-preview", ...flags);
    }

    /** Adds secret values to the stack's config. */
    async setSecrets(values: Record<string, string>): Promise<void> {
        const pairs = Object.entries(values).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
        succeeded(await this.#run("config", "set-all", ...pairs));
    }

    /** Gives the stack these config values in place of those that it has. */
    async configure(values: Record<string, string>): Promise<void> {
        const [settings = ""] = (await this.read(CONFIG).catch(() => "")).split("config:\n");
        const lines = Object.entries(values).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}\n`);
        await this.write(CONFIG, `${settings}config:\n${lines.join("")}`);
    }

    /** Takes away the lock that a killed engine has left. */
    cancel(): Promise<Run> {
        return run(this.pulumi, ["cancel", STACK, "--yes", "--non-interactive"], { cwd: this.folder, env: this.env });
    }

    /** The resources in the state, from the backend's file; secrets are encrypted there. */
    async resources(): Promise<ResourceState[]> {
        const { checkpoint } = JSON.parse(await this.read(`state/.pulumi/stacks/project/${STACK}.json`));
        return checkpoint.latest?.resources ?? [];
    }

    /** The settings resource of this name in the state; undefined if there is none. */
    async state(name: string): Promise<ResourceState | undefined> {
        return (await this.resources()).find(({ urn }) => urn === this.urn(name));
    }

    /** All that the backend keeps in files: the state, its backups, the history. */
    async stateFiles(): Promise<string[]> {
        const files = await readdir(join(this.folder, "state"), { recursive: true, withFileTypes: true });
        return Promise.all(
            files.filter((it) => it.isFile()).map((it) => readFile(join(it.parentPath, it.name), "utf8")),
        );
    }

    /** The stack's outputs, which are the resources' own. */
    async outputs(): Promise<Record<string, Record<string, unknown>>> {
        const stack = (await this.resources()).find(({ type }) => type === "pulumi:pulumi:Stack");
        return (stack?.outputs ?? {}) as Record<string, Record<string, unknown>>;
    }

    urn(name: string): string {
        return `urn:pulumi:${STACK}::project::pulumi-nodejs:dynamic/cognito:UserPoolDomainSettings::${name}`;
    }

    remove(): Promise<void> {
        return rm(this.folder, { recursive: true, force: true });
    }

    async #layOut(): Promise<void> {
        const { folder, main } = this;
        await mkdir(join(folder, ".home"));
        await mkdir(join(folder, "state"));
        await mkdir(join(folder, "node_modules"));
        await mkdir(join(folder, dirname(main)), { recursive: true });
        await writeFile(join(folder, "package.json"), JSON.stringify({ name: "program", private: true }));
        await writeFile(
            join(folder, "Pulumi.yaml"),
            `name: project\nruntime: nodejs\nmain: ${main}\nbackend:\n  url: file://./state\n`,
        );
        await writeFile(join(folder, main), PROGRAM);
        await symlink(REPOSITORY, this.package);
        await symlink(join(REPOSITORY, "node_modules", "@pulumi"), join(folder, "node_modules", "@pulumi"));
        await this.declare();
        await cp(await emptyStack(this.pulumi, this.env), folder, { recursive: true });
    }

    #run(...args: string[]): Promise<Run> {
        const common = ["--stack", STACK, "--non-interactive", "--color", "never"];
        return run(this.pulumi, [...args, ...common], { cwd: this.folder, env: this.env });
    }
}

let stackFolder: Promise<string> | undefined;

/** What `pulumi stack init` writes into a project's folder. Made once a process: it takes half a second. */
function emptyStack(pulumi: string, env: Record<string, string>): Promise<string> {
    stackFolder ??= (async () => {
        const folder = await realpath(await mkdtemp(join(tmpdir(), "domain-settings-stack-")));
        process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
        await mkdir(join(folder, "state"));
        const project = join(folder, "Pulumi.yaml");
        await writeFile(project, "name: project\nruntime: nodejs\nbackend:\n  url: file://./state\n");
        const home = pulumiHome(folder);
        const init = ["stack", "init", STACK, "--non-interactive"];
        succeeded(await run(pulumi, init, { cwd: folder, env: { ...env, ...home } }));
        await Promise.all([rm(project), rm(home.PULUMI_HOME, { recursive: true })]);
        return folder;
    })();
    return stackFolder;
}

/** Throws, with all that was printed, where the command failed. */
export function succeeded(result: Run): Run {
    if (result.code !== 0) {
        throw new Error(`pulumi exited with ${result.code}:\n${result.text}`);
    }
    return result;
}

/** Throws, with all that was printed, where the command succeeded. */
export function failed(result: Run): Run {
    if (result.code === 0) {
        throw new Error(`pulumi was expected to fail:\n${result.text}`);
    }
    return result;
}
