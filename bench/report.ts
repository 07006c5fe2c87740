import { execFileSync } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { version as pulumiSdk } from "@pulumi/pulumi/package.json";
import { leastSeconds } from "../test/emulator";
import type { Measurement } from "./measure";

/** The date, the machine and the versions that were measured. */
export function machineText(engine: string): string {
    const cli = execFileSync(path.join(engine, "pulumi"), ["version"], {
        encoding: "utf8",
        env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" },
    }).trim();
    const hardware = `${os.cpus()[0]?.model}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB`;
    const software = `Node.js ${process.version}, Pulumi CLI ${cli}, @pulumi/pulumi ${pulumiSdk}`;
    return `${new Date().toISOString().slice(0, 10)}: ${hardware}, ${os.type()} ${os.arch()}; ${software}; load ${os.loadavg()[0]?.toFixed(1)}`;
}

/** One row for each size and command: medians, with the median time above the floor in a round, and the number of AWS calls. */
export function table(measurements: Measurement[], hasQuotas: boolean): string {
    const rows = measurements
        .filter(({ contestant }) => contestant === "floor")
        .map((floor) => {
            const others = measurements.filter(
                (it) => it !== floor && it.scenario === floor.scenario && it.command === floor.command,
            );
            const [ours] = others;
            return [
                String(floor.scenario.size),
                floor.command,
                seconds(median(floor.ms)),
                ...others.map((it) => timeOf(it, floor)),
                others.map(({ calls }) => String(totalOf(calls))).join(" / "),
                ...(hasQuotas ? [seconds(leastSeconds(ours?.calls ?? {}) * 1000)] : []),
                ...(hasQuotas ? [others.map(({ throttled }) => String(throttled)).join(" / ")] : []),
            ];
        });
    const header = ["Domains", "Command", "floor", "ours", "hand", "AWS calls (ours / hand)"];
    return markdown([...header, ...(hasQuotas ? ["Bound (ours)", "Throttled (ours / hand)"] : [])], rows);
}

function timeOf({ ms, notDone }: Measurement, floor: Measurement): string {
    if (notDone > 0) {
        return `${notDone} not done`;
    }
    const above = median(ms.map((value, round) => value - (floor.ms[round] ?? 0)));
    return `${seconds(median(ms))} (${above < 0 ? "-" : "+"}${seconds(Math.abs(above))})`;
}

function totalOf(calls: Record<string, number>): number {
    return Object.values(calls).reduce((sum, count) => sum + count, 0);
}

function markdown(header: string[], rows: string[][]): string {
    const widths = header.map((title, column) =>
        Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
    );
    const line = (cells: string[]) =>
        `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
    return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function median(values: number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
    return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

function seconds(ms: number): string {
    return `${(ms / 1000).toFixed(2)} s`;
}
