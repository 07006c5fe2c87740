import { parseArgs } from "node:util";
import { COMMANDS, type Command } from "./commands";
import { CONTESTANTS, type Contestant } from "./contestants";
import type { Scenario } from "./scenario";

export interface Options {
    /** Rounds that count. */
    runs: number;
    /** Rounds before them that do not. */
    warmups: number;
    scenarios: Scenario[];
    contestants: Contestant[];
    commands: Command[];
    writeDocs: boolean;
}

export const HELP = `Usage: npm run bench -- [options]

  --runs N           rounds that count (default 5)
  --warmups N        rounds before them that do not (default 1)
  --sizes LIST       numbers of resources (default 1,20,100)
  --latency LIST     milliseconds that AWS takes for an answer (default 0,100)
  --only LIST        contestants: ${CONTESTANTS.map(({ name }) => name).join(", ")}; the floor always runs
  --commands LIST    ${COMMANDS.map(({ name }) => name).join(", ")} (default: preview,up,up-again)
  --pools own|shared a user pool for each domain (default), or one for all of them
  --quick            --runs 2 --sizes 1,20 --latency 0 --commands preview,up, where not given otherwise
  --write-docs       write the table to docs/benchmark.md

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
            pools: { type: "string", default: "own" },
            quick: { type: "boolean", default: false },
            "write-docs": { type: "boolean", default: false },
            help: { type: "boolean", short: "h", default: false },
        },
    });
    if (values.help) {
        return "help";
    }
    const { quick, pools } = values;
    if (pools !== "own" && pools !== "shared") {
        throw new Error(`--pools is ${pools}; give own or shared`);
    }
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
        scenarios: latencies.flatMap((latencyMs) => sizes.map((size) => ({ size, latencyMs, pools }))),
        contestants: named("only", CONTESTANTS, ["floor", ...only]),
        commands: withPrerequisites(commands),
        writeDocs: values["write-docs"],
    };
}

/** What a command runs on has to have been run. */
function withPrerequisites(commands: Command[]): Command[] {
    return COMMANDS.filter((it) => commands.includes(it) || commands.some(({ after }) => after === it.name));
}

function named<T extends { name: string }>(option: string, all: readonly T[], names: string[]): T[] {
    const stranger = names.find((name) => !all.some((it) => it.name === name));
    if (stranger !== undefined) {
        throw new Error(`--${option} names ${stranger}; known are ${all.map(({ name }) => name).join(", ")}`);
    }
    return all.filter(({ name }) => names.includes(name));
}

function numbers(option: string, list: string, least: number): number[] {
    return list.split(",").map((text) => number(option, text, least));
}

function number(option: string, text: string, least: number): number {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least) {
        throw new Error(`--${option} has ${text}; give whole numbers from ${least}`);
    }
    return value;
}
