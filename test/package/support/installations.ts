import type { Installation } from "./consumer";
import { PULUMI } from "./versions";

/** Two of the matrix's installations, for other tests. */
export const NEWEST: Installation = {
    manager: "npm",
    layout: "one package",
    runtime: "Node.js 22",
    pulumi: PULUMI.newest,
};
export const OLDEST: Installation = {
    manager: "pnpm 10",
    layout: "one package",
    runtime: "Node.js 20",
    pulumi: PULUMI.oldest,
};
