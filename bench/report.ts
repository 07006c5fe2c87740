import { type Machine, machineText } from "./machine";
import type { Measurement } from "./measure";
import type { Options } from "./options";
import { scenarioTitle } from "./scenario";
import { median, paired } from "./statistics";

/** All measurements, as Markdown. */
export function report(measurements: Measurement[], options: Options, machine: Machine): string {
    const { contestants, commands, runs } = options;
    return [
        `Measured ${machineText(machine)}. Whole commands, from start to exit, ${runs} paired rounds. Ratio and difference are medians over the rounds, so they need not be those of the medians; the machine's own swings are as large as a few hundredths.`,
        "The emulated AWS has no quotas here, and the pacing is lifted (PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR): what is " +
            "measured is this code. In a real account, 100 domains take at least the 4 s that 20 reads a second allow.",
        list(contestants),
        list(commands),
        ...commands.map(({ name }) =>
            [`## ${name}`, table(measurements.filter(({ command }) => command === name))].join("\n\n"),
        ),
        "## AWS calls",
        callsTable(measurements),
    ].join("\n\n");
}

export function list(things: { name: string; description: string }[]): string {
    return things.map(({ name, description }) => `- **${name}**: ${description}`).join("\n");
}

function table(measurements: Measurement[]): string {
    const rows = measurements.map((it) => {
        const floor =
            measurements.find((other) => other.contestant === "floor" && other.scenario === it.scenario) ?? it;
        const { ratio, difference } = paired(it.ms, floor.ms);
        return [
            scenarioTitle(it.scenario),
            it.contestant,
            seconds(median(it.ms)),
            `${seconds(Math.min(...it.ms))} - ${seconds(Math.max(...it.ms))}`,
            ratio.toFixed(3),
            `${difference >= 0 ? "+" : "-"}${Math.abs(Math.round(difference))} ms`,
        ];
    });
    return markdown(["Scenario", "Contestant", "Median", "Range", "Ratio to floor", "Above floor"], rows);
}

export function callsTable(measurements: Measurement[]): string {
    const rows = measurements
        .filter(({ contestant }) => contestant !== "floor")
        .map(({ scenario, command, contestant, last: { calls } }) => [
            scenarioTitle(scenario),
            command,
            contestant,
            String(totalOf(calls)),
            callsText(calls),
        ]);
    return markdown(["Scenario", "Command", "Contestant", "Calls", "Of these"], rows);
}

export function totalOf(calls: Record<string, number>): number {
    return Object.values(calls).reduce((sum, count) => sum + count, 0);
}

export function callsText(calls: Record<string, number>): string {
    return Object.entries(calls)
        .map(([operation, count]) => `${count} ${operation}`)
        .join(", ");
}

/** A table with padded columns, for reading on a terminal. */
export function markdown(header: string[], rows: string[][]): string {
    const widths = header.map((title, column) =>
        Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
    );
    const line = (cells: string[]) =>
        `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
    return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

export function seconds(ms: number): string {
    return `${(ms / 1000).toFixed(2)} s`;
}
