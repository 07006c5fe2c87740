import type { Emulator } from "../test/emulator";
import type { Command } from "./commands";
import type { Options } from "./options";
import type { Project } from "./project";
import { type Scenario, setScene } from "./scenario";

/** How one contestant did with one command in one scenario. */
export interface Measurement {
    scenario: Scenario;
    command: string;
    contestant: string;
    /** Milliseconds, one for each round; the same place is the same round for all contestants. */
    ms: number[];
    /** AWS calls by operation, in the last round. */
    calls: Record<string, number>;
}

/** A project, and the AWS account that its domains are in. */
export interface Entry {
    project: Project;
    account: string;
}

/**
 * Times every command for every contestant, in rounds: within one, the contestants take turns at each command, so that
 * whatever else the machine does strikes them alike; who begins changes from round to round.
 */
export async function measure(
    aws: Emulator,
    entries: Entry[],
    scenario: Scenario,
    { runs, warmups, commands }: Options,
    say: (text: string) => void,
): Promise<Measurement[]> {
    const measurements = new Map<string, Measurement>();
    for (let round = -warmups; round < runs; round++) {
        aws.reset();
        aws.behaviour.latencyMs = scenario.latencyMs;
        for (const { project, account } of entries) {
            await project.rewind(setScene(aws, account, scenario));
        }
        for (const command of commands) {
            for (const { project } of rotated(entries, round + warmups)) {
                const { ms, calls } = await timed(aws, project, command);
                if (round >= 0) {
                    const contestant = project.contestant.name;
                    const key = `${command.name} ${contestant}`;
                    const earlier = measurements.get(key)?.ms ?? [];
                    measurements.set(key, { scenario, command: command.name, contestant, ms: [...earlier, ms], calls });
                }
            }
        }
        say(round < 0 ? "warm-up" : `round ${round + 1} of ${runs}`);
    }
    return commands.flatMap(({ name }) =>
        entries.flatMap(({ project }) => measurements.get(`${name} ${project.contestant.name}`) ?? []),
    );
}

async function timed(aws: Emulator, project: Project, { cli }: Command) {
    aws.calls = [];
    const ms = await project.time(cli);
    const calls: Record<string, number> = {};
    for (const { operation } of aws.calls) {
        calls[operation] = (calls[operation] ?? 0) + 1;
    }
    return { ms, calls };
}

function rotated<T>(list: T[], by: number): T[] {
    const start = by % list.length;
    return [...list.slice(start), ...list.slice(0, start)];
}
