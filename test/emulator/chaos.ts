import { createHash } from "node:crypto";
import type { Fault, FaultAction } from "./behaviour";
import { UNREADABLE_ANSWERS } from "./brokenAnswers";
import type { Call } from "./calls";

/** What chaos does to a request; `staleRead` answers as the same question was answered before. */
export const CHAOS_KINDS = [
    "exception",
    "status500",
    "reset",
    "cutBody",
    "hang",
    ...UNREADABLE_ANSWERS,
    "concurrentModification",
    "staleRead",
] as const;

export type ChaosKind = (typeof CHAOS_KINDS)[number];

/** Faults at random, the same ones for the same seed. */
export interface Chaos {
    seed: number;
    /** The share of requests that it strikes, 0 to 1. */
    rate: number;
    /** Default: all. */
    kinds?: readonly ChaosKind[];
}

/** What strikes one request; a stale read is no fault, and needs the answer. */
export interface Stroke {
    kind: ChaosKind;
    fault?: Fault;
}

/**
 * Decides what strikes a request, from the seed, the operation, the domain that it names and how many such requests
 * came before: not from the order in which requests about different things happen to arrive.
 */
export class ChaosMonkey {
    readonly #seen = new Map<string, number>();
    readonly #answers = new Map<string, object>();

    constructor(private readonly chaos: Chaos) {}

    strikes({ service, operation, account, region, input }: Call): Stroke | undefined {
        const { seed, rate, kinds = CHAOS_KINDS } = this.chaos;
        const about = [account, region, operation, input.Domain ?? ""].join(" ");
        const count = this.#seen.get(about) ?? 0;
        this.#seen.set(about, count + 1);
        const [whether, which, when] = randoms(`${seed} ${about} ${count}`);
        const possible = kinds.filter((kind) => ONLY_FOR[kind]?.test(operation) ?? true);
        const kind = possible[Math.floor(which * possible.length)];
        if (whether >= rate || !kind) {
            return undefined;
        }
        // AWS refuses before it does anything; only what breaks on the way can strike after.
        const isRefusal = kind === "exception" || kind === "concurrentModification";
        const action = actionOf(kind, service);
        return { kind, fault: action && { action, when: isRefusal || when < 0.5 ? "before" : "after" } };
    }

    /** The answer to this question before this one, and remembers this one. */
    answeredBefore({ operation, account, region, input }: Call, output: object): object | undefined {
        const question = JSON.stringify([account, region, operation, input]);
        const earlier = this.#answers.get(question);
        this.#answers.set(question, structuredClone(output));
        return earlier;
    }
}

/** The operations that some kinds are about. */
const ONLY_FOR: { readonly [kind in ChaosKind]?: RegExp } = {
    concurrentModification: /^UpdateUserPoolDomain$/,
    staleRead: /^Describe/,
};

function actionOf(kind: ChaosKind, service: Call["service"]): FaultAction | undefined {
    switch (kind) {
        case "exception": {
            const exception = service === "acm" ? "ThrottlingException" : "TooManyRequestsException";
            return { exception, message: "Rate exceeded" };
        }
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

/** Three numbers in [0, 1). */
function randoms(text: string): [number, number, number] {
    const digest = createHash("sha256").update(text).digest();
    const at = (offset: number) => digest.readUInt32BE(offset) / 2 ** 32;
    return [at(0), at(4), at(8)];
}
