// `npm run acceptance -- --account ID --region REGION`: the promises of this package, kept by the real engine on real AWS,
// and what AWS answers where its documents are silent. It makes user pools of its own and removes them at the end.

import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import * as path from "node:path";
import { engineFolder, stopAll } from "../demo/shell";
import { ROOT, type Stack, Workspace } from "../demo/workspace";
import { keepAnswers } from "./answers";
import { makeDomain, removeMade } from "./made";
import { type Options, Refusal, readOptions } from "./options";
import { type Answered, askAll } from "./probes";
import { Progress } from "./progress";
import { type Played, writeResults } from "./results";
import { newRunId } from "./runId";
import { openSession, type Session } from "./session";
import { STEPS } from "./steps";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const progress = new Progress();

async function main(options: Options): Promise<number> {
    const session = await openSession(options);
    if (options.sweep) {
        progress.say(`Removing what killed runs have left in account ${session.account}, ${session.region}:`);
        const { removed, remain } = await removeMade(session, progress);
        progress.say(`Removed ${removed} user pools${remain.length > 0 ? `; ${remain.join(", ")} remain` : ""}.`);
        return remain.length > 0 ? 1 : 0;
    }
    const runId = newRunId(new Date());
    sayPlan(session, runId);
    const engine = await engineFolder(ROOT);
    const aside = mkdtempSync(path.join(tmpdir(), "acceptance-"));
    const argumentsFile = path.join(aside, "arguments.json");
    const workspace = new Workspace(engine, { ...awsEnvironment(), ACCEPTANCE_ARGUMENTS: argumentsFile });
    const run: Run = { session, options, runId, workspace, argumentsFile, steps: [], answers: [] };
    const signal = stopOnSignals(runId);
    try {
        await play(run);
    } catch (error) {
        progress.say(`The run ends here: ${(error as Error).message}`);
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
    runId: string;
    workspace: Workspace;
    argumentsFile: string;
    steps: Played[];
    answers: Answered[];
    failure?: Error;
}

function sayPlan({ account, region, endpoint }: Session, runId: string): void {
    progress.say(`Acceptance run ${runId} in account ${account}, ${region}${endpoint ? `, at ${endpoint}` : ""}.`);
    progress.say("  It makes:  4 user pools without users, tagged with the run's id, 3 of them with a prefix domain");
    progress.say("  It costs:  nothing; user pools are billed by their active users, and these have none");
    progress.say("  It takes:  about 5 minutes, longer where updates of a domain take their time");
    progress.say(
        "  It removes all of it at the end, after a failure and after Ctrl-C; after a kill, run it with --sweep.",
    );
}

async function play(run: Run): Promise<void> {
    const { session, runId, workspace, argumentsFile } = run;
    progress.say("Making a user pool with a prefix domain");
    const made = await makeDomain(session, runId, "steps", "ESSENTIALS");
    progress.goOn();
    const pulumi = await workspace.stack(path.join(__dirname, "program"), "acceptance");
    const stack: Pick<Stack, "pulumi"> = {
        pulumi: (args) => {
            progress.goOn();
            return pulumi.pulumi(args);
        },
    };
    for (const { title, run: runStep } of STEPS) {
        progress.goOn();
        progress.say(title);
        const began = performance.now();
        try {
            await runStep({ session, progress, stack, argumentsFile, made });
        } catch (error) {
            run.steps.push({ title, seconds: secondsSince(began), failure: (error as Error).message });
            // Each step begins where the one before ended.
            throw error;
        }
        run.steps.push({ title, seconds: secondsSince(began) });
        progress.say(`  ok, ${secondsSince(began)} s`);
    }
    progress.say("Asking AWS what its documents do not say");
    run.answers = await askAll({ session, progress, runId, made });
}

/** @returns Whether everything is gone. */
async function removeAll({ session, runId, workspace }: Run, aside: string): Promise<boolean> {
    await stopAll();
    progress.say("Removing what this run has made");
    const removed = await removeMade(session, progress, runId).catch((error: Error) => {
        progress.say(`  ${error.message}`);
        return { remain: ["something"] };
    });
    workspace.remove();
    rmSync(aside, { recursive: true, force: true });
    if (removed.remain.length > 0) {
        progress.say(`  ${removed.remain.join(", ")} remains: run again with --sweep.`);
    }
    return removed.remain.length === 0;
}

/** The first Ctrl-C ends what is under way, and the removal begins; the second leaves at once. */
function stopOnSignals(runId: string): { exitCode?: number } {
    const signal: { exitCode?: number } = {};
    for (const [name, code] of [
        ["SIGINT", 130],
        ["SIGTERM", 143],
    ] as const) {
        process.on(name, () => {
            if (signal.exitCode !== undefined) {
                progress.say(`Stopped; run ${runId} may have left something: run again with --sweep.`);
                process.exit(code);
            }
            signal.exitCode = code;
            progress.say("Stopping. A second Ctrl-C leaves at once, and leaves what is there to --sweep.");
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
    progress.say(`To attach to an issue, without account and names: ${writeResults(run)}`);
    const kept = keepAnswers(session, answers, options.emulator);
    if (kept) {
        progress.say(`The answers are in ${kept} and docs/what-aws-does.md.`);
    }
}

/** As whom the engine calls AWS: as the person who runs this. */
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
