import { execFileSync } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { version as pulumiSdk } from "@pulumi/pulumi/package.json";

/** The machine and the versions that were measured. */
export interface Machine {
    date: string;
    cpu: string;
    cores: number;
    memoryGb: number;
    system: string;
    node: string;
    pulumiCli: string;
    pulumiSdk: string;
    /** Load average of the last minute before the start. */
    load: number;
}

export function describeMachine(engine: string): Machine {
    return {
        date: new Date().toISOString().slice(0, 10),
        cpu: os.cpus()[0]?.model ?? "unknown",
        cores: os.cpus().length,
        memoryGb: Math.round(os.totalmem() / 2 ** 30),
        system: `${os.type()} ${os.arch()}`,
        node: process.version,
        pulumiCli: execFileSync(path.join(engine, "pulumi"), ["version"], {
            encoding: "utf8",
            env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" },
        }).trim(),
        pulumiSdk,
        load: Number((os.loadavg()[0] ?? 0).toFixed(1)),
    };
}

export function machineText(machine: Machine): string {
    const { date, cpu, cores, memoryGb, system, node, pulumiCli, pulumiSdk, load } = machine;
    return `${date}: ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node.js ${node}, Pulumi CLI ${pulumiCli}, @pulumi/pulumi ${pulumiSdk}; load ${load} before the start`;
}
