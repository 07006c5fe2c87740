import { parseArgs } from "node:util";
import { commandsNamed } from "./commands";
import { CONTESTANTS } from "./contestants";
import { findEngine, keep, withProjects, writeSection } from "./environment";
import { describeMachine } from "./machine";
import { type Measurement, measure } from "./measure";
import { scaleReport } from "./scaleReport";
import type { Scenario } from "./scenario";
import { scenarioTitle } from "./scenario";

const HELP = `Usage: npm run bench:scale -- [options]

  --size N        domains under AWS's quotas (default 500)
  --counts LIST   numbers of domains to count calls for, without quotas (default 500)
  --write-docs    write the tables to docs/benchmark.md`;

/** Milliseconds that each answer of AWS takes. */
const LATENCY = 50;

/** The maximum for an account in a Region, not adjustable. Source: "Quotas in Amazon Cognito". */
const CUSTOM_DOMAINS = 4;

/** `npm run bench:scale`: hundreds of domains under AWS's request quotas, and the number of calls by number of domains. */
async function main(): Promise<void> {
    const { values } = parseArgs({
        options: {
            size: { type: "string", default: "500" },
            counts: { type: "string", default: "500" },
            "write-docs": { type: "boolean", default: false },
            help: { type: "boolean", short: "h", default: false },
        },
    });
    if (values.help) {
        console.log(HELP);
        return;
    }
    const engine = findEngine();
    const machine = describeMachine(engine);
    const [underQuotas, counts] = [quotaScenarios(Number(values.size)), countScenarios(values.counts.split(","))];
    const paced = await measured(["floor", "ours", "hand"], ["preview", "up", "refresh"], underQuotas);
    const counted = await measured(["ours"], ["preview", "up", "up-again", "refresh"], counts);
    const text = scaleReport(paced, counted, machine);
    console.log(text);
    keep(machine, [...paced, ...counted]);
    if (values["write-docs"]) {
        writeSection("Hundreds of domains", `\`npm run bench:scale -- --write-docs\`\n\n${text}`);
    }

    function measured(names: string[], commands: string[], scenarios: Scenario[]): Promise<Measurement[]> {
        const contestants = CONTESTANTS.filter(({ name }) => names.includes(name));
        return withProjects(contestants, engine, async (aws, entries) => {
            const all: Measurement[] = [];
            for (const scenario of scenarios) {
                const rounds = { runs: 1, warmups: 0, commands: commandsNamed(commands) };
                const say = () => console.error(scenarioTitle(scenario));
                all.push(...(await measure(aws, entries, scenario, rounds, say)));
            }
            return all;
        });
    }
}

function quotaScenarios(size: number): Scenario[] {
    return [1, 0.5].map((quotas) => ({
        size,
        latencyMs: LATENCY,
        change: "version",
        certificates: "each",
        custom: CUSTOM_DOMAINS,
        quotas,
    }));
}

function countScenarios(sizes: string[]): Scenario[] {
    return sizes.map((size) => ({
        size: Number(size),
        latencyMs: 0,
        change: "version",
        certificates: "each",
        custom: CUSTOM_DOMAINS,
    }));
}

main().catch((error: unknown) => {
    console.error(`bench: ${(error as Error).message}`);
    process.exitCode = 1;
});
