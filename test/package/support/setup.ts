import { packed } from "./packed";

/** Packs once for all of mocha's workers. */
export async function mochaGlobalSetup(): Promise<void> {
    process.env.PACKED = JSON.stringify(await packed());
}
