import { Aws } from "../../provider/aws/awsCalls";
import type { Request } from "../../provider/inputs/request";
import type { DomainAddress } from "../../provider/model/address";
import type { Settings } from "../../provider/model/settings";
import type { Engine, OperationContext, UpdateInput } from "../../provider/reconcile/operation";
import type { Emulator } from "../emulator";
import { setEnvironment } from "./environment";
import { requestFor } from "./plans";

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
    setEnvironment(emulator.env());
    return { aws: new Aws(), engine };
}

/** The first update of a program that names these settings, with the defaults of the resource's arguments. */
export function updateFor(
    address: DomainAddress,
    desired: Settings,
    { record, action, ...request }: Partial<Request> & Pick<Partial<UpdateInput>, "record" | "action"> = {},
): UpdateInput {
    return {
        request: {
            ...requestFor({ domain: address.domain, desired, waitTimeoutSeconds: 30, ...request }),
            address,
        },
        changed: Object.fromEntries(Object.keys(desired).map((name) => [name, {}])),
        record,
        action: action ?? (record ? "update" : "adopt"),
    };
}
