import { isToBeHad, type Runtime } from "../../engine/support/runtimes";

/** One tested combination, and its result. */
export interface Row {
    cell: string;
    pulumi: string;
    runtime: Runtime;
    result: string;
}

const rows: Row[] = [];

/** Printed last. */
process.once("exit", () => {
    if (rows.length > 0) {
        console.log(`\n${table(["Where it was tried", "@pulumi/pulumi", "Runtime", "Result"], rows)}\n`);
    }
});

/** A test of a cell, whose result goes into the table. */
export function tried(name: string, row: Omit<Row, "result">, proof: () => Promise<void>): void {
    it(name, function () {
        if (!isToBeHad(row.runtime)) {
            rows.push({ ...row, result: "not tried here" });
            this.skip();
        }
        return noted(row, proof);
    });
}

async function noted(row: Omit<Row, "result">, proof: () => Promise<void>): Promise<void> {
    const began = Date.now();
    const note = (word: string) =>
        rows.push({ ...row, result: `${word}, ${Math.round((Date.now() - began) / 1000)} s` });
    try {
        await proof();
    } catch (error) {
        note("FAILS");
        throw error;
    }
    note("works");
}

function table(heads: string[], body: Row[]): string {
    const lines = [heads, ...body.map(({ cell, pulumi, runtime, result }) => [cell, pulumi, runtime, result])];
    const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
    const [head, ...rest] = lines.map((line) => line.map((text, column) => text.padEnd(widths[column] ?? 0)));
    const rule = widths.map((width) => "-".repeat(width));
    return [head, rule, ...rest].map((line) => `| ${line?.join(" | ")} |`).join("\n");
}
