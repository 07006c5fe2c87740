import { Aws } from "../../provider/aws";
import type { Engine } from "../../provider/engine";
import type { Job, Means } from "../../provider/job";
import type { Emulator } from "../emulator";

/** An engine that remembers what it was told. */
export interface RecordingEngine extends Engine {
    warnings: string[];
    /** Set to false: the engine was killed. */
    isAlive: boolean;
}

export function recordingEngine(): RecordingEngine {
    const warnings: string[] = [];
    return {
        warnings,
        isAlive: true,
        warn: (text) => warnings.push(text),
        info: () => {},
        status: () => {},
        async alive() {
            return this.isAlive;
        },
    };
}

/** The real AWS calls, against the emulator. */
export function meansWith(emulator: Emulator, engine: Engine = recordingEngine()): Means {
    for (const [name, value] of Object.entries(emulator.env())) {
        process.env[name] = value;
    }
    return { aws: new Aws(), engine, now: () => new Date() };
}

/** A job with the defaults of the resource's arguments. */
export function jobFor(address: Job["address"], wanted: Job["wanted"], rest: Partial<Job> = {}): Job {
    return {
        address,
        wanted,
        believed: {},
        minimumCertificateValidityDays: 14,
        wait: "active",
        timeoutSeconds: 30,
        onFailure: "keep",
        ...rest,
    };
}
