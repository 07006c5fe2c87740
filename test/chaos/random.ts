import { createHash } from "node:crypto";

/** Numbers at random, the same ones for the same seed (mulberry32). */
export class Random {
    #state: number;

    constructor(seed: number) {
        this.#state = seed >>> 0;
    }

    /** Decisions that depend on nothing but this text: not on what happens to arrive first. */
    static of(text: string): Random {
        return new Random(createHash("sha256").update(text).digest().readUInt32BE());
    }

    /** In [0, 1). */
    number(): number {
        this.#state = (this.#state + 0x6d2b79f5) >>> 0;
        let mixed = this.#state;
        mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    }

    /** True so often, 0 to 1. */
    chance(share: number): boolean {
        return this.number() < share;
    }

    whole(from: number, to: number): number {
        return from + Math.floor(this.number() * (to - from + 1));
    }

    pick<T>(...choices: readonly [T, ...T[]]): T {
        return choices[this.whole(0, choices.length - 1)] as T;
    }
}
