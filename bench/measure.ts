import type { Call, Emulator } from "../test/emulator";
import type { Command } from "./commands";
import { watchPluginMemory } from "./pluginMemory";
import type { Project } from "./project";
import { countUndone, type Resource, type Scenario, setScene } from "./scenario";

/** The results of one contestant with one command in one scenario. */
export interface Measurement {
    scenario: Scenario;
    command: string;
    contestant: string;
    /** Milliseconds, by round; rounds are the same for all contestants. */
    ms: number[];
    /** Everything else, in the last round. */
    last: Sight;
}

/** The effects of one command. */
export interface Sight {
    /** AWS calls that were not throttled, by operation. */
    calls: Record<string, number>;
    /** Throttled AWS calls. */
    throttled: number;
    /** Findings because AWS could not be asked. */
    unseen: number;
    /** Domains that differ from the program. */
    undone: number;
    /** The plugin's peak memory. */
    pluginMegabytes?: number;
    /** Bytes of the stack's state. */
    stateBytes: number;
}

/** A project, and the AWS account with its domains. */
export interface Entry {
    project: Project;
    account: string;
}

/** How often everything runs. */
export interface Rounds {
    /** Measured rounds. */
    runs: number;
    /** Rounds before them that are not measured. */
    warmups: number;
    commands: Command[];
}

/**
 * Times every command for every contestant, in rounds. Contestants take turns at each command, in rotating order, so that other load
 * affects them alike.
 * @throws Error if a command fails, except under quotas: there, a failure is a result.
 */
export async function measure(
    aws: Emulator,
    entries: Entry[],
    scenario: Scenario,
    { runs, warmups, commands }: Rounds,
    say: (text: string) => void,
): Promise<Measurement[]> {
    const measurements = new Map<string, Measurement>();
    for (let round = -warmups; round < runs; round++) {
        aws.reset();
        aws.behaviour.latencyMs = scenario.latencyMs;
        aws.behaviour.quotas = scenario.quotas ?? false;
        const programs = new Map<Entry, Resource[]>();
        for (const entry of entries) {
            const resources = setScene(aws, entry.account, scenario);
            programs.set(entry, resources);
            await entry.project.rewind(resources);
        }
        for (const command of commands) {
            for (const entry of rotated(entries, round + warmups)) {
                const { ms, sight } = await timed(aws, entry, programs.get(entry) ?? [], command, scenario);
                if (round >= 0) {
                    const contestant = entry.project.contestant.name;
                    const key = `${command.name} ${contestant}`;
                    const earlier = measurements.get(key)?.ms ?? [];
                    measurements.set(key, {
                        scenario,
                        command: command.name,
                        contestant,
                        ms: [...earlier, ms],
                        last: sight,
                    });
                }
            }
        }
        say(round < 0 ? "warm-up" : `round ${round + 1} of ${runs}`);
    }
    return commands.flatMap(({ name }) =>
        entries.flatMap(({ project }) => measurements.get(`${name} ${project.contestant.name}`) ?? []),
    );
}

async function timed(
    aws: Emulator,
    { project, account }: Entry,
    resources: Resource[],
    { cli }: Command,
    { quotas }: Scenario,
): Promise<{ ms: number; sight: Sight }> {
    aws.calls = [];
    const memory = quotas === undefined ? () => undefined : watchPluginMemory(project.folder);
    const { ms, code, output } = await project.run(cli, { isPaced: quotas !== undefined });
    const pluginMegabytes = memory();
    if (code !== 0 && quotas === undefined) {
        throw new Error(`${project.contestant.name}: pulumi ${cli.join(" ")} ended with ${code}:\n${output}`);
    }
    const throttled = aws.calls.filter(isThrottled);
    return {
        ms,
        sight: {
            calls: counted(aws.calls.filter((call) => !isThrottled(call))),
            throttled: throttled.length,
            unseen: output.match(/-unseen\]/g)?.length ?? 0,
            undone: countUndone(aws, account, resources),
            pluginMegabytes,
            stateBytes: await project.stateSize(),
        },
    };
}

function isThrottled({ error }: Call): boolean {
    return error?.name === "TooManyRequestsException" || error?.name === "ThrottlingException";
}

function counted(calls: Call[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { operation } of calls) {
        counts[operation] = (counts[operation] ?? 0) + 1;
    }
    return counts;
}

function rotated<T>(list: T[], by: number): T[] {
    const start = by % list.length;
    return [...list.slice(start), ...list.slice(0, start)];
}
