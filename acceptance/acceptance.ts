// `npm run acceptance -- --account ID --region REGION`: tests this package's promises with the real engine on real AWS, and records
// what AWS does where its documentation is silent. It creates user pools of its own, and removes them at the end: docs/what-aws-does.md.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import * as path from "node:path";
import { engineFolder, stopAll } from "../demo/shell";
import { ROOT, Workspace } from "../demo/workspace";
import answers from "./answers.json";
import { removeCertificates } from "./certificates";
import { makeCustomDomain } from "./customDomain";
import { refuseUsedName, removeRecords } from "./dnsRecords";
import { askAll } from "./probes";
import { beginRun, Refusal, type Run, readOptions } from "./run";
import { customSteps, PREFIX_STEPS, type Step } from "./steps";
import { type MadeDomain, makeDomain, removeUserPools } from "./userPools";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

async function main(run: Run): Promise<number> {
    const { progress, custom } = run;
    if (run.sweep) {
        progress.say(`Removing what killed runs left in account ${run.account}, ${run.region}:`);
        const { removed, remain } = await removeAll(run);
        progress.say(`Removed ${removed}${remain.length > 0 ? `; ${remain.join(", ")} remain` : ""}.`);
        if (!custom) {
            progress.say("DNS records are removed only with --domain and --hosted-zone.");
        }
        return remain.length > 0 ? 1 : 0;
    }
    if (custom) {
        await refuseUsedName(run, custom);
    }
    progress.say(plan(run));
    const aside = mkdtempSync(path.join(tmpdir(), "acceptance-"));
    const argumentsFile = path.join(aside, "arguments.json");
    const workspace = new Workspace(await engineFolder(ROOT), {
        ...awsEnvironment(),
        ACCEPTANCE_ARGUMENTS: argumentsFile,
    });
    const signal = stopOnSignals(run);
    const summary: string[] = [];
    let failed = false;
    try {
        await play(run, workspace, argumentsFile, summary);
    } catch (error) {
        progress.say(`The run failed: ${(error as Error).message}`);
        failed = true;
    }
    progress.isStopped = false;
    await stopAll();
    progress.say("Removing what this run created");
    const { remain } = await removeAll(run);
    workspace.remove();
    rmSync(aside, { recursive: true, force: true });
    if (remain.length > 0) {
        progress.say(`  ${remain.join(", ")} could not be removed: run again with --sweep.`);
    }
    progress.say([`Summary of run ${run.id}:`, ...summary].join("\n  "));
    return signal.exitCode ?? (failed || remain.length > 0 ? 1 : 0);
}

/** What the run will create, its cost and its duration. */
function plan({ id, account, region, endpoint, custom }: Run): string {
    return [
        `Acceptance run ${id} in account ${account}, ${region}${endpoint ? `, at ${endpoint}` : ""}.`,
        "  Creates:   4 user pools without users, tagged with the run's id, 3 of them with a prefix domain",
        ...(custom
            ? [
                  `             a user pool with the custom domain ${custom.domain}, 4 certificates in ACM (us-east-1),`,
                  `             and in the hosted zone ${custom.hostedZoneId} a validation record, the alias records and a TXT record`,
              ]
            : []),
        "  Cost:      none: user pools are billed by active users, and these have none",
        ...(custom ? ["             certificates and custom domains are free; DNS queries cost cents at most"] : []),
        custom
            ? "  Duration:  about an hour, longer if a new certificate is slow (at most an hour each)"
            : "  Duration:  about 5 minutes, longer if updates of a domain are slow",
        "  All of it is removed at the end, after a failure and after Ctrl-C; after a kill, run with --sweep.",
    ].join("\n");
}

