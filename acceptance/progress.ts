import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds until the first line about a wait, and between later ones. */
const FIRST_MS = 5_000;
const REPEAT_MS = 30_000;

/** Thrown if the run continues after it was asked to stop. */
export class Stopped extends Error {
    override readonly name = "Stopped";

    constructor() {
        super("stopped");
    }
}

/** Prints a line for each step and, during waits, what the run waits for. */
export class Progress {
    /** If true, {@link goOn} and {@link waitFor} throw. */
    isStopped = false;
    readonly #began = performance.now();

    /** Throws {@link Stopped} if the run was asked to stop. */
    goOn(): void {
        if (this.isStopped) {
            throw new Stopped();
        }
    }

    say(text: string): void {
        const seconds = Math.round((performance.now() - this.#began) / 1000);
        for (const line of text.split("\n")) {
            process.stdout.write(`${line ? `[${String(seconds).padStart(4)} s] ${line}` : ""}\n`);
        }
    }

    /**
     * Asks until there is an answer.
     * @throws if there is none within `minutes`.
     */
    async waitFor<T>(
        what: string,
        { usually, minutes, pauseMs }: { usually: string; minutes: number; pauseMs: number },
        ask: () => Promise<T | undefined>,
    ): Promise<T> {
        const began = performance.now();
        let said = FIRST_MS - REPEAT_MS;
        for (;;) {
            this.goOn();
            const found = await ask();
            if (found !== undefined) {
                return found;
            }
            const waited = performance.now() - began;
            if (waited > minutes * 60_000) {
                throw new Error(`${what}: not within ${minutes} minutes`);
            }
            if (waited - said >= REPEAT_MS) {
                said = waited;
                this.say(`  waiting: ${what} (${Math.round(waited / 1000)} s; usually ${usually})`);
            }
            await sleep(pauseMs);
        }
    }
}
