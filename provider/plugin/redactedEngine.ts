import { redact } from "../inputs/redaction";
import type { Engine } from "../reconcile/engine";

/** The engine, to which nothing is said that the program marked as secret. */
export function redactedEngine(engine: Engine, ...props: Record<string, unknown>[]): Engine {
    const redacted = (text: string) => redactAll(text, props);
    return {
        warn: (text) => engine.warn(redacted(text)),
        info: (text) => engine.info(redacted(text)),
        status: (text) => engine.status(redacted(text)),
        alive: () => engine.alive(),
    };
}

/** The text without the secrets of any of the inputs or outputs: a rotated secret stands in the old ones. */
export function redactAll(text: string, props: readonly Record<string, unknown>[]): string {
    return props.reduce((rest, it) => redact(rest, it), text);
}
