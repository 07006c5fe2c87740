import { redact } from "../inputs/redaction";
import type { Engine } from "../reconcile/engine";

/** The engine, to which nothing is said that is secret in these inputs and outputs: a rotated secret stands in the old ones. */
export function redactedEngine(engine: Engine, ...props: Record<string, unknown>[]): Engine {
    return {
        warn: (text) => engine.warn(redact(text, props)),
        info: (text) => engine.info(redact(text, props)),
        status: (text) => engine.status(redact(text, props)),
        alive: () => engine.alive(),
        runsProgram: () => engine.runsProgram(),
    };
}
