import assert from "node:assert/strict";
import { globalAgent } from "node:https";
import { type Call, type Emulator, startEmulator } from "../emulator";
import { makeCertificate, startTlsServer } from "../support/tlsServer";
import { replaceClocks } from "./clock";
import { SERVED_SERIAL } from "./programs";
import { Runner } from "./runner";
import { scheduleOf } from "./schedule";

/** CHAOS_SEED alone replays that seed and tells everything; CHAOS_SCHEDULES runs so many, from that seed on. */
const { CHAOS_SEED, CHAOS_SCHEDULES } = process.env;
const IS_REPLAY = CHAOS_SEED !== undefined && CHAOS_SCHEDULES === undefined;
const FIRST = Number(CHAOS_SEED ?? 1);
const SCHEDULES = Number(CHAOS_SCHEDULES ?? (IS_REPLAY ? 1 : 100));
const BATCH = 50;
const AT_ONCE = 6;

/** What the domain's own server needs to know. */
interface Scene {
    aws: Emulator;
    runner: Runner;
}

function describeCall({ at, operation, input, output, error }: Call): string {
    const answer = output ?? (error ? `${error.name}: ${error.message}` : "no answer");
    return `${at} ${operation} ${JSON.stringify(input)} -> ${JSON.stringify(answer)}`;
}

const PAGES: Record<number, string> = {
    1: '<form name="cognitoSignInForm"></form>',
    2: "<!doctype html><div id=root></div>",
};

describe("chaos", () => {
    const scenes = new Map<string, Scene>();
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown) => unhandled.push(reason);
    const saved = { ...process.env };
    let stop: () => Promise<void>;
    let restoreClocks: () => void;

    before(async () => {
        restoreClocks = replaceClocks();
        const certificate = await makeCertificate(SERVED_SERIAL, "*.example.com");
        const proxys = await makeCertificate("0d", "*.example.com");
        // The sign-in pages, of the version that is in force.
        const server = await startTlsServer(
            (servername) => (scenes.get(servername)?.runner.isIntercepted ? proxys : certificate),
            ({ headers: { host = "" } }, response) =>
                response.end(PAGES[scenes.get(host)?.aws.domainOf(host)?.managedLoginVersion ?? 1]),
        );
        stop = server.close;
        globalAgent.options.ca = certificate.cert;
        process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO = `::127.0.0.1:${server.port}`;
        // Chaos throttles at random: at AWS's pace, this would take all day.
        process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR = "1000";
        process.on("unhandledRejection", onUnhandled);
    });

    after(async () => {
        process.off("unhandledRejection", onUnhandled);
        process.env = saved;
        restoreClocks();
        delete globalAgent.options.ca;
        await stop();
    });

    /** Runs a seed's schedule until its end or the first broken promise, which it returns. */
    async function failureOf(seed: number): Promise<string | undefined> {
        const aws = await startEmulator();
        /** What was done, and what became of it, for whoever replays a seed. */
        const notes: string[] = [];
        try {
            const schedule = scheduleOf(seed, aws);
            const runner = new Runner(aws, schedule, notes);
            aws.observer = runner.record;
            scenes.set(schedule.domain, { aws, runner });
            for (const step of schedule.steps) {
                notes.push(JSON.stringify(step));
                await runner.perform(step);
            }
            return undefined;
        } catch (error) {
            return [
                `seed ${seed}: ${notes.length} notes, the last: ${notes.at(-1)}`,
                (error as Error).stack,
                `Replay: CHAOS_SEED=${seed} npm run -s test:chaos`,
            ].join("\n");
        } finally {
            if (IS_REPLAY) {
                console.log([...notes, ...aws.calls.map(describeCall)].join("\n"));
            }
            await aws.close();
        }
    }

    for (let from = FIRST; from < FIRST + SCHEDULES; from += BATCH) {
        const to = Math.min(from + BATCH, FIRST + SCHEDULES) - 1;
        it(`breaks no promise with the seeds ${from} to ${to}`, async () => {
            const seeds = Array.from({ length: to - from + 1 }, (_, index) => from + index);
            const failures: string[] = [];
            const work = async () => {
                for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
                    const failure = await failureOf(seed);
                    if (failure) {
                        failures.push(failure);
                    }
                }
            };
            await Promise.all(Array.from({ length: AT_ONCE }, work));
            assert.deepEqual(unhandled, []);
            if (failures.length > 0) {
                throw new Error(`${failures.length} broken promises\n\n${failures.join("\n\n")}`);
            }
        }).timeout(600_000);
    }
});
