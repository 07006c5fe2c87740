import { parseArgs } from "node:util";
import { COMMANDS, commandsNamed } from "./commands";
import { CONTESTANTS, type Contestant } from "./contestants";
import type { Rounds } from "./measure";
import type { Change, Scenario } from "./scenario";

export interface Options extends Rounds {
    scenarios: Scenario[];
    contestants: Contestant[];
    writeDocs: boolean;
}

const CHANGES: readonly { name: Change }[] = [{ name: "version" }, { name: "certificate" }];

export const HELP = `Usage: npm run bench -- [options]

  --runs N           measured rounds (default 5)
  --warmups N        rounds before them that are not measured (default 1)
  --sizes LIST       numbers of resources (default 1,20,100)
  --latency LIST     milliseconds that each answer of AWS takes (default 0,100)
  --only LIST        contestants: ${CONTESTANTS.map(({ name }) => name).join(", ")}; the floor always runs
  --commands LIST    ${COMMANDS.map(({ name }) => name).join(", ")} (default: preview,up,up-again)
  --change LIST      what the program changes: version (to managed login), certificate (default: both)
  --quick            defaults become --runs 2 --sizes 1,20 --latency 0 --commands preview,up
  --write-docs       write the tables to docs/benchmark.md

BENCH_NODE_OPTIONS   Node.js options for all processes of the commands: for profiles`;

/** @throws Error that says what is wrong with the command line. */
export function readOptions(argv: string[]): Options | "help" {
    const { values } = parseArgs({
        args: argv,
        options: {
            runs: { type: "string" },
            warmups: { type: "string" },
            sizes: { type: "string" },
            latency: { type: "string" },
            only: { type: "string" },
            commands: { type: "string" },
            change: { type: "string", default: "version,certificate" },
            quick: { type: "boolean", default: false },
            "write-docs": { type: "boolean", default: false },
            help: { type: "boolean", short: "h", default: false },
        },
    });
    if (values.help) {
        return "help";
    }
    const { quick } = values;
    const changes = named("change", CHANGES, values.change.split(","));
    const only = values.only?.split(",") ?? CONTESTANTS.filter(({ byDefault }) => byDefault).map(({ name }) => name);
    const commands = named(
        "commands",
        COMMANDS,
        (values.commands ?? (quick ? "preview,up" : "preview,up,up-again")).split(","),
    );
    const latencies = numbers("latency", values.latency ?? (quick ? "0" : "0,100"), 0);
    const sizes = numbers("sizes", values.sizes ?? (quick ? "1,20" : "1,20,100"), 1);
    return {
        runs: number("runs", values.runs ?? (quick ? "2" : "5"), 1),
        warmups: number("warmups", values.warmups ?? "1", 0),
        scenarios: changes.flatMap(({ name: change }) =>
            latencies.flatMap((latencyMs) =>
                sizes.map((size) => ({ size, latencyMs, change, certificates: "one" as const })),
            ),
        ),
        contestants: named("only", CONTESTANTS, ["floor", ...only]),
        commands: commandsNamed(commands.map(({ name }) => name)),
        writeDocs: values["write-docs"],
    };
}

function named<T extends { name: string }>(option: string, all: readonly T[], names: string[]): T[] {
    const unknown = names.find((name) => !all.some((it) => it.name === name));
    if (unknown !== undefined) {
        throw new Error(`--${option}: ${unknown} is not one of ${all.map(({ name }) => name).join(", ")}`);
    }
    return all.filter(({ name }) => names.includes(name));
}

function numbers(option: string, list: string, least: number): number[] {
    return list.split(",").map((text) => number(option, text, least));
}

function number(option: string, text: string, least: number): number {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least) {
        throw new Error(`--${option}: must be a whole number from ${least}, got ${text}`);
    }
    return value;
}
