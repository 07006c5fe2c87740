import assert from "node:assert/strict";
import type { Runtime } from "../../engine/support/runtimes";
import { itWith, PULUMI } from "./consumer";
import { LAYOUTS, type LayoutName, type Manager } from "./layouts";
import { BEFORE, DOMAIN, type liveDomain } from "./liveDomain";
import { outside } from "./packed";
import { type Kind, PROGRAMS } from "./programs";

type Cell = [manager: Manager, layout: LayoutName, program: Kind, runtime: Runtime, pulumi: keyof typeof PULUMI];

/** The cells of every run. */
export const EVERY_RUN: Cell[] = [
    ["npm", "one package", "CommonJS", "Node.js 20", "oldest"],
    ["pnpm 12", "one package", "ESM", "Node.js 24", "newest"],
    ["bun", "workspaces", "TypeScript", "Bun 1.4", "newest"],
];

/** With those, not every combination, but every value of every column, with the neighbours most likely to break it. */
export const OTHERS: Cell[] = [
    ["npm", "one package", "TypeScript, compiled", "Node.js 22", "newest"],
    ["npm", "workspaces", "TypeScript", "Node.js 24", "newest"],
    ["pnpm 10", "one package", "TypeScript", "Node.js 20", "oldest"],
    ["pnpm 10", "shared component", "CommonJS", "Node.js 20", "oldest"],
    ["pnpm 10", "shared component", "TypeScript", "Node.js 20", "newest"],
    ["pnpm 12", "workspaces", "TypeScript, compiled", "Node.js 24", "newest"],
    ["yarn 1", "workspaces", "TypeScript", "Node.js 20", "oldest"],
    ["yarn 4", "one package", "ESM", "Node.js 24", "newest"],
    ["yarn 4", "shared component", "CommonJS", "Node.js 22", "oldest"],
];

/** One test for each cell: preview, up, refresh and destroy of a program with the package installed. */
export function tryCells(cells: Cell[], aws: ReturnType<typeof liveDomain>): void {
    for (const cell of cells) {
        const [manager, layout, program, runtime, pulumi] = cell;
        const installation = { manager, layout, runtime, pulumi: PULUMI[pulumi] };
        itWith(installation, `works with ${manager}, ${layout}, ${program}`, async (installed) => {
            const { maker } = LAYOUTS[layout];
            const run = await installed.project(PROGRAMS[program](maker, aws.args()), aws.emulator());

            await run("preview");
            assert.deepEqual(aws.updates(), []);

            await run("up", "--yes", "--skip-preview");
            assert.deepEqual(aws.settings(), { version: 2, tls: "TLS_V1_3_2025" });

            // Since 3.216, Pulumi shows differences to the inputs that `read` returns.
            aws.emulator().patchDomain(DOMAIN, { securityPolicy: "TLS_V1_2_2021" });
            const { stdout: drift } = await run("refresh", "--yes", "--skip-preview");
            assert.match(drift, /\[diff: ~customDomainConfig\]/);

            const state = await installed.state(PROGRAMS[program](maker, {}).file);
            assert.match(state, /"cloudFrontDomain":"\w+\.cloudfront\.net"/);
            assert.doesNotMatch(state, /dist\//);
            assert.ok(!state.includes(await outside()));

            await run("destroy", "--yes", "--skip-preview");
            assert.deepEqual(aws.settings(), BEFORE);
        });
    }
}
