/** Thrown by a check that failed: the story ends there. */
export class BrokenStory extends Error {
    override readonly name = "BrokenStory";
}

/** Prints the story: headings, sentences, commands with their output, and checks. */
export class Narrator {
    readonly color = process.stdout.isTTY === true && !process.env.NO_COLOR;
    #chapters = 0;
    #checks = 0;
    #isLive = false;

    get checks(): number {
        return this.#checks;
    }

    chapter(title: string): void {
        this.#chapters++;
        this.print(`\n${this.#style("1;36", `${this.#chapters}. ${title}`)}\n`);
    }

    say(text: string): void {
        this.print(`${text}\n`);
    }

    command(text: string): void {
        this.print(`\n${this.#style("1", `$ ${text}`)}\n`);
    }

    table(rows: [string, unknown][]): void {
        const width = Math.max(...rows.map(([name]) => name.length));
        for (const [name, value] of rows) {
            this.print(`    ${name.padEnd(width)}  ${value}\n`);
        }
    }

    /** A check; the first one that fails ends the story. */
    check(holds: boolean, what: string): void {
        if (!holds) {
            throw new BrokenStory(what);
        }
        this.#checks++;
        this.print(`${this.#style("32", "  ✓")} ${what}\n`);
    }

    failure(text: string): void {
        this.print(`\n${this.#style("1;31", "  ✗")} ${text}\n`);
    }

    /** On a terminal, the latest line of a running command; replaced by the next, and wiped at the end. */
    progress(text: string): void {
        const line = text.trimEnd().split("\n").at(-1)?.trim();
        if (process.stdout.isTTY && line) {
            this.#isLive = true;
            process.stdout.write(`\r\u001b[K${line.slice(0, (process.stdout.columns ?? 80) - 1)}`);
        }
    }

    print(text: string): void {
        if (this.#isLive) {
            this.#isLive = false;
            process.stdout.write("\r\u001b[K");
        }
        process.stdout.write(text);
    }

    #style(code: string, text: string): string {
        return this.color ? `\u001b[${code}m${text}\u001b[0m` : text;
    }
}
