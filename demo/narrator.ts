/** Thrown by a check that failed: the story ends there. */
export class BrokenStory extends Error {
    override readonly name = "BrokenStory";
}

/** Prints the story: headings, sentences, commands with their output, and checks. */
export class Narrator {
    readonly color = process.stdout.isTTY === true && !process.env.NO_COLOR;
    checks = 0;
    #chapters = 0;

    chapter(title: string): void {
        this.#chapters++;
        this.say(`\n${this.#style("1;36", `${this.#chapters}. ${title}`)}`);
    }

    command(text: string): void {
        this.say(`\n${this.#style("1", `$ ${text}`)}`);
    }

    table(rows: [string, unknown][]): void {
        const width = Math.max(...rows.map(([name]) => name.length));
        for (const [name, value] of rows) {
            this.say(`    ${name.padEnd(width)}  ${value}`);
        }
    }

    /** A check; the first one that fails ends the story. */
    check(holds: boolean, what: string): void {
        if (!holds) {
            throw new BrokenStory(what);
        }
        this.checks++;
        this.say(`${this.#style("32", "  ✓")} ${what}`);
    }

    failure(text: string): void {
        this.say(`\n${this.#style("1;31", "  ✗")} ${text}`);
    }

    say(text: string): void {
        process.stdout.write(`${text}\n`);
    }

    #style(code: string, text: string): string {
        return this.color ? `\u001b[${code}m${text}\u001b[0m` : text;
    }
}
