import type { Behaviour } from "./behaviour";
import type { Shape } from "./constraints";
import type { State } from "./state";

/** What an operation may look at. */
export interface Context {
    state: State;
    behaviour: Behaviour;
    account: string;
    region: string;
    /** The ARN of the caller. */
    caller: string;
    accessKeyId: string;
}

/** An operation: what it accepts, and what it does. `never` lets every operation type its own input. */
export interface Operation {
    accepts: Shape;
    run: (context: Context, input: never) => object;
}

export type Operations = Readonly<Record<string, Operation>>;
