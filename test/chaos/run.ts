import { type Emulator, startEmulator } from "../emulator";
import { Runner } from "./runner";
import { type Schedule, scheduleOf } from "./schedule";

/** A schedule that was run. */
export interface Run {
    aws: Emulator;
    /** What was done, and what became of it, for whoever replays a seed. */
    notes: string[];
    /** The promise that was broken, if one was. */
    broken?: string;
}

/** What the domain's own server needs to know. */
export interface Scene {
    aws: Emulator;
    schedule: Schedule;
    runner: Runner;
}

/** Runs a seed's schedule until its end or the first broken promise. */
export async function run(seed: number, onStart: (scene: Scene) => void): Promise<Run> {
    const aws = await startEmulator();
    const notes: string[] = [];
    try {
        const schedule = scheduleOf(seed, aws);
        const runner = new Runner(aws, schedule, notes);
        aws.observer = runner.record;
        onStart({ aws, schedule, runner });
        for (const step of schedule.steps) {
            notes.push(JSON.stringify(step));
            await runner.perform(step);
        }
        return { aws, notes };
    } catch (error) {
        return { aws, notes, broken: `${notes.length} notes, the last: ${notes.at(-1)}\n${(error as Error).stack}` };
    } finally {
        await aws.close();
    }
}
