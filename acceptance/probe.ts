import type { Asked } from "./asking";

/** A question that AWS's documentation leaves open, to ask AWS itself. */
export interface Probe {
    id: string;
    question: string;
    /** A short answer, the same whenever AWS does the same. */
    ask: (asked: Asked) => Promise<string>;
}

/** An answer; `error:` begins one that could not be had. */
export interface Answered {
    id: string;
    answer: string;
}
