import type { Installation } from "./consumer";
import { PULUMI } from "./versions";

/** Two that the matrix makes anyway: other tests take them too. */
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
