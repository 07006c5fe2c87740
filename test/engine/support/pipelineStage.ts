import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { days } from "../../support/certificates";
import { filledIn, type Script } from "../../support/workflow";
import { killAll, must, type Run, run } from "./cli";
import { REPOSITORY } from "./engine";
import { programEnvironment, pulumiHome } from "./runtimes";
import { DOMAIN, REGION } from "./stage";

const PROGRAM = "examples/custom-domain";

/** What the scripts of a job write; a new job begins without. */
const OF_A_JOB = ["report.json", "preview.txt", "comment.md", "note.md", "summary.md"];

/** The main example as its users check it out, with the tools of a pipeline: Pulumi and npx. */
class Checkout {
    private constructor(
        readonly folder: string,
        /** What every script sees; a test may change it. */
        readonly env: Record<string, string>,
    ) {}

    static async create(aws: Emulator): Promise<Checkout> {
        const folder = await realpath(await mkdtemp(join(tmpdir(), "pipeline-")));
        const checkout = new Checkout(folder, {
            ...aws.env(),
            ...(await programEnvironment(join(folder, ".bin"))),
            ...pulumiHome(join(folder, ".home")),
            PULUMI_BACKEND_URL: `file://${join(folder, ".state")}`,
            AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
            npm_config_update_notifier: "false",
            npm_config_offline: "true",
            GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
        });
        for (const made of [".bin", ".home", ".state", "node_modules/.bin"]) {
            await mkdir(join(folder, made), { recursive: true });
        }
        for (const file of ["Pulumi.yaml", "index.ts"]) {
            await copyFile(join(REPOSITORY, PROGRAM, file), join(folder, file));
        }
        await copyFile(join(REPOSITORY, "examples/tsconfig.json"), join(folder, "tsconfig.json"));
        await writeFile(join(folder, "package.json"), JSON.stringify({ name: "program", private: true }));
        await checkout.#install();
        return checkout;
    }

    /** Makes a stack; its name in pipelines is `organization/custom-domain/<name>`. */
    async stack(name: string, config: Record<string, string>): Promise<string> {
        await must("pulumi", ["stack", "init", name, "--non-interactive"], this.folder, this.env);
        await this.configure(name, config);
        return `organization/custom-domain/${name}`;
    }

    /** Writes the config of a stack anew, as a commit does. */
    async configure(name: string, config: Record<string, string>): Promise<void> {
        const file = join(this.folder, `Pulumi.${name}.yaml`);
        const [salt = ""] = existsSync(file) ? (/^encryptionsalt: .*\n/m.exec(await readFile(file, "utf8")) ?? []) : [];
        const values = Object.entries(config).map(
            ([key, value]) => `  custom-domain:${key}: ${JSON.stringify(value)}\n`,
        );
        await writeFile(file, `${salt}config:\n${values.join("")}`);
    }

    /** Begins a job: nothing that an earlier one wrote is there. */
    async beginJob(): Promise<void> {
        await Promise.all(OF_A_JOB.map((file) => rm(join(this.folder, file), { force: true })));
    }

    /** Runs a script as a pipeline does; `values` are those of the expressions in its environment. */
    script({ text, shell, env }: Script, values: Record<string, string>): Promise<Run> {
        const [command = "", ...args] = shell;
        return run(command, [...args, text], { cwd: this.folder, env: { ...this.env, ...filledIn(env, values) } });
    }

    /** The text of a file that a script wrote; undefined where there is none. */
    async read(file: string): Promise<string | undefined> {
        const whole = join(this.folder, file);
        return existsSync(whole) ? readFile(whole, "utf8") : undefined;
    }

    /** Writes a file, as a commit does. */
    write(file: string, text: string): Promise<void> {
        return writeFile(join(this.folder, file), text);
    }

    /** Removes the package, as if `npm ci` had failed. */
    uninstall(): Promise<void> {
        return rm(join(this.folder, "node_modules"), { recursive: true });
    }

    remove(): Promise<void> {
        return rm(this.folder, { recursive: true, force: true });
    }

    /** What `npm ci` leaves behind, with this repository as the package. */
    async #install(): Promise<void> {
        const modules = join(this.folder, "node_modules");
        await symlink(REPOSITORY, join(modules, "pulumi-cognito-domain-settings"));
        await symlink(join(REPOSITORY, "node_modules/@pulumi"), join(modules, "@pulumi"));
        const { bin } = JSON.parse(await readFile(join(REPOSITORY, "package.json"), "utf8"));
        const [[name, file]] = Object.entries(bin) as [[string, string]];
        await chmod(join(REPOSITORY, file), 0o755);
        await symlink(join(REPOSITORY, file), join(modules, ".bin", name));
    }
}

/** An emulated AWS with a domain that is as its stack's config says, and a checkout of the program. */
export interface PipelineStage {
    aws: Emulator;
    checkout: Checkout;
    /** The current certificate. */
    certificateArn: string;
    /** Another certificate that fits the domain. */
    newCertificateArn: string;
    /** One for another name, which expires in 5 days. */
    unfitCertificateArn: string;
    /** The config of the stack prod, with changes. */
    prod(changes?: Record<string, string>): Record<string, string>;
}

export async function openPipelineStage(): Promise<PipelineStage> {
    const aws = await startEmulator();
    const checkout = await Checkout.create(aws);
    const certificateArn = aws.certificate({ domainName: DOMAIN, notAfter: days(96) });
    const newCertificateArn = aws.certificate({ domainName: DOMAIN });
    const unfitCertificateArn = aws.certificate({ domainName: "*.internal.example.com", notAfter: days(5.5) });
    const userPoolId = aws.userPool({ region: REGION });
    aws.client({ userPoolId, name: "web", withBranding: true });
    aws.domain({ userPoolId, domain: DOMAIN, version: 1, certificateArn, securityPolicy: "TLS_V1_2_2021" });
    const config = { userPoolId, domain: DOMAIN, certificateArn, managedLoginVersion: "1" };
    const prod = (changes: Record<string, string> = {}) => ({ ...config, ...changes });
    return { aws, checkout, certificateArn, newCertificateArn, unfitCertificateArn, prod };
}

export async function closePipelineStage({ aws, checkout }: PipelineStage): Promise<void> {
    killAll();
    await aws.close();
    await checkout.remove();
}
