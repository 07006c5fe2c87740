import { closeSync, openSync } from "node:fs";
import type { Engine } from "./engine";

/** Milliseconds between two lines of one resource: on a terminal each replaces the last, in a pipeline all of them stay. */
const TERMINAL_INTERVAL_MS = 2_000;
const PIPELINE_INTERVAL_MS = 30_000;

/** Shows what is waited for while some work goes on, a call that hangs included. Short work shows nothing. */
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

/** Whether a person is watching. The plugin's own streams are pipes, but it belongs to the terminal that Pulumi runs in. */
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
