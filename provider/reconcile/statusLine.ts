import { closeSync, openSync } from "node:fs";
import type { Engine } from "./engine";

/** Milliseconds between two lines of one resource: on a terminal each replaces the last, in a pipeline all of them stay. */
const ON_A_TERMINAL = 2_000;
const IN_A_PIPELINE = 30_000;

/** Shows how a wait is going, not oftener than people can use it; a short wait shows nothing. */
export function statusLine(
    engine: Engine,
    interval: number = isTerminal() ? ON_A_TERMINAL : IN_A_PIPELINE,
    now: () => number = Date.now,
): (text: string) => void {
    let last = now();
    return (text) => {
        if (now() - last >= interval) {
            last = now();
            engine.status(text);
        }
    };
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
