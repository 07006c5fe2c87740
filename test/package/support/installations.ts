import type { Installation } from "./consumer";
import { PULUMI } from "./versions";

/** The two installations that every run makes, beside Bun's. */
export const OLDEST: Installation = {
    manager: "npm",
    layout: "one package",
    runtime: "Node.js 20",
    pulumi: PULUMI.oldest,
};
export const NEWEST: Installation = {
    manager: "pnpm 12",
    layout: "one package",
    runtime: "Node.js 24",
    pulumi: PULUMI.newest,
};
