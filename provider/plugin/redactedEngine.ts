import type { Engine } from "../reconcile/engine";

/** The engine, to which nothing is logged that is secret. */
export function redactedEngine(engine: Engine, hide: (text: string) => string): Engine {
    return {
        warn: (text) => engine.warn(hide(text)),
        info: (text) => engine.info(hide(text)),
        status: (text) => engine.status(hide(text)),
        alive: () => engine.alive(),
        runsProgram: () => engine.runsProgram(),
    };
}
