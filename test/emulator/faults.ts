import type { Fault, FaultAction } from "./behaviour";
import type { ConnectionFault } from "./brokenAnswers";
import type { Call } from "./calls";
import { type Chaos, ChaosMonkey, type Stroke } from "./chaos";
import type { Emulator } from "./emulator";
import { AwsError } from "./errors";

/** Counts what each fault has seen, and strikes. Counts hang on the fault object: a new object starts anew. */
export class FaultInjector {
    readonly #seen = new WeakMap<Fault, number>();
    readonly #monkeys = new WeakMap<Chaos, ChaosMonkey>();
    readonly #strokes = new WeakMap<Call, Stroke | undefined>();

    /** Runs the faults of one moment of a request. Throws what is to be answered; returns how to break off, if so. */
    async strike(aws: Emulator, call: Call, when: "before" | "after"): Promise<ConnectionFault | undefined> {
        const struck = this.#strokeOf(aws, call)?.fault;
        for (const fault of [...(struck ? [struck] : []), ...aws.behaviour.faults]) {
            if ((fault.when ?? "before") === when && this.#hits(fault, call.operation)) {
                const broken = await perform(fault.action, aws, call);
                if (broken) {
                    return broken;
                }
            }
        }
        return undefined;
    }

    /** What is answered instead, where chaos has the read be stale. */
    stale(aws: Emulator, call: Call, output: object): object {
        const { chaos } = aws.behaviour;
        const earlier = chaos && this.#monkeyOf(chaos).answeredBefore(call, output);
        return (this.#strokes.get(call)?.kind === "staleRead" ? earlier : undefined) ?? output;
    }

    /** One stroke a request, decided when it arrives. */
    #strokeOf({ behaviour: { chaos } }: Emulator, call: Call): Stroke | undefined {
        if (chaos && !this.#strokes.has(call)) {
            this.#strokes.set(call, this.#monkeyOf(chaos).strikes(call));
        }
        return this.#strokes.get(call);
    }

    #monkeyOf(chaos: Chaos): ChaosMonkey {
        const monkey = this.#monkeys.get(chaos) ?? new ChaosMonkey(chaos);
        this.#monkeys.set(chaos, monkey);
        return monkey;
    }

    #hits(fault: Fault, operation: string): boolean {
        const { operation: desired = operation, skip = 0, times = Number.POSITIVE_INFINITY } = fault;
        if (desired !== operation) {
            return false;
        }
        const seen = this.#seen.get(fault) ?? 0;
        this.#seen.set(fault, seen + 1);
        return seen >= skip && seen < skip + times;
    }
}

async function perform(action: FaultAction, aws: Emulator, call: Call): Promise<ConnectionFault | undefined> {
    if (typeof action === "string") {
        return action;
    }
    if ("run" in action) {
        await action.run(aws, call);
    } else if ("exception" in action) {
        throw new AwsError(action.exception, action.message, action.status);
    } else {
        const name = call.service === "cognito-idp" ? "InternalErrorException" : "InternalFailure";
        throw new AwsError(name, "Something went wrong", action.status);
    }
    return undefined;
}
