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

/** The measurements as a Markdown table, with padded columns for reading on a terminal. */
export function table(measurements: Measurement[], hasQuotas: boolean): string {
    const header = ["Domains", "Command", "Contestant", "Median", "Range", "Above floor", "Calls"];
    const rows = measurements.map((it) => {
        const { scenario, command, contestant, ms, calls, notDone } = it;
        const isFloor = (other: Measurement) =>
            other.contestant === "floor" && other.scenario === scenario && other.command === command;
        const floor = measurements.find(isFloor)?.ms ?? [];
        const bound = leastSeconds(calls, hasQuotas);
        return [
            String(scenario.size),
            command,
            contestant,
            seconds(median(ms)),
            `${seconds(Math.min(...ms))} - ${seconds(Math.max(...ms))}`,
            // The time of a command that failed half-way means nothing.
            contestant === "floor" || notDone > 0
                ? ""
                : seconds(median(ms.map((value, round) => value - (floor[round] ?? 0)))),
            Object.entries(calls)
                .map(([operation, count]) => `${count} ${operation}`)
                .join(", "),
            ...(hasQuotas
                ? [seconds(bound * 1000), contestant === "floor" ? "" : String(notDone), String(it.throttled)]
                : []),
        ];
    });
    return markdown([...header, ...(hasQuotas ? ["Bound", "Not done", "Throttled"] : [])], rows);
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
