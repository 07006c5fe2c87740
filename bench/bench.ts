// `npm run bench`: how long whole Pulumi commands take. `npm run bench:scale`: the same with more domains, under AWS's request quotas.
// Both run the real engine on the emulated AWS, and print Markdown. docs/benchmark.md is what they print:
// `(npm run -s bench; npm run -s bench:scale) > docs/benchmark.md`.

import { parseArgs } from "node:util";
import { engineFolder } from "../demo/shell";
import { ROOT } from "../demo/workspace";
import { startEmulator } from "../test/emulator";
import { COMMANDS, type Contestant, enter, type Measurement, measure, type Scenario } from "./measure";
import { machineText, table } from "./report";

const CONTESTANTS = {
    floor: "a dynamic resource with the same inputs that does nothing",
    ours: "this package",
    hand: "a typical handwritten dynamic provider: previews check nothing, updates check the certificate",
};

const HELP = `Usage: npm run bench -- [options], or npm run bench:scale -- [options]

  --runs N       measured rounds (default 5, after one that is not measured; for bench:scale 1)
  --sizes LIST   numbers of domains (default 1,4,20; for bench:scale 100,200)`;

const INTRODUCTION = `# Benchmark

\`npm run bench\` and \`npm run bench:scale\` write this page: the time of whole commands, from start to exit, with an emulated AWS that
answers after 50 ms. Each domain has a user pool of its own, and goes from the classic hosted UI to managed login; the first four of
them, as many as an account can have in a Region, are custom domains, which also get another certificate.

${list(CONTESTANTS)}

${list(Object.fromEntries(COMMANDS.map(({ name, description }) => [name, description])))}

Times are medians; in brackets is the median difference from the floor within a round. "Not done" counts domains that differ from the
program after an update, and for a preview the questions that AWS did not answer.
`;

async function main(): Promise<void> {
    const text = { type: "string" } as const;
    const flag = { type: "boolean", default: false } as const;
    const options = { scale: flag, runs: text, sizes: text, help: { ...flag, short: "h" } };
    const { scale, help, ...values } = parseArgs({ options }).values;
    if (help) {
        console.log(HELP);
        return;
    }
    const runs = wholeNumber("--runs", values.runs ?? (scale ? "1" : "5"));
    const sizes = (values.sizes ?? (scale ? "100,200" : "1,4,20")).split(",");
    const scenarios = sizes.map((size): Scenario => ({ size: wholeNumber("--sizes", size), hasQuotas: scale }));
    const engine = await engineFolder(ROOT);
    const machine = await machineText(engine);
    // Settles at once: AWS's own time is not measured.
    const aws = await startEmulator({ behaviour: { settleAfterDescribes: 0, latencyMs: 50 } });
    const contestants: Contestant[] = [];
    const measurements: Measurement[] = [];
    try {
        for (const [index, name] of Object.keys(CONTESTANTS).entries()) {
            contestants.push(enter(aws, engine, name, String(100000000001 + index), scale));
        }
        for (const scenario of scenarios) {
            console.error(`${scenario.size} domains, ${runs} rounds`);
            measurements.push(...(await measure(aws, contestants, scenario, runs)));
        }
    } finally {
        await aws.close();
        for (const { workspace } of contestants) {
            workspace.remove();
        }
    }
    console.log(scale ? SCALE_TEXT : `${INTRODUCTION}\n## A few domains, without quotas\n`);
    console.log(`Measured ${machine}; ${runs} ${runs === 1 ? "round" : "rounds"}.\n\n${table(measurements, scale)}\n`);
}

const SCALE_TEXT = `## Many domains, under AWS's quotas

The emulated AWS throttles above its documented quotas: 20 reads of domains a second, 15 updates, 10 reads of certificates. The **bound**
is the best possible time under them: the calls of the busiest category at its rate. (A bucket that is full at first makes a run a little
faster.) The update of the hand-written provider stops at the first resource that AWS throttles.
`;

function list(things: Record<string, string>): string {
    return Object.entries(things)
        .map(([name, description]) => `- **${name}**: ${description}`)
        .join("\n");
}

function wholeNumber(option: string, text: string): number {
    if (!/^[1-9]\d*$/.test(text)) {
        throw new Error(`${option}: must be a whole number from 1, got ${text}`);
    }
    return Number(text);
}

main().catch((error: unknown) => {
    console.error(`bench: ${(error as Error).message}`);
    process.exitCode = 1;
});
