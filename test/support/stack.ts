import { type Actor, type Command, commandOf } from "../chaos/command";
import { Miniature } from "../chaos/miniature";
import type { Behaviour, Emulator } from "../emulator";

type Args = Record<string, unknown>;

/** One resource, and the provider as the engine runs it: a plugin process for each command, and JSON in between. */
export class Stack {
    readonly #engine: Miniature;
    /** What the last command has shown to its user, an error included. */
    said = "";

    constructor(
        aws: Emulator,
        private readonly actor: Actor = "ours",
        /** Called after each wait for a turn under the quotas. */
        onTurn: () => void = () => {},
    ) {
        this.#engine = new Miniature({ endpoint: aws.endpoint, onTurn: async () => onTurn() });
    }

    get outputs(): Args {
        return this.#engine.state?.outputs ?? {};
    }

    up(args: Args, given?: Partial<Command>): Promise<Error | undefined> {
        return this.run("up", given, (command) => this.#engine.up(args, command));
    }

    refresh(given?: Partial<Command>): Promise<Error | undefined> {
        return this.run("refresh", given, (command) => this.#engine.refresh(command));
    }

    destroy(given?: Partial<Command>): Promise<Error | undefined> {
        return this.run("destroy", given, (command) => this.#engine.destroy(command));
    }

    private async run(
        kind: Command["kind"],
        given: Partial<Command> = {},
        work: (command: Command) => Promise<Error | undefined>,
    ): Promise<Error | undefined> {
        // Changed in place by whoever is to disturb the command.
        const command = Object.assign(given, commandOf({ number: 1, actor: this.actor, kind, ...given }));
        const error = await work(command);
        this.said = command.said.join("\n");
        return error;
    }
}

/** Has something happen at the `skip`-th request of a kind, before AWS carries it out. */
export function at(aws: Emulator, operation: string, skip: number, act: (aws: Emulator) => void | Promise<void>): void {
    const fault: Behaviour["faults"][number] = { operation, skip, times: 1, action: { run: act } };
    aws.behaviour.faults = [...aws.behaviour.faults, fault];
}
