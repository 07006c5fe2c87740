import { type Machine, machineText } from "./machine";
import type { Measurement } from "./measure";
import type { Options } from "./options";
import { scenarioTitle } from "./scenario";
import { median, paired } from "./statistics";

/** All measurements, as Markdown. */
export function report(measurements: Measurement[], options: Options, machine: Machine): string {
    const { contestants, runs } = options;
    return [
        `Measured ${machineText(machine)}. Whole commands, from start to exit, ${runs} paired rounds. Times are medians; in brackets is the median ratio to the floor.`,
        "The emulated AWS has no quotas here, and the pacing is lifted (PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR): what is " +
            "measured is this code. In a real account, 100 domains take at least the 4 s that 20 reads a second allow.",
        list(contestants),
        table(
            measurements,
            contestants.map(({ name }) => name),
        ),
    ].join("\n\n");
}

export function list(things: { name: string; description: string }[]): string {
    return things.map(({ name, description }) => `- **${name}**: ${description}`).join("\n");
}

/** One row for each scenario and command: the contestants' medians, with the ratio to the floor, and their calls to AWS. */
function table(measurements: Measurement[], contestants: string[]): string {
    const others = contestants.filter((name) => name !== "floor");
    const rows = measurements.flatMap((floor) => {
        if (floor.contestant !== "floor") {
            return [];
        }
        const { scenario, command } = floor;
        const same = measurements.filter((it) => it.scenario === scenario && it.command === command);
        const of = (name: string) => same.filter(({ contestant }) => contestant === name);
        const times = others
            .flatMap(of)
            .map(({ ms }) => `${seconds(median(ms))} (${paired(ms, floor.ms).ratio.toFixed(2)})`);
        const calls = others.flatMap(of).map(({ last }) => String(totalOf(last.calls)));
        return [[scenarioTitle(scenario), command, seconds(median(floor.ms)), ...times, calls.join(" / ")]];
    });
    return markdown(["Scenario", "Command", ...contestants, `AWS calls (${others.join(" / ")})`], rows);
}

export function totalOf(calls: Record<string, number>): number {
    return Object.values(calls).reduce((sum, count) => sum + count, 0);
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
