import type { dynamic } from "@pulumi/pulumi";

/** The provider as a new plugin process has it: it remembers no domain and no connection, and has no engine. */
export function freshProvider(): dynamic.ResourceProvider {
    const path = require.resolve("../../provider/provider");
    // In a plugin process the third argument is the engine's address.
    const rest = process.argv.splice(2);
    try {
        delete require.cache[path];
        return (require(path) as typeof import("../../provider/provider")).provider;
    } finally {
        process.argv.push(...rest);
    }
}
