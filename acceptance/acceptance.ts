// `npm run acceptance -- --account ID --region REGION`: tests this package's promises with the real engine on real AWS, and records
// what AWS does where its documentation is silent. It creates user pools of its own, and removes them at the end.

import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import * as path from "node:path";
import { engineFolder, stopAll } from "../demo/shell";
import { ROOT, type Stack, Workspace } from "../demo/workspace";
import { keepAnswers } from "./answers";
import { makeCustomDomain } from "./customDomain";
import { type CustomName, refuseUsedName } from "./customName";
import { customSteps } from "./customSteps";
import { type MadeDomain, makeDomain } from "./made";
import { type Options, Refusal, readOptions } from "./options";
import { describePlan } from "./plan";
import type { Play, Step } from "./play";
import type { Answered } from "./probe";
import { askAll } from "./probes";
import { Progress } from "./progress";
import { describeRemoved, removeAllMade } from "./removal";
import { type Played, writeResults } from "./results";
import { newRunId } from "./runId";
import { openSession, type Session } from "./session";
import { STEPS } from "./steps";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const progress = new Progress();

async function main(options: Options): Promise<number> {
    const session = await openSession(options);
    if (options.sweep) {
        progress.say(`Removing what killed runs left in account ${session.account}, ${session.region}:`);
        const removed = await removeAllMade(session, progress, { custom: options.custom });
        const { remain } = removed;
        const rest = remain.length > 0 ? `; ${remain.join(", ")} remain` : "";
        progress.say(`Removed ${describeRemoved(removed)}${rest}.`);
        if (options.custom === undefined) {
            progress.say("DNS records are removed only with --domain and --hosted-zone.");
        }
        return remain.length > 0 ? 1 : 0;
    }
    const { custom } = options;
    if (custom) {
        await refuseUsedName(session, custom);
    }
    const runId = newRunId(new Date());
    progress.say(describePlan(session, runId, custom));
    const engine = await engineFolder(ROOT);
    const aside = mkdtempSync(path.join(tmpdir(), "acceptance-"));
    const argumentsFile = path.join(aside, "arguments.json");
    const workspace = new Workspace(engine, { ...awsEnvironment(), ACCEPTANCE_ARGUMENTS: argumentsFile });
    const run: Run = { session, options, custom, runId, workspace, argumentsFile, steps: [], answers: [] };
    const signal = stopOnSignals(runId);
    try {
        await play(run);
    } catch (error) {
        progress.say(`The run failed: ${(error as Error).message}`);
        run.failure = error as Error;
    }
    progress.resume();
    const removed = await removeAll(run, aside);
    if (signal.exitCode !== undefined) {
        return signal.exitCode;
    }
    sayResults(run);
    return run.failure || !removed ? 1 : 0;
}

interface Run {
    session: Session;
    options: Options;
    custom?: CustomName;
    runId: string;
    workspace: Workspace;
    argumentsFile: string;
    steps: Played[];
    answers: Answered[];
    failure?: Error;
}

async function play(run: Run): Promise<void> {
    const { session, runId, custom } = run;
    progress.say("Creating a user pool with a prefix domain");
    const made = await makeDomain(session, runId, "steps", "ESSENTIALS");
    const customDomain = custom && (await makeCustomDomain(session, progress, runId, custom));
    progress.goOn();
    await playSteps(run, "acceptance", made, STEPS);
    if (customDomain) {
        await playSteps(run, "acceptance-custom", customDomain, customSteps(customDomain));
    }
    progress.say("Asking AWS what its documentation does not say");
    run.answers = await askAll({ session, progress, runId, made, custom, customDomain });
}

/** Plays the steps about one domain, in a stack of their own. */
async function playSteps(run: Run, stackName: string, made: MadeDomain, steps: Step[]): Promise<void> {
    const pulumi = await run.workspace.stack(path.join(__dirname, "program"), stackName);
    const stack: Pick<Stack, "pulumi"> = {
        pulumi: (args) => {
            progress.goOn();
            return pulumi.pulumi(args);
        },
    };
    const { session, argumentsFile } = run;
    const work: Play = { session, progress, stack, argumentsFile, made };
    for (const { title, run: runStep } of steps) {
        progress.goOn();
        progress.say(title);
        const began = performance.now();
        try {
            await runStep(work);
        } catch (error) {
            run.steps.push({ title, seconds: secondsSince(began), failure: (error as Error).message });
            throw error;
        }
        run.steps.push({ title, seconds: secondsSince(began) });
        progress.say(`  ok, ${secondsSince(began)} s`);
    }
}

/** Returns whether everything is gone. */
async function removeAll({ session, custom, runId, workspace }: Run, aside: string): Promise<boolean> {
    await stopAll();
    progress.say("Removing what this run created");
    const { remain } = await removeAllMade(session, progress, { custom, runId });
    workspace.remove();
    rmSync(aside, { recursive: true, force: true });
    if (remain.length > 0) {
        progress.say(`  ${remain.join(", ")} could not be removed: run again with --sweep.`);
    }
    return remain.length === 0;
}

/** The first Ctrl-C stops the run and starts the removal; the second exits at once. */
function stopOnSignals(runId: string): { exitCode?: number } {
    const signal: { exitCode?: number } = {};
    for (const [name, code] of [
        ["SIGINT", 130],
        ["SIGTERM", 143],
    ] as const) {
        process.on(name, () => {
            if (signal.exitCode !== undefined) {
                progress.say(`Stopped. Run ${runId} may have left something: run again with --sweep.`);
                process.exit(code);
            }
            signal.exitCode = code;
            progress.say("Stopping. A second Ctrl-C exits at once; --sweep removes what is left then.");
            progress.stop();
            void stopAll();
        });
    }
    return signal;
}

function sayResults(run: Run): void {
    const { session, options, answers } = run;
    progress.say(`Summary of run ${run.runId}:`);
    for (const { title, seconds, failure } of run.steps) {
        progress.say(`  ${failure ? "FAILED" : "ok    "} ${String(seconds).padStart(6)} s  ${title}`);
    }
    for (const { id, answer } of answers) {
        progress.say(`  ${id}: ${answer}`);
    }
    progress.say(`To attach to an issue (without account and names): ${writeResults(run)}`);
    const kept = keepAnswers(session, answers, options.emulator);
    if (kept) {
        progress.say(`The answers are in ${kept} and docs/what-aws-does.md.`);
    }
}

/** The AWS credentials of the person who runs this, for the engine. */
function awsEnvironment(): Record<string, string> {
    const given = Object.entries(process.env).filter(([name]) => /^(AWS_|PULUMI_COGNITO_DOMAIN_SETTINGS_)/.test(name));
    return {
        AWS_CONFIG_FILE: path.join(homedir(), ".aws", "config"),
        AWS_SHARED_CREDENTIALS_FILE: path.join(homedir(), ".aws", "credentials"),
        ...(Object.fromEntries(given) as Record<string, string>),
    };
}

const secondsSince = (began: number): number => Math.round((performance.now() - began) / 100) / 10;

async function start(): Promise<number> {
    try {
        return await main(readOptions(process.argv.slice(2), process.env));
    } catch (error) {
        console.error(error instanceof Refusal ? error.message : (error as Error).stack);
        return 1;
    }
}

start().then((code) => {
    process.exitCode = code;
});
