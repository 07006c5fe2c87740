import type { Call, Emulator } from "../test/emulator";
import type { Command } from "./commands";
import { watchPluginMemory } from "./pluginMemory";
import type { Project } from "./project";
import { countUndone, type Resource, type Scenario, setScene } from "./scenario";

/** How one contestant did with one command in one scenario. */
export interface Measurement {
    scenario: Scenario;
    command: string;
    contestant: string;
    /** Milliseconds, one for each round; the same place is the same round for all contestants. */
    ms: number[];
    /** What there is to see besides, in the last round. */
    last: Sight;
}

/** What one command has done. */
export interface Sight {
    /** AWS calls that were let through, by operation. */
    calls: Record<string, number>;
    /** AWS calls that were throttled. */
    throttled: number;
    /** Findings that say that AWS could not be asked. */
    unseen: number;
    /** Domains that are not as the program asks. */
    undone: number;
    /** Megabytes that the plugin held at the most. */
    pluginMegabytes?: number;
    /** Bytes of the stack's state. */
    stateBytes: number;
}

/** A project, and the AWS account that its domains are in. */
export interface Entry {
    project: Project;
    account: string;
}

/** How often everything is run. */
export interface Rounds {
    /** Rounds that count. */
    runs: number;
    /** Rounds before them that do not. */
    warmups: number;
    commands: Command[];
}

/**
 * Times every command for every contestant, in rounds: within one, the contestants take turns at each command, so that
 * whatever else the machine does strikes them alike; who begins changes from round to round.
 *
 * @throws Error when a command fails, but under quotas: there it is a result.
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
