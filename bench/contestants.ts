/** A way to do the job, as a program that is run by the real engine. */
export interface Contestant {
    name: string;
    /** For the table's legend. */
    description: string;
    /** Files of bench/programs; the first is the program. */
    files: [string, ...string[]];
    /** Whether it runs where `--only` names nobody. */
    byDefault: boolean;
}

/** The first one is what the others are compared with. */
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
        description: "the no-op of the floor, handed over as text: without Pulumi's serialization",
        files: ["bare.js"],
        byDefault: false,
    },
];
