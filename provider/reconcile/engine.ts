import { closeSync, openSync } from "node:fs";
import { EngineGoneError } from "../model/errors";

/** How the provider talks back to the Pulumi engine that runs it. */
export interface Engine {
    /** Lasting lines on the stack. */
    warn(text: string): void;
    info(text: string): void;
    /** A line that is shown live and vanishes; in a pipeline, one line each. */
    status(text: string): void;
    /** False once the engine that started this process has exited: a killed engine leaves its plugins running. */
    alive(): Promise<boolean>;
    /** False in an operation without the program: `destroy`, `refresh`. */
    runsProgram(): Promise<boolean>;
}

/** @throws EngineGoneError with this message. */
export async function requireEngine(engine: Engine, message = "the Pulumi engine has exited"): Promise<void> {
    if (!(await engine.alive())) {
        throw new EngineGoneError(message);
    }
}

/** Milliseconds between two lines of one resource: on a terminal each replaces the last, in a pipeline all of them stay. */
const TERMINAL_INTERVAL_MS = 2_000;
const PIPELINE_INTERVAL_MS = 30_000;

/** Shows a status line while some work goes on, even if a call hangs. Short work shows nothing. */
export async function withStatusLine<T>(
    engine: Engine,
    text: () => string,
    work: () => Promise<T>,
    intervalMs: number = isTerminal() ? TERMINAL_INTERVAL_MS : PIPELINE_INTERVAL_MS,
): Promise<T> {
    const timer = setInterval(() => engine.status(text()), intervalMs);
    try {
        return await work();
    } finally {
        clearInterval(timer);
    }
}

/** True if a person is watching. The plugin's own streams are pipes, but it belongs to the terminal that Pulumi runs in. */
function isTerminal(): boolean {
    if (process.env.CI) {
        return false;
    }
    try {
        closeSync(openSync("/dev/tty", "r"));
        return true;
    } catch {
        return false;
    }
}
