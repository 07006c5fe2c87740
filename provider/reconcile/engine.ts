import { EngineGoneError } from "../model/errors";

/** How the provider talks back to the Pulumi engine that runs it. */
export interface Engine {
    /** Lasting lines on the stack. */
    warn(text: string): void;
    info(text: string): void;
    /** A line that is shown live and vanishes; in a pipeline, one line each. */
    status(text: string): void;
    /** False once the engine that started this process is gone: a killed engine leaves its plugins alive. */
    alive(): Promise<boolean>;
    /** False in an operation without the program: `destroy`, `refresh`. */
    runsProgram(): Promise<boolean>;
}

/** @throws EngineGoneError with this message. */
export async function requireEngine(engine: Engine, message = "the Pulumi engine is gone"): Promise<void> {
    if (!(await engine.alive())) {
        throw new EngineGoneError(message);
    }
}
