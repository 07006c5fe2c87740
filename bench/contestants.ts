/** A program to measure, run by the real engine. */
export interface Contestant {
    name: string;
    /** For the table's legend. */
    description: string;
    /** Files of bench/programs; the first is the program. */
    files: [string, ...string[]];
    /** Whether it runs without `--only`. */
    byDefault: boolean;
}

/** The others are compared with the first one. */
export const CONTESTANTS: readonly Contestant[] = [
    {
        name: "floor",
        description: "a no-op dynamic resource with the same inputs",
        files: ["floor.js"],
        byDefault: true,
    },
    {
        name: "ours",
        description: "this package",
        files: ["ours.js"],
        byDefault: true,
    },
    {
        name: "hand",
        description:
            "the dynamic provider that people write by hand: no preflight, the certificate checked while updating",
        files: ["hand.js"],
        byDefault: true,
    },
    {
        name: "bare",
        description: "the floor's no-op as text, without Pulumi's serialization",
        files: ["bare.js"],
        byDefault: false,
    },
];