/** Plays the steps and asks the questions. Adds a line for each to the summary. */
async function play(run: Run, workspace: Workspace, argumentsFile: string, summary: string[]): Promise<void> {
    const { progress, custom } = run;
    progress.say("Creating a user pool with a prefix domain");
    const made = await makeDomain(run, "steps");
    const customDomain = custom && (await makeCustomDomain(run, custom));
    await playSteps("acceptance", made, PREFIX_STEPS);
    if (customDomain) {
        await playSteps("acceptance-custom", customDomain, customSteps(customDomain));
    }
    progress.say("Asking AWS what its documentation does not say");
    const answered = await askAll(run, made, customDomain);
    summary.push(...record(run, answered));

    async function playSteps(stackName: string, domain: MadeDomain, steps: Step[]): Promise<void> {
        progress.goOn();
        const stack = await workspace.stack(path.join(__dirname, "program"), stackName);
        const pulumi = (...args: string[]) => {
            progress.goOn();
            return stack.pulumi(args);
        };
        for (const { title, play } of steps) {
            progress.goOn();
            progress.say(title);
            const began = performance.now();
            try {
                await play({ run, made: domain, pulumi, argumentsFile });
            } catch (error) {
                summary.push(`FAILED ${title}`);
                throw error;
            }
            summary.push(`ok ${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${title}`);
        }
    }
}

/** Writes AWS's own answers to answers.json, for a pull request. Returns the answers that are not the ones in that file. */
function record({ endpoint, region, sdkVersion, progress }: Run, answered: Record<string, string>): string[] {
    const known: Record<string, { answer: string; asked?: string }> = answers;
    const isKnown = ([id, answer]: [string, string]) => known[id]?.answer === answer;
    if (endpoint === undefined) {
        const asked = `${new Date().toISOString().slice(0, 10)}, ${region}, SDK ${sdkVersion}`;
        const had = Object.entries(answered).filter(([, answer]) => !answer.startsWith("error:"));
        const all = { ...known, ...Object.fromEntries(had.map(([id, answer]) => [id, { answer, asked }])) };
        const file = path.join(__dirname, "answers.json");
        writeFileSync(file, `${JSON.stringify(all, undefined, 4)}\n`);
        progress.say(`AWS's answers are in ${path.relative(process.cwd(), file)}, without account and names.`);
    }
    return Object.entries(answered)
        .filter((it) => !isKnown(it))
        .map(([id, answer]) => `${id}: ${answer} (answers.json had: ${known[id]?.answer ?? "nothing"})`);
}

/**
 * Removes everything of this run or, in a sweep, of all runs: user pools with their domains first, since they use the certificates;
 * records last, since a domain that still answers should resolve. What cannot be read or removed does not stop the rest.
 */
async function removeAll(run: Run): Promise<{ removed: string; remain: string[] }> {
    const remain: string[] = [];
    const attempt = async (what: string, remove: () => Promise<{ removed: number; remain: string[] }>) => {
        try {
            const result = await remove();
            remain.push(...result.remain);
            return result.removed;
        } catch (error) {
            run.progress.say(`  ${what} could not be read: ${(error as Error).message}`);
            remain.push(what);
            return 0;
        }
    };
    const { custom } = run;
    const pools = await attempt("user pools", () => removeUserPools(run));
    const certificates = custom || run.sweep ? await attempt("certificates", () => removeCertificates(run)) : 0;
    const records = custom ? await attempt("records", () => removeRecords(run, custom)) : 0;
    return { removed: `${pools} user pools, ${certificates} certificates, ${records} records`, remain };
}

/** The first Ctrl-C stops the run and starts the removal; the second exits at once. */
function stopOnSignals({ id, progress }: Run): { exitCode?: number } {
    const signal: { exitCode?: number } = {};
    for (const [name, code] of [
        ["SIGINT", 130],
        ["SIGTERM", 143],
    ] as const) {
        process.on(name, () => {
            if (signal.exitCode !== undefined) {
                progress.say(`Stopped. Run ${id} may have left something: run again with --sweep.`);
                process.exit(code);
            }
            signal.exitCode = code;
            progress.say("Stopping. A second Ctrl-C exits at once; --sweep removes what is left then.");
            progress.isStopped = true;
            void stopAll();
        });
    }
    return signal;
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

async function start(): Promise<void> {
    try {
        process.exitCode = await main(await beginRun(readOptions(process.argv.slice(2), process.env)));
    } catch (error) {
        console.error(error instanceof Refusal ? error.message : (error as Error).stack);
        process.exitCode = 1;
    }
}

void start();
