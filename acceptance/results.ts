import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { withoutNames } from "./asking";
import type { CustomName } from "./customName";
import type { Answered } from "./probe";
import type { Session } from "./session";

/** The result of a step. */
export interface Played {
    title: string;
    seconds: number;
    /** The error, if it failed. */
    failure?: string;
}

/** Writes the run's results, without account and names, to attach to an issue. Returns the file. */
export function writeResults(run: {
    session: Session;
    runId: string;
    custom?: CustomName;
    steps: Played[];
    answers: Answered[];
    failure?: Error;
}): string {
    const { session, runId, steps, answers, failure } = run;
    const text = JSON.stringify(
        {
            run: runId.slice(0, "20261124-0523".length),
            askedOf: session.endpoint ? "an emulator" : "AWS",
            region: session.region,
            sdk: session.sdkVersion,
            node: process.version,
            steps,
            failure: failure?.message,
            answers,
        },
        undefined,
        4,
    );
    const folder = path.join(__dirname, "results");
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `${runId}.json`);
    writeFileSync(file, `${withoutNames(text, run)}\n`);
    return path.relative(process.cwd(), file);
}
