import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { type Ran, run } from "./shell";

/** The folder of this clone. */
export const ROOT = path.join(__dirname, "..");

/** A temporary folder for everything that Pulumi writes: nothing is left in the clone or the home folder. */
export class Workspace {
    readonly #folder = mkdtempSync(path.join(tmpdir(), "cognito-domain-settings-"));
    readonly #env: NodeJS.ProcessEnv;

    /**
     * @param engine The folder of the `pulumi` to run.
     * @param awsEnv How to reach AWS.
     */
    constructor(engine: string, awsEnv: Record<string, string>) {
        const [home, state] = [path.join(this.#folder, "home"), path.join(this.#folder, "state")];
        mkdirSync(home);
        mkdirSync(state);
        // Your own stacks, accounts and profiles are not used.
        const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|PULUMI)_/.test(name));
        this.#env = {
            ...Object.fromEntries(inherited),
            PATH: `${engine}${path.delimiter}${process.env.PATH}`,
            PULUMI_HOME: home,
            PULUMI_BACKEND_URL: `file://${state}`,
            PULUMI_CONFIG_PASSPHRASE: "emulator",
            PULUMI_SKIP_UPDATE_CHECK: "1",
            AWS_CONFIG_FILE: path.join(home, "no-aws-config"),
            AWS_SHARED_CREDENTIALS_FILE: path.join(home, "no-aws-credentials"),
            AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
            ...awsEnv,
        };
    }

    /** Creates a stack of a project in the clone, with its config file outside that folder. */
    async stack(projectFolder: string, name: string): Promise<Stack> {
        const aside = mkdtempSync(path.join(this.#folder, "config-"));
        // `stack init` always writes its config file next to the Pulumi.yaml.
        copyFileSync(path.join(projectFolder, "Pulumi.yaml"), path.join(aside, "Pulumi.yaml"));
        const made = await run("pulumi", ["stack", "init", name, "--non-interactive"], { cwd: aside, env: this.#env });
        if (made.code !== 0) {
            throw new Error(`pulumi stack init failed:\n${made.output}`);
        }
        return new Stack(
            projectFolder,
            name,
            path.join(aside, `Pulumi.${name}.yaml`),
            this.#env,
            path.join(aside, "report.json"),
        );
    }

    remove(): void {
        rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
    }
}

/** A stack of a project in the clone. */
export class Stack {
    constructor(
        readonly projectFolder: string,
        readonly name: string,
        private readonly configFile: string,
        private readonly env: NodeJS.ProcessEnv,
        /** The file that previews write their report to. */
        readonly reportFile: string,
    ) {}

    /** Runs `pulumi <args>` on this stack, in place. */
    pulumi(args: string[], color: "always" | "never" = "never"): Promise<Ran> {
        const isUpdate = ["preview", "up", "refresh", "destroy"].includes(args[0] ?? "");
        const flags = ["--stack", this.name, "--non-interactive", "--color", color];
        if (args[0] === "config" || isUpdate) {
            flags.push("--config-file", this.configFile);
        }
        if (isUpdate) {
            // Progress would be rows of dots.
            flags.push("--suppress-progress");
        }
        const env = { ...this.env, PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT: this.reportFile };
        return run("pulumi", [...args, ...flags], { cwd: this.projectFolder, env });
    }
}
