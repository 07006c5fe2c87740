import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { ROOT } from "../../demo/workspace";

/** The parser that TypeDoc brings. */
const { parse } = createRequire(require.resolve("typedoc"))("yaml") as { parse(text: string): unknown };

/** A script of a pipeline, as its file has it. */
export interface Script {
    text: string;
    /** The shell that runs it, to which the text is added. */
    shell: string[];
    /** What the file puts into its environment, expressions of the pipeline included. */
    env: Record<string, string>;
}

interface WorkflowStep {
    name?: string;
    run?: string;
    shell?: string;
    env?: Record<string, string>;
}

interface Workflow {
    env?: Record<string, string>;
    jobs: Record<string, { env?: Record<string, string>; steps: WorkflowStep[] }>;
}

interface GitLabJob {
    extends?: string;
    variables?: Record<string, string>;
    script?: string[];
    after_script?: string[];
}

/** The script of a step with that name in a GitHub Actions workflow, and the shell that GitHub runs it with. */
export function workflowScript(file: string, jobName: string, stepName: string): Script {
    const { env, jobs } = parse(readFileSync(path.join(ROOT, file), "utf8")) as Workflow;
    const job = jobs[jobName];
    const step = job?.steps.find(({ name }) => name === stepName);
    if (!job || step?.run === undefined) {
        throw new Error(`${file} has no step "${stepName}" that runs a script in the job "${jobName}"`);
    }
    const isBash = step.shell === "bash";
    return {
        text: step.run,
        shell: isBash ? ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"] : ["bash", "-e", "-c"],
        env: { ...env, ...job.env, ...step.env },
    };
}

/** The `script` or `after_script` of a GitLab job, and the shell that GitLab's runner runs it with. */
export function gitLabScript(file: string, jobName: string, part: "script" | "after_script"): Script {
    const jobs = parse(readFileSync(path.join(ROOT, file), "utf8")) as Record<string, GitLabJob>;
    const job = jobs[jobName];
    const lines = job?.[part];
    if (!lines) {
        throw new Error(`${file} has no ${part} in the job "${jobName}"`);
    }
    return {
        text: lines.join("\n"),
        shell: ["bash", "-eo", "pipefail", "-c"],
        env: { ...jobs[job.extends ?? ""]?.variables, ...job.variables },
    };
}

/** The environment with the values of the pipeline's expressions; fails where one has none. */
export function filledIn(env: Record<string, string>, values: Record<string, string>): Record<string, string> {
    const given = (expression: string): string => {
        const value = values[expression.trim()];
        if (value === undefined) {
            throw new Error(`the test gives no value for \${{ ${expression.trim()} }}`);
        }
        return value;
    };
    return Object.fromEntries(
        Object.entries(env).map(([name, text]) => [
            name,
            text.replace(/\$\{\{(.*?)\}\}/g, (_, expression) => given(expression)),
        ]),
    );
}
