import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds until the first line about a wait, and between the next ones. */
const FIRST_MS = 5_000;
const REPEAT_MS = 30_000;

/** Thrown where the run goes on after somebody has asked it to stop. */
export class Stopped extends Error {
    override readonly name = "Stopped";

    constructor() {
        super("stopped");
    }
}

/** A line for each step, with the seconds since the run began, and now and then what it waits for. */
export class Progress {
    readonly #began = performance.now();
    #stopped = false;

    /** From now on {@link goOn} and {@link waitFor} throw, until {@link resume}. */
    stop(): void {
        this.#stopped = true;
    }

    resume(): void {
        this.#stopped = false;
    }

    /** Throws {@link Stopped} where the run has been asked to stop. */
    goOn(): void {
        if (this.#stopped) {
            throw new Stopped();
        }
    }

    say(text: string): void {
        for (const line of text.split("\n")) {
            process.stdout.write(`${line ? `[${String(this.seconds).padStart(4)} s] ${line}` : ""}\n`);
        }
    }

    /** Seconds since the run began. */
    get seconds(): number {
        return Math.round((performance.now() - this.#began) / 1000);
    }

    /**
     * Looks until there is an answer, and says after 5 s and then every 30 s what it waits for.
     *
     * @throws When it is not there within the minutes.
     */
    async waitFor<T>(
        what: string,
        { usually, minutes, pauseMs }: { usually: string; minutes: number; pauseMs: number },
        look: () => Promise<T | undefined>,
    ): Promise<T> {
        const began = performance.now();
        let said = FIRST_MS - REPEAT_MS;
        for (;;) {
            this.goOn();
            const found = await look();
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
