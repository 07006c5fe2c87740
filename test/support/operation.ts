import { Aws } from "../../provider/aws/awsCalls";
import type { Engine } from "../../provider/reconcile/engine";
import type { Operation, OperationContext } from "../../provider/reconcile/operation";
import type { Emulator } from "../emulator";

/** An engine that remembers what it was told. */
export interface RecordingEngine extends Engine {
    warnings: string[];
    infos: string[];
    /** Set to false: the engine was killed. */
    isAlive: boolean;
}

export function recordingEngine(): RecordingEngine {
    const warnings: string[] = [];
    const infos: string[] = [];
    return {
        warnings,
        infos,
        isAlive: true,
        warn: (text) => warnings.push(text),
        info: (text) => infos.push(text),
        status: () => {},
        async alive() {
            return this.isAlive;
        },
        runsProgram: async () => false,
    };
}

/** The real AWS calls, against the emulator. */
export function contextWith(emulator: Emulator, engine: Engine = recordingEngine()): OperationContext {
    for (const [name, value] of Object.entries(emulator.env())) {
        process.env[name] = value;
    }
    return { aws: new Aws(), engine, now: () => new Date() };
}

/** An operation with the defaults of the resource's arguments. */
export function operationFor(
    address: Operation["address"],
    desired: Operation["desired"],
    rest: Partial<Operation> = {},
): Operation {
    return {
        address,
        desired,
        lastApplied: {},
        minimumCertificateValidityDays: 14,
        wait: "active",
        timeoutSeconds: 30,
        onFailure: "keep",
        ...rest,
    };
}
