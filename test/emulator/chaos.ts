import { createHash } from "node:crypto";
import type { FaultAction } from "./behaviour";
import type { Call } from "./calls";
import { UNREADABLE_ANSWERS, type UnreadableAnswer } from "./unreadable";

/** What chaos does to a request; `staleRead` answers as the same question was answered before. */
export type ChaosKind =
    | "exception"
    | "status500"
    | "reset"
    | "cutBody"
    | "hang"
    | UnreadableAnswer
    | "concurrentModification"
    | "staleRead";

export const CHAOS_KINDS: readonly ChaosKind[] = [
    "exception",
    "status500",
    "reset",
    "cutBody",
    "hang",
    ...UNREADABLE_ANSWERS,
    "concurrentModification",
    "staleRead",
];

/** Faults at random, the same ones for the same seed. */
export interface Chaos {
    seed: number;
    /** The share of requests that it strikes, 0 to 1. */
    rate: number;
    /** Default: all. */
    kinds?: readonly ChaosKind[];
}

/** What strikes one request, and when. */
export interface Stroke {
    kind: ChaosKind;
    when: "before" | "after";
}

/**
 * Decides what strikes a request, from the seed, the operation, the domain that it names and how many such requests
 * came before: not from the order in which requests about different things happen to arrive.
 */
export class ChaosMonkey {
    readonly #seen = new Map<string, number>();
    readonly #answers = new Map<string, object>();

    constructor(private readonly chaos: Chaos) {}

    strikes({ operation, account, region, input }: Call): Stroke | undefined {
        const { seed, rate, kinds = CHAOS_KINDS } = this.chaos;
        const about = [account, region, operation, input.Domain ?? ""].join(" ");
        const count = this.#seen.get(about) ?? 0;
        this.#seen.set(about, count + 1);
        const [whether, which, when] = randoms(`${seed} ${about} ${count}`);
        const possible = kinds.filter((kind) => isPossible(kind, operation));
        const kind = possible[Math.floor(which * possible.length)];
        return whether < rate && kind ? { kind, when: when < 0.5 ? "before" : "after" } : undefined;
    }

    /** The answer to this question before this one, and remembers this one. */
    answeredBefore({ operation, account, region, input }: Call, output: object): object | undefined {
        const question = JSON.stringify([account, region, operation, input]);
        const earlier = this.#answers.get(question);
        this.#answers.set(question, structuredClone(output));
        return earlier;
    }
}

function isPossible(kind: ChaosKind, operation: string): boolean {
    switch (kind) {
        case "concurrentModification":
            return operation === "UpdateUserPoolDomain";
        case "staleRead":
            return operation.startsWith("Describe");
        default:
            return true;
    }
}

/** What a stroke does that ends a request; nothing for a stale read. */
export function actionOf({ kind }: Stroke, service: Call["service"]): FaultAction | undefined {
    switch (kind) {
        case "exception":
            return {
                exception: service === "acm" ? "ThrottlingException" : "TooManyRequestsException",
                message: "Rate exceeded",
            };
        case "concurrentModification":
            return { exception: "ConcurrentModificationException", message: "Somebody else is changing the domain." };
        case "status500":
            return { status: 500 };
        case "staleRead":
            return undefined;
        default:
            return kind;
    }
}

/** AWS refuses before it does anything; only what breaks on the way can strike after. */
export function isAt({ kind, when }: Stroke, moment: Stroke["when"]): boolean {
    return (kind === "exception" || kind === "concurrentModification" ? "before" : when) === moment;
}

/** Three numbers in [0, 1). */
function randoms(text: string): [number, number, number] {
    const digest = createHash("sha256").update(text).digest();
    const at = (offset: number) => digest.readUInt32BE(offset) / 2 ** 32;
    return [at(0), at(4), at(8)];
}
